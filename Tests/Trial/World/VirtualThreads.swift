import Synchronization

/// Runs the tasks and actors of one process, one job at a time, in an order that the trial decides.
///
/// Jobs that are never run are what a killed process was about to do.
final class VirtualThreads: TaskExecutor {
    private struct Ready: Sendable {
        var job: UnownedJob
        /// The actor's own executor; nil for what runs anywhere.
        var actor: UnownedSerialExecutor?
    }

    private let ready = Mutex<[Ready]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        ready.withLock { $0.append(Ready(job: job, actor: nil)) }
    }

    /// Takes a job of an actor that has an executor of its own.
    func enqueue(_ job: UnownedJob, on actor: UnownedSerialExecutor) {
        ready.withLock { $0.append(Ready(job: job, actor: actor)) }
    }

    /// Runs one of the jobs that are ready, the one that `choose` names of so many; false when there is none.
    func runOne(_ choose: (_ count: Int) -> Int) -> Bool {
        let count = ready.withLock(\.count)
        guard count > 0 else { return false }
        let place = choose(count)
        let next = ready.withLock { $0.remove(at: place) }
        if let actor = next.actor {
            next.job.runSynchronously(on: actor)
        } else {
            next.job.runSynchronously(on: asUnownedTaskExecutor())
        }
        return true
    }
}
