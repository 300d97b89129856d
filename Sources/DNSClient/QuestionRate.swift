/// How many questions may go out, so that no more than a rate allows go out in any second, and never many at once.
package struct QuestionRate: Sendable {
    /// As many as this part of a second allows may go out at one moment, and at least one.
    private static let burst = 0.05

    /// Questions a second, more than 0.
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

    /// How many may go out at this moment.
    package mutating func allowance(at now: Monotonic) -> Int {
        let elapsed = max((now - since).nanoseconds, 0)
        since = now
        credit = min(credit + Double(elapsed) * rate / 1e9, most)
        return credit < 1 ? 0 : Int(credit)
    }

    /// Takes note of questions that went out; also of such as had to, whatever the rate allows.
    package mutating func spend(_ count: Int = 1) {
        credit -= Double(count)
    }

    /// Nanoseconds from the last look until the next question may go out.
    package var wait: Monotonic {
        Monotonic(nanoseconds: credit >= 1 ? 0 : Int64(min((1 - credit) / rate * 1e9, 60e9).rounded(.up)))
    }
}
