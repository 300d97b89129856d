import DNSWire

/// One RRset as one source served it: the unit of history.
package struct Sighting: Sendable, Hashable {
    /// The source, in the notation of the history: `authority ns1.example.net. 192.0.2.1`, `resolver google`, `parent`.
    package var source: String
    /// The RRset.
    package var key: RecordSetKey
    /// The record data in presentation format, sorted; empty if the source says that there are none.
    package var values: [String]
    /// The lowest TTL in seconds, only for authoritative servers and the parent: the TTL in a cache counts down and
    /// means nothing. Nil without records too.
    package var ttl: UInt32?

    package init(source: String, key: RecordSetKey, values: [String], ttl: UInt32? = nil) {
        self.source = source
        self.key = key
        self.values = values
        self.ttl = ttl
    }

    /// Returns all conclusive observations of a snapshot. Failures are left out, since a failure is not a change.
    package static func all(in snapshot: Snapshot, sets: [RecordSetKey]) -> [Sighting] {
        var sightings: [Sighting] = []
        if snapshot.parent.state == .delegated || snapshot.parent.state == .absent {
            let hosts = snapshot.parent.hosts.map(\.name.description).sorted()
            let key = RecordSetKey(snapshot.domain, .ns)
            sightings.append(Sighting(source: "parent", key: key, values: hosts, ttl: snapshot.parent.nsTTL))
        }
        if snapshot.parent.dsKnown {
            let key = RecordSetKey(snapshot.domain, .ds)
            let values = snapshot.parent.ds.map(\.data.text).sorted()
            sightings.append(Sighting(source: "parent", key: key, values: values, ttl: snapshot.parent.dsTTL))
        }
        for authority in snapshot.authorities where !authority.remembered {
            let source = "authority \(authority.host) \(authority.address)"
            sightings += sets.compactMap { key in
                authority.answers[key].flatMap { Sighting($0, source: source, key: key, keepsTTL: true) }
            }
        }
        for resolver in snapshot.resolvers {
            sightings += sets.compactMap { key in
                resolver.answers[key].flatMap { Sighting($0, source: "resolver \(resolver.label)", key: key) }
            }
        }
        return sightings
    }

    private init?(_ answer: Answer, source: String, key: RecordSetKey, keepsTTL: Bool = false) {
        guard answer.isConclusive else { return nil }
        // A new serial is not a change of the zone's content.
        let data = answer.records.map { key.type == .soa ? SOA.withoutSerial($0.data) : $0.data.text }
        let aliases = answer.aliases.filter { $0.type == .cname }.map { "CNAME \($0.data.text)" }
        self.init(source: source, key: key, values: aliases + data.sorted(), ttl: keepsTTL ? answer.ttl : nil)
    }
}

extension SOA {
    /// Returns the text of the record without its serial.
    fileprivate static func withoutSerial(_ data: RecordData) -> String {
        guard let soa = SOA(data) else { return data.text }
        return "\(soa.mname) \(soa.rname) - \(soa.refresh) \(soa.retry) \(soa.expire) \(soa.minimum)"
    }
}
