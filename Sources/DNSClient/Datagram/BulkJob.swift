/// A large number of questions that are asked at full speed or at a given rate, without a task for each.
class BulkJob: DatagramOwner {
    /// The job's request to the loop after its turn.
    enum Wish {
        /// To be called again when replies have arrived.
        case replies
        /// To be called again at this moment, whether replies arrive or not.
        case turn(at: Monotonic)
        /// None: all questions are concluded.
        case end
    }

    /// Asks questions with `loop.launch` as long as there is room.
    func fill(_ loop: DatagramLoop, at now: Monotonic) -> Wish { .end }

    /// Called when the job has ended, or when the engine was stopped.
    func ended() {}
}
