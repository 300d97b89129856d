import Dispatch

/// Runs one actor on a thread that may wait for the disk.
///
/// The threads that all tasks share are as many as the machine has cores: two actors that wait for a slow disk there
/// would stop the page, the questions under way and the signals too.
final class DiskQueue: SerialExecutor {
    private let queue: DispatchQueue?
    private let runner: EngineClock.Runner?

    /// - Parameter runner: who runs the actor instead of a thread of its own; nil for such a thread.
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
