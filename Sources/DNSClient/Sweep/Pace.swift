/// How many questions may go out now, so that they keep to a rate without bursts.
package struct Pace {
    /// How often questions go out.
    package static let tick = Monotonic.milliseconds(2)
    /// At one moment no more goes out than this many nanoseconds have earned.
    private static let burst: Int64 = 20_000_000
    /// What was missed, perhaps because the machine had other things to do, is made up for at this many times the rate.
    private static let haste = 1.5
    /// Time that was missed further back, in nanoseconds, is not made up for.
    private static let memory: Int64 = 5_000_000_000

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
        let elapsed = max((now - since).nanoseconds, 0)
        since = now
        credit = min(credit + earned(in: elapsed), max(1, earned(in: Self.memory)))
        return Int(min(credit, max(1, earned(in: min(elapsed, Self.burst)) * Self.haste)))
    }

    private func earned(in nanoseconds: Int64) -> Double { Double(nanoseconds) * rate / 1e9 }

    /// Takes note of questions that went out.
    package mutating func spend(_ count: Int) {
        credit -= Double(count)
    }

    /// When the next question may go out: a tick later, or when the rate is slow, later still.
    package func next(after now: Monotonic) -> Monotonic {
        let wait = (credit >= 1 ? 1 / Self.haste : 1 - credit) / rate * 1e9
        return now + Monotonic(nanoseconds: max(Self.tick.nanoseconds, Int64(min(wait, 1e10))))
    }
}
