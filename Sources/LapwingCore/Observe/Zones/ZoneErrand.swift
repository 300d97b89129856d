package import DNSWire

/// What to find out about a zone as a whole, in addition to a round's questions.
package struct ZoneErrand: Sendable {
    /// The domain whose zone it is.
    package var domain: Name
    /// The source from which it is fetched; nil if it is not fetched.
    package var source: ZoneSource?
    /// Servers to ask, without a key, whether they give the zone to anyone.
    package var strangersAsk: [IPAddress]
    /// RRsets that each round queries individually.
    package var watched: Set<RecordSetKey>

    package init(domain: Name, source: ZoneSource?, strangersAsk: [IPAddress], watched: Set<RecordSetKey>) {
        self.domain = domain
        self.source = source
        self.strangersAsk = strangersAsk
        self.watched = watched
    }
}
