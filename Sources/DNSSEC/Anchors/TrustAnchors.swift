public import DNSWire

/// The trust anchors, by zone.
public struct TrustAnchors: Hashable, Sendable {
    /// The keys, or digests of keys, of each zone that is trusted by configuration.
    public let zones: [Name: KeyPointers]

    /// Makes anchors from DS and DNSKEY records; other records are ignored.
    public init(records: [Record]) {
        var zones: [Name: KeyPointers] = [:]
        for record in records {
            if let digest = DS(record.data), digest.type == .ds {
                zones[record.name, default: KeyPointers()].digests.append(digest)
            } else if let key = DNSKEY(record.data), key.type == .dnskey {
                zones[record.name, default: KeyPointers()].keys.append(key)
            }
        }
        self.zones = zones
    }

    /// No anchors: nothing is validated.
    public static let none = TrustAnchors(records: [])

    /// The root's keys of 2017 and 2024 (KSK-2017, KSK-2024), by the digests that IANA publishes.
    public static let builtIn: TrustAnchors = {
        let lines = [
            "20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
            "38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
        ]
        return TrustAnchors(
            records: lines.compactMap { line in
                guard let data = try? RecordData(type: .ds, text: line) else { return nil }
                return Record(name: .root, ttl: 172_800, data: data)
            })
    }()

    /// Returns the closest zone at or above a name with an anchor.
    func closest(to name: Name) -> (zone: Name, pointers: KeyPointers)? {
        var candidate: Name? = name
        while let zone = candidate {
            if let pointers = zones[zone] { return (zone, pointers) }
            candidate = zone.parent
        }
        return nil
    }
}
