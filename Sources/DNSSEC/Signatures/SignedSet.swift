public import DNSWire

/// A set of records with the signatures that came beside it.
public struct SignedSet: Hashable, Sendable {
    /// The records of one name and type.
    public var records: RRset
    /// The RRSIGs whose owner and type covered fit, in the order of arrival.
    public var signatures: [Signature]

    /// One RRSIG: what it says, and the record it came in.
    public struct Signature: Hashable, Sendable {
        /// The fields of the signature.
        public let fields: RRSIG
        /// The time to live of the RRSIG record itself.
        public let ttl: UInt32

        /// A signature as it came in a record.
        public init(fields: RRSIG, ttl: UInt32) {
            self.fields = fields
            self.ttl = ttl
        }
    }

    /// A set and its signatures.
    public init(records: RRset, signatures: [Signature] = []) {
        self.records = records
        self.signatures = signatures
    }

    /// Lets neither the records nor their signatures live longer than so many seconds.
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

    /// The sets of one section of a message, each with its signatures, in the order of arrival.
    ///
    /// A signature whose set is absent is dropped, unless signatures themselves were asked for.
    static func grouping(_ section: [Record], keepingSignatures: Bool = false) -> [SignedSet] {
        // Comparing a few records with each other is cheaper than any table of them.
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

    /// The sets of a few records.
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

    /// The records, and their signatures after them when wanted.
    public func allRecords(withSignatures: Bool) -> [Record] {
        let own = records.records
        guard withSignatures else { return own }
        return own
            + signatures.map {
                Record(name: name, recordClass: records.recordClass, ttl: $0.ttl, data: $0.fields.data)
            }
    }

    /// The lowest zone that a signature names and that can have signed this name at all.
    var signer: Name? {
        if signatures.count == 1 {
            let only = signatures[0].fields.signer
            return name.isSubdomain(of: only) ? only : nil
        }
        return signatures.lazy.map { $0.fields.signer }.filter { name.isSubdomain(of: $0) }
            .max { $0.labelCount < $1.labelCount }
    }

    /// The set as it counts where one record alone can be meant: several CNAME or DNAME records contradict each other
    /// (RFC 2181 section 10.1), and resolvers follow the first. No signature over the whole verifies then.
    var keepingFirst: SignedSet {
        guard records.data.count > 1 else { return self }
        var set = self
        set.records.data.removeLast(records.data.count - 1)
        return set
    }

    func hasSigner(_ zone: Name) -> Bool { signatures.contains { $0.fields.signer == zone } }
}
