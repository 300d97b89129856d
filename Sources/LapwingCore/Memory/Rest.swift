/// A domain at rest: its rounds only check whether everything is unchanged, until it is not, or until the passage of
/// time may have made a difference.
package struct Rest: Sendable {
    /// The questions of its rounds, and the digest that the answers must have.
    package private(set) var print: RoundPrint
    /// When the domain has to be judged again.
    package let until: Timestamp
    private var last: Timestamp
    private var lastMonotonic: Int64
    private var rounds = 0

    package init(_ print: RoundPrint, until: Timestamp, from snapshot: Snapshot) {
        self.print = print
        self.until = until
        last = snapshot.at
        lastMonotonic = snapshot.monotonic
    }

    /// Whether it may continue at this moment: its time is not over and neither clock jumped.
    package func holds(at now: Timestamp, monotonic: Int64) -> Bool {
        now < until && now > last && abs(now.seconds(since: last) - (monotonic - lastMonotonic)) <= 2
    }

    /// Records a round that found everything unchanged.
    package mutating func pass(at now: Timestamp, monotonic: Int64) {
        last = now
        lastMonotonic = monotonic
        rounds += 1
    }

    mutating func share(with hosts: inout CommonHosts) { print.share(with: &hosts) }

    /// Adds the skipped rounds to a memory, spread evenly over the rest.
    package func makeUp(in state: inout WatchState) {
        state.passQuietRounds(rounds, until: last, monotonic: lastMonotonic)
    }
}
