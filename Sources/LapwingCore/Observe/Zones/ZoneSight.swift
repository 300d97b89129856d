package import DNSWire

/// The result of a ``ZoneErrand``.
package struct ZoneSight: Sendable {
    /// The zone; nil if it was not fetched and if no attempt was possible.
    package var view: ZoneView?
    /// Whether a server gives the zone to anyone, by its address, without servers that did not answer; nil if none was
    /// asked.
    package var gives: [IPAddress: Bool]?

    package init(view: ZoneView? = nil, gives: [IPAddress: Bool]? = nil) {
        self.view = view
        self.gives = gives
    }
}
