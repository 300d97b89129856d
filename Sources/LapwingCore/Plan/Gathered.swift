import DNSWire

/// The result of a walk.
package struct Gathered: Sendable {
    /// The observations.
    package var snapshot: Snapshot
    /// The print; nil if the same questions need not mean the same round.
    package var print: RoundPrint?

    package init(snapshot: Snapshot, print: RoundPrint? = nil) {
        self.snapshot = snapshot
        self.print = print
    }
}
