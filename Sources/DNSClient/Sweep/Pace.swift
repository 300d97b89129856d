/// How many questions may go out now, so that they keep to a rate without bursts.
package struct Pace {
    /// How often questions go out.
    package static let tick = Monotonic.milliseconds(2)
    /// Time that was missed is made up for no further back than this, in nanoseconds.
    private static let memory: Int64 = 20_000_000

    private let rate: Double
    private var since: Monotonic
    private var credit = 0.0

    /// `rate` in questions a second, more than 0.
    package init(rate: Double, at now: Monotonic) {
        self.rate = rate
        since = now
    }

    /// The number that may go out at this moment.
    package mutating func allowance(at now: Monotonic) -> Int {
        let elapsed = min(
            max((now - since).nanoseconds, 0), max(Self.memory, Int64(1e9 / rate) + Self.tick.nanoseconds))
        since = now
        credit = min(credit + Double(elapsed) * rate / 1e9, max(1, rate * Double(Self.memory) / 1e9))
        return Int(credit)
    }

    package mutating func spend(_ count: Int) {
        credit -= Double(count)
    }

    /// When the next question may go out: a tick later, or when the rate is slow, later still.
    package func next(after now: Monotonic) -> Monotonic {
        let wait = credit >= 1 ? 0 : (1 - credit) / rate * 1e9
        return now + Monotonic(nanoseconds: max(Self.tick.nanoseconds, Int64(min(wait, 1e10))))
    }
}
