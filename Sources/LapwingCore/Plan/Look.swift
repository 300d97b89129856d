import DNSWire

/// Why a round is made.
package enum Look: Sendable, Hashable {
    /// The slot of the watch is due.
    case regular
    case second(SecondLook)
}
