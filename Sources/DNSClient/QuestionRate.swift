/// Limits the number of questions to a rate, without large bursts.
package struct QuestionRate: Sendable {
    /// The largest burst as a part of the questions of a second; at least one question.
    private static let burst = 0.05

    /// Questions per second, more than 0.
    package var rate: Double {
        didSet { credit = min(credit, most) }
    }
    private var since: Monotonic
    private var credit: Double

    package init(rate: Double, at now: Monotonic) {
        self.rate = rate
        since = now
        credit = max(1, rate * Self.burst)
    }

    private var most: Double { max(1, rate * Self.burst) }

    /// Returns the number of questions that may be sent at this moment.
    package mutating func allowance(at now: Monotonic) -> Int {
        let elapsed = max((now - since).nanoseconds, 0)
        since = now
        credit = min(credit + Double(elapsed) * rate / 1e9, most)
        return credit < 1 ? 0 : Int(credit)
    }

    /// Records that questions were sent, including those that had to be sent regardless of the rate.
    package mutating func spend(_ count: Int = 1) {
        credit -= Double(count)
    }

    /// The span from the last call of ``allowance(at:)`` until the next question may be sent.
    package var wait: Monotonic {
        Monotonic(nanoseconds: credit >= 1 ? 0 : Int64(min((1 - credit) / rate * 1e9, 60e9).rounded(.up)))
    }
}
