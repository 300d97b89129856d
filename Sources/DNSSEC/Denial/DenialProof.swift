internal import DNSWire

/// What NSEC and NSEC3 records, whose signatures are good, prove about names and types that are absent.
///
/// RFC 4035 section 5.4, RFC 5155 section 8, RFC 6840 section 4, RFC 9824.
struct DenialProof: Sendable {
    /// What was asked of the proof, and what it says.
    enum Finding: Hashable, Sendable {
        /// It is so.
        case proven
        /// It may be so, but the zone does not vouch for it: opt-out, or too many iterations.
        case insecure(Reason.Code)
        /// The record at this name, or above it, belongs to the zone above a cut without DS: what the chain says of that cut
        /// decides, and where that zone is signed the record denies nothing (RFC 6840 section 4.1).
        case belowCut(Name)
        /// There is no proof, for this reason.
        case unproven(Reason.Code, String)
    }

    /// What is known of a delegation.
    enum Delegation: Hashable, Sendable {
        /// There is a delegation without DS.
        case unsigned
        /// There is no delegation at the name.
        case absent
        /// There may be an unsigned delegation (opt-out), or the zone's parameters are beyond the limit.
        case insecure(Reason.Code)
        /// There is no proof, for this reason.
        case unproven(Reason.Code, String)
    }

    let zone: Name
    let plain: [PlainDenial]
    let hashed: [HashedDenial]
    /// The parameters of the hashed records that count.
    let iterations: UInt16
    let salt: [UInt8]

    /// Takes in the denial sets of a message, all signed by the zone.
    init(zone: Name, sets: [(set: SignedSet, proof: SetProof)]) {
        self.zone = zone
        var plain: [PlainDenial] = []
        var hashed: [HashedDenial] = []
        for (set, proof) in sets.prefix(Limits.denialRecords) {
            if set.type == .nsec {
                // A record made from a wildcard speaks for the wildcard, not for the name it was asked under.
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
        // RFC 5155 section 8.2: records of other parameters do not belong to the proof.
        self.hashed = hashed.filter { $0.fields.iterations == iterations && $0.fields.salt == salt }
    }

    var isEmpty: Bool { plain.isEmpty && hashed.isEmpty }

    /// Whether the hashed records ask for more work than is sensible.
    var isTooCostly: Bool { iterations > Limits.hashIterations }
}

extension RecordType {
    /// The pseudo-type that marks a name as absent in compact denial of existence (RFC 9824 section 3.1).
    static let nxname = RecordType(rawValue: 128)
}

/// What the type list of a denial record says of the name it stands at.
struct TypeList: Hashable, Sendable {
    let types: [RecordType]

    func contains(_ type: RecordType) -> Bool { types.contains(type) }
    /// A cut, seen from above it.
    var isDelegation: Bool { contains(.ns) && !contains(.soa) }
    /// The apex of a zone, seen from inside.
    var isApex: Bool { contains(.soa) }
    /// Nothing below the name can be denied here: it is another zone's, or redirected (RFC 6840 section 4.1).
    var endsAuthority: Bool { isDelegation || contains(.dname) }
    /// Compact denial: the name does not exist at all (RFC 9824).
    var marksAbsence: Bool { contains(.nxname) }

    /// Why the list does not deny a type at its name; nothing when it does.
    func objection(to type: RecordType, at name: Name) -> String? {
        // Also where the name is marked as absent: such a record contradicts itself (RFC 9824 section 3.1).
        if contains(type) { return "the denial record of \(name) lists \(type), which the answer denies" }
        if contains(.cname) { return "the denial record of \(name) says that it is an alias" }
        if marksAbsence { return nil }
        if type == .ds {
            return isApex && !name.isRoot ? "the denial of \(name) DS comes from below the cut" : nil
        }
        return isDelegation ? "the denial for \(name) comes from above the cut" : nil
    }
}
