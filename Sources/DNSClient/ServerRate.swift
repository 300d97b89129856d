/// How fast one server may be asked: as fast as its budget says, and slower while it refuses, fails or loses much of it.
package struct ServerRate: Sendable {
    /// So much of the budget is left however badly it goes: what is watched has still to be looked at.
    package static let least = 0.125
    /// How long outcomes are counted before they are judged, and how many there are at least.
    private static let span = Monotonic.milliseconds(1000)
    private static let fewest = 20

    private let budget: Double
    /// The present rate, at most that of the budget, and the credit of questions that may go out.
    private(set) package var questions: QuestionRate
    private var since: Monotonic
    private var outcomes = 0
    private var troubles = 0

    /// `budget` in questions a second, more than 0.
    package init(budget: Int, at now: Monotonic) {
        self.budget = Double(budget)
        questions = QuestionRate(rate: Double(budget), at: now)
        since = now
    }

    /// The part of its budget that is left because of how it answered, `least` to 1.
    package var share: Double { questions.rate / budget }

    /// How many questions may go out at this moment.
    package mutating func allowance(at now: Monotonic) -> Int { questions.allowance(at: now) }

    /// Takes note of a packet that went out.
    package mutating func spend() { questions.spend() }

    /// How long it has to wait for the next question, after an allowance of 0.
    package var wait: Monotonic { questions.wait }

    /// Takes note of what came of a question.
    ///
    /// Half of the budget is left when every second outcome of a second is trouble, and so on; a quarter more comes back
    /// with each second that goes well. Single failures, such as those of one broken zone among many, change nothing.
    ///
    /// - Parameter isTrouble: no answer, SERVFAIL or REFUSED.
    package mutating func note(isTrouble: Bool, at now: Monotonic) {
        outcomes += 1
        if isTrouble { troubles += 1 }
        guard outcomes >= Self.fewest, now - since >= Self.span else { return }
        let share = share
        let next = troubles * 2 >= outcomes ? max(share / 2, Self.least) : min(share * 1.25, 1)
        if next != share { questions.rate = budget * next }
        (since, outcomes, troubles) = (now, 0, 0)
    }
}
