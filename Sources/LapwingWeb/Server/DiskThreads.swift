internal import NIOPosix

/// Runs tasks on threads that may block on the disk.
///
/// The cooperative thread pool has as many threads as the machine has cores. If as many pages blocked on a slow disk
/// there, rounds, messages in progress, the listener and `/-/healthy` would stop too. Work that runs here may call the
/// store.
final class DiskThreads: TaskExecutor {
    /// As many as the store has concurrent readers, and one for writing.
    private static let count = 6

    /// Lives as long as the process, as do its threads.
    static let shared = DiskThreads()

    private let threads: NIOThreadPool

    private init() {
        threads = NIOThreadPool(numberOfThreads: Self.count)
        threads.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        threads.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

extension TaskExecutor {
    /// Runs work on these threads; it is cancelled with the task that waits for it.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            // A child task: work that only prefers an executor for a while may stay on its current one.
            group.addTask(executorPreference: self) { try await work() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
