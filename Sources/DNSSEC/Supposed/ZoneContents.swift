public import DNSWire

/// The contents of a zone, signed or not, and the answers of an authoritative server from them.
public struct ZoneContents: Sendable {
    /// The name of the zone.
    public let apex: Name
    /// The RRsets of each owner name, with their signatures.
    private(set) var sets: [Name: [RecordType: SignedSet]] = [:]
    /// Empty non-terminals (RFC 8020).
    private(set) var emptyNames: Set<Name> = []
    /// The owners of NSEC records in canonical order.
    private(set) var plainOwners: [Name] = []
    /// The NSEC3 records by the hash in their owner names, sorted.
    private(set) var hashed: [(hash: [UInt8], set: SignedSet)] = []

    /// The largest number of aliases that are followed inside the zone for one answer.
    static let mostAliases = 8

    /// Makes the contents from records; those outside of the zone are ignored.
    public init(apex: Name, records: [Record]) {
        self.apex = apex
        var own: [Name: [Record]] = [:]
        for record in records where record.name.isSubdomain(of: apex) && record.recordClass == .in {
            own[record.name.folded, default: []].append(record)
        }
        for (name, records) in own {
            for set in SignedSet.grouping(records) {
                if set.type == .nsec3 {
                    hashed.append((Base32Hex.decode(name.label(0)) ?? [], set))
                } else {
                    sets[name, default: [:]][set.type] = set
                }
            }
        }
        hashed.sort { $0.hash.lexicographicallyPrecedes($1.hash) }
        plainOwners = sets.filter { $0.value[.nsec] != nil }.keys.sorted()
        for name in sets.keys {
            var above = name.parent
            while let next = above, next != apex, next.isSubdomain(of: apex), emptyNames.insert(next).inserted {
                above = next.parent
            }
        }
        emptyNames.subtract(sets.keys)
    }

    /// Returns the records of one RRset; empty if there is none.
    public func data(_ name: Name, _ type: RecordType) -> [RecordData] {
        sets[name.folded]?[type]?.records.data ?? []
    }

    /// The owner names.
    public var names: some Collection<Name> { sets.keys }

    func holds(_ name: Name) -> Bool { sets[name] != nil || emptyNames.contains(name) }

    /// Returns the answer of an authoritative server to a query with DO set (RFC 1034 section 4.3.2, RFC 4035 section
    /// 3.1).
    public func answer(_ name: Name, _ type: RecordType, by verifier: some SignatureVerifier) -> Message {
        var message = Message(
            flags: [.isResponse], questions: [Question(name: name, type: type)],
            edns: EDNS(udpSize: 1232, dnssecOK: true))
        guard name.isSubdomain(of: apex) else {
            message.responseCode = .refused
            return message
        }
        var writer = ZoneAnswer(zone: self, hash: { Self.hash($0, $1, verifier) }, message: message)
        writer.answer(name.folded, type)
        return writer.message
    }

    private static func hash(_ name: Name, _ record: NSEC3, _ verifier: some SignatureVerifier) -> [UInt8]? {
        // A file may contain any number; validators use no more than these.
        guard record.iterations <= Limits.hashIterations else { return nil }
        return NSEC3Hash.of(name, iterations: record.iterations, salt: record.salt, by: verifier)
    }
}
