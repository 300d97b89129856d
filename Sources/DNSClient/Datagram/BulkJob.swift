/// Very many questions that are put at full speed or at a given pace, without a task for each.
class BulkJob: DatagramOwner {
    /// What the job wants of the loop after it had its turn.
    enum Wish {
        /// To be called again when replies have come.
        case replies
        /// To be called again at this moment, whatever comes.
        case turn(at: Monotonic)
        /// Nothing: all questions are concluded.
        case end
    }

    /// Puts questions with `loop.launch` as long as there is room.
    func fill(_ loop: DatagramLoop, at now: Monotonic) -> Wish { .end }

    /// The job is over, or the engine was stopped.
    func ended() {}
}
