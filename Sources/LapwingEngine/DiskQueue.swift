import Dispatch

/// Runs one actor on a thread that may block on the disk.
///
/// The cooperative thread pool has as many threads as the machine has cores: two actors that block on a slow disk there
/// would stop the page, outstanding queries and signals too.
final class DiskQueue: SerialExecutor {
    private let queue: DispatchQueue?
    private let runner: EngineClock.Runner?

    /// - Parameter runner: runs the actor instead of a thread of its own; nil for such a thread.
    init(_ label: String, runner: EngineClock.Runner? = nil) {
        self.runner = runner
        queue = runner == nil ? DispatchQueue(label: "lapwing." + label) : nil
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let runner {
            runner(job, asUnownedSerialExecutor())
        } else {
            queue?.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
        }
    }
}
