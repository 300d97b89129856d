public import DNSWire

/// An RRset with its signatures.
public struct SignedSet: Hashable, Sendable {
    /// The records of one name and type.
    public var records: RRset
    /// The RRSIG records with matching owner and covered type, in the order of arrival.
    public var signatures: [Signature]

    /// The fields of one RRSIG record, with its TTL.
    public struct Signature: Hashable, Sendable {
        /// The fields of the signature.
        public let fields: RRSIG
        /// The TTL of the RRSIG record itself.
        public let ttl: UInt32

        /// Makes a signature from a record's fields.
        public init(fields: RRSIG, ttl: UInt32) {
            self.fields = fields
            self.ttl = ttl
        }
    }

    /// Makes an RRset with signatures.
    public init(records: RRset, signatures: [Signature] = []) {
        self.records = records
        self.signatures = signatures
    }

    /// Limits the TTLs of the records and of their signatures.
    mutating func cutTimeToLive(to life: UInt32) {
        records.ttl = min(records.ttl, life)
        for place in signatures.indices where signatures[place].ttl > life {
            signatures[place] = Signature(fields: signatures[place].fields, ttl: life)
        }
    }

    /// The owner name.
    public var name: Name { records.name }
    /// The type of the records.
    public var type: RecordType { records.type }

    /// Returns the RRsets of one section of a message, each with its signatures, in the order of arrival.
    ///
    /// A signature without its RRset is dropped, unless signatures themselves were requested.
    static func grouping(_ section: [Record], keepingSignatures: Bool = false) -> [SignedSet] {
        // Comparing a few records with each other is cheaper than a hash table.
        var sets =
            section.count <= 24
            ? comparing(section)
            : RRset.grouping(section.filter { $0.type != .rrsig }).map { SignedSet(records: $0) }
        var places: [Question: Int] = [:]
        if sets.count > 12 {
            for (place, set) in sets.enumerated() {
                places[Question(name: set.name, type: set.type, recordClass: set.records.recordClass)] = place
            }
        }
        for record in section where record.type == .rrsig {
            guard let fields = RRSIG(record.data) else { continue }
            let found =
                sets.count > 12
                ? places[Question(name: record.name, type: fields.typeCovered, recordClass: record.recordClass)]
                : sets.firstIndex { $0.isOf(record.name, fields.typeCovered, record.recordClass) }
            guard let place = found, sets[place].signatures.count < Limits.keptSignatures else { continue }
            let signature = Signature(fields: fields, ttl: record.ttl)
            if !sets[place].signatures.contains(signature) { sets[place].signatures.append(signature) }
        }
        if keepingSignatures {
            sets += RRset.grouping(section.filter { $0.type == .rrsig }).map { SignedSet(records: $0) }
        }
        return sets
    }

    /// Returns the RRsets of a few records.
    private static func comparing(_ section: [Record]) -> [SignedSet] {
        var sets: [SignedSet] = []
        for record in section where record.type != .rrsig {
            if let place = sets.firstIndex(where: { $0.isOf(record.name, record.type, record.recordClass) }) {
                sets[place].records.ttl = min(sets[place].records.ttl, record.ttl)
                if !sets[place].records.data.contains(record.data) { sets[place].records.data.append(record.data) }
            } else {
                sets.append(
                    SignedSet(
                        records: RRset(
                            name: record.name, type: record.type, recordClass: record.recordClass, ttl: record.ttl,
                            data: [record.data])))
            }
        }
        return sets
    }

    private func isOf(_ name: Name, _ type: RecordType, _ recordClass: RecordClass) -> Bool {
        records.type == type && records.recordClass == recordClass && records.name == name
    }

    /// Returns the records, followed by their signatures if requested.
    public func allRecords(withSignatures: Bool) -> [Record] {
        let own = records.records
        guard withSignatures else { return own }
        return own
            + signatures.map {
                Record(name: name, recordClass: records.recordClass, ttl: $0.ttl, data: $0.fields.data)
            }
    }

    /// The lowest signer zone in the signatures that can have signed this name.
    var signer: Name? {
        if signatures.count == 1 {
            let only = signatures[0].fields.signer
            return name.isSubdomain(of: only) ? only : nil
        }
        return signatures.lazy.map { $0.fields.signer }.filter { name.isSubdomain(of: $0) }
            .max { $0.labelCount < $1.labelCount }
    }

    /// The first record only, for types with a single record: several CNAME or DNAME records contradict each other (RFC
    /// 2181 section 10.1), and resolvers follow the first. A signature over the whole RRset does not verify then.
    var keepingFirst: SignedSet {
        guard records.data.count > 1 else { return self }
        var set = self
        set.records.data.removeLast(records.data.count - 1)
        return set
    }

    func hasSigner(_ zone: Name) -> Bool { signatures.contains { $0.fields.signer == zone } }
}
