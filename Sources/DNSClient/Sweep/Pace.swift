/// Limits questions to a rate without bursts.
package struct Pace {
    /// The interval at which questions are sent.
    package static let tick = Monotonic.milliseconds(2)
    /// The largest burst: the questions of this many nanoseconds.
    private static let burst: Int64 = 20_000_000
    /// The factor of the rate at which missed questions are made up for, for instance after the machine was busy.
    private static let haste = 1.5
    /// The age up to which missed questions are made up for, in nanoseconds.
    private static let memory: Int64 = 5_000_000_000

    private let rate: Double
    private var since: Monotonic
    private var credit = 0.0

    /// - Parameter rate: questions per second, more than 0.
    package init(rate: Double, at now: Monotonic) {
        self.rate = rate
        since = now
    }

    /// Returns the number of questions that may be sent at this moment.
    package mutating func allowance(at now: Monotonic) -> Int {
        let elapsed = max((now - since).nanoseconds, 0)
        since = now
        credit = min(credit + earned(in: elapsed), max(1, earned(in: Self.memory)))
        return Int(min(credit, max(1, earned(in: min(elapsed, Self.burst)) * Self.haste)))
    }

    private func earned(in nanoseconds: Int64) -> Double { Double(nanoseconds) * rate / 1e9 }

    /// Records that questions were sent.
    package mutating func spend(_ count: Int) {
        credit -= Double(count)
    }

    /// Returns when the next question may be sent: a tick later, or later still at a slow rate.
    package func next(after now: Monotonic) -> Monotonic {
        let wait = (credit >= 1 ? 1 / Self.haste : 1 - credit) / rate * 1e9
        return now + Monotonic(nanoseconds: max(Self.tick.nanoseconds, Int64(min(wait, 1e10))))
    }
}
