internal import DNSWire

/// The conclusions from validly signed NSEC and NSEC3 records about missing names and types.
///
/// RFC 4035 section 5.4, RFC 5155 section 8, RFC 6840 section 4, RFC 9824.
struct DenialProof: Sendable {
    /// The result for a claim of nonexistence.
    enum Finding: Hashable, Sendable {
        /// The claim is proven.
        case proven
        /// The claim may be true, but is not authenticated: opt-out, or too many iterations.
        case insecure(Reason.Code)
        /// The record at this name or above belongs to the parent side of a zone cut without DS. The chain of trust at
        /// that cut decides; if the child zone is signed, the record denies nothing (RFC 6840 section 4.1).
        case belowCut(Name)
        /// There is no proof, for this reason.
        case unproven(Reason.Code, String)
    }

    /// The result for a delegation.
    enum Delegation: Hashable, Sendable {
        /// There is a delegation without DS.
        case unsigned
        /// There is no delegation at the name.
        case absent
        /// There may be an unsigned delegation (opt-out), or the zone's parameters exceed the limit.
        case insecure(Reason.Code)
        /// There is no proof, for this reason.
        case unproven(Reason.Code, String)
    }

    let zone: Name
    let plain: [PlainDenial]
    let hashed: [HashedDenial]
    /// The parameters of the NSEC3 records that are used.
    let iterations: UInt16
    let salt: [UInt8]

    /// Reads the denial RRsets of a message, all of which are signed by the zone.
    init(zone: Name, sets: [(set: SignedSet, proof: SetProof)]) {
        self.zone = zone
        var plain: [PlainDenial] = []
        var hashed: [HashedDenial] = []
        for (set, proof) in sets.prefix(Limits.denialRecords) {
            if set.type == .nsec {
                // A record expanded from a wildcard applies to the wildcard, not to the name in the query.
                var owner = set.name
                if let encloser = proof.expandedFrom {
                    guard let wildcard = try? encloser.prepending(label: [UInt8(ascii: "*")]) else { continue }
                    owner = wildcard
                }
                plain += set.records.data.prefix(1).compactMap { PlainDenial(owner: owner, $0) }
            } else if set.type == .nsec3, proof.expandedFrom == nil, set.name.parent == zone {
                hashed += set.records.data.prefix(1).compactMap { HashedDenial(owner: set.name, $0) }
            }
        }
        self.plain = plain
        iterations = hashed.first?.fields.iterations ?? 0
        salt = hashed.first?.fields.salt ?? []
        let (iterations, salt) = (iterations, salt)
        // RFC 5155 section 8.2: records with other parameters do not belong to the proof.
        self.hashed = hashed.filter { $0.fields.iterations == iterations && $0.fields.salt == salt }
    }

    var isEmpty: Bool { plain.isEmpty && hashed.isEmpty }

    /// Whether the NSEC3 records need too many iterations.
    var isTooCostly: Bool { iterations > Limits.hashIterations }
}

extension RecordType {
    /// The pseudo-type that marks a missing name in compact denial of existence (RFC 9824 section 3.1).
    static let nxname = RecordType(rawValue: 128)
}

/// The type bit map of a denial record.
struct TypeList: Hashable, Sendable {
    let types: [RecordType]

    func contains(_ type: RecordType) -> Bool { types.contains(type) }
    /// A zone cut, on the parent side.
    var isDelegation: Bool { contains(.ns) && !contains(.soa) }
    /// The apex of a zone.
    var isApex: Bool { contains(.soa) }
    /// No names below can be denied: they belong to another zone, or are redirected (RFC 6840 section 4.1).
    var endsAuthority: Bool { isDelegation || contains(.dname) }
    /// Compact denial: the name does not exist (RFC 9824).
    var marksAbsence: Bool { contains(.nxname) }

    /// Returns the reason why the bit map does not deny a type at its name; nil if it does.
    func objection(to type: RecordType, at name: Name) -> String? {
        // This includes names marked as missing: such a record contradicts itself (RFC 9824 section 3.1).
        if contains(type) { return "the denial record of \(name) lists \(type), which the answer denies" }
        if contains(.cname) { return "the denial record of \(name) says that it is an alias" }
        if marksAbsence { return nil }
        if type == .ds {
            return isApex && !name.isRoot ? "the denial of \(name) DS comes from below the cut" : nil
        }
        return isDelegation ? "the denial for \(name) comes from above the cut" : nil
    }
}
