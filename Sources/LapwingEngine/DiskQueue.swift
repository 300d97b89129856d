import Dispatch

/// Runs one actor on a thread that may wait for the disk.
///
/// The threads that all tasks share are as many as the machine has cores: two actors that wait for a slow disk there
/// would stop the page, the questions under way and the signals too.
final class DiskQueue: SerialExecutor {
    private let queue: DispatchQueue

    init(_ label: String) {
        queue = DispatchQueue(label: "lapwing." + label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
