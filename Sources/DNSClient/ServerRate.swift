/// The rate at which one server may be asked: its budget, or less while it refuses, fails or loses many questions.
package struct ServerRate: Sendable {
    /// The minimum fraction of the budget: watched domains must still be checked.
    package static let least = 0.125
    /// How long outcomes are counted before they are evaluated, and their minimum number.
    private static let span = Monotonic.milliseconds(1000)
    private static let fewest = 20

    private let budget: Double
    /// The present rate, at most that of the budget, and the credit of questions that may go out.
    private(set) package var questions: QuestionRate
    private var since: Monotonic
    private var outcomes = 0
    private var troubles = 0

    /// - Parameter budget: questions per second, more than 0.
    package init(budget: Int, at now: Monotonic) {
        self.budget = Double(budget)
        questions = QuestionRate(rate: Double(budget), at: now)
        since = now
    }

    /// The remaining fraction of its budget, `least` to 1, which depends on its answers.
    package var share: Double { questions.rate / budget }

    /// Returns the number of questions that may be sent at this moment.
    package mutating func allowance(at now: Monotonic) -> Int { questions.allowance(at: now) }

    /// Records that a packet was sent.
    package mutating func spend() { questions.spend() }

    /// The span until the next question may be sent, after an allowance of 0.
    package var wait: Monotonic { questions.wait }

    /// Records the outcome of a question.
    ///
    /// If half of the outcomes in a second are failures, half of the budget is left, and so on; each good second
    /// restores a quarter more. Single failures, such as those of one broken zone among many, have no effect.
    ///
    /// - Parameter isTrouble: whether there was no answer, or SERVFAIL or REFUSED.
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
