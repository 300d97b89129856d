internal import NIOPosix

/// Runs tasks on threads that may wait for the disk.
///
/// The threads that all tasks share are as many as the machine has cores: as many pages that wait for a slow disk there
/// would stop the rounds, the messages under way, the listener and `/-/healthy` too. What runs here may call the store.
final class DiskThreads: TaskExecutor {
    /// As many as the store reads at once, and one that writes.
    private static let count = 6

    /// Lives as long as the process, as its threads do.
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
    /// Does work there; it is cancelled with whoever waits for it.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            // A task of its own: what only prefers an executor for a while may be left where it is.
            group.addTask(executorPreference: self) { try await work() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
