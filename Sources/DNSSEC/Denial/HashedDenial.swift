internal import DNSWire

/// One NSEC3 record.
struct HashedDenial: Hashable, Sendable {
    let hash: [UInt8]
    let fields: NSEC3
    let types: TypeList

    /// `nil` for a hash algorithm other than SHA-1, for unknown flags, and for an owner that is not a hash (RFC 5155
    /// section 8.1).
    init?(owner: Name, _ data: RecordData) {
        guard let fields = NSEC3(data), fields.hashAlgorithm == 1, fields.flags <= 1,
            let hash = Base32Hex.decode(owner.label(0)), hash.count == 20, fields.nextHashedOwner.count == 20
        else { return nil }
        self.hash = hash
        self.fields = fields
        types = TypeList(types: fields.types)
    }

    /// Whether a hash is strictly between this one and the next; the last record wraps around to the first.
    func covers(_ other: [UInt8]) -> Bool {
        let next = fields.nextHashedOwner
        if hash.lexicographicallyPrecedes(next) {
            return hash.lexicographicallyPrecedes(other) && other.lexicographicallyPrecedes(next)
        }
        return hash.lexicographicallyPrecedes(other) || other.lexicographicallyPrecedes(next)
    }
}

/// The closest encloser of a name, with the record that shows that there is no closer one.
struct ClosestEncloser: Hashable, Sendable {
    let name: Name
    let nextCloser: HashedDenial

    var isOptOut: Bool { nextCloser.fields.isOptOut }
}

extension DenialProof {
    /// The reason why there is no regular result.
    enum Stop: Error {
        /// The question's budget of hashes is used up.
        case exhausted
        /// The closest encloser is a zone cut without DS: the zone cannot deny names below it.
        case unsignedDelegation(Name)
    }

    private func record(at name: Name, _ examiner: inout Examiner) throws(Stop) -> HashedDenial? {
        guard let hash = examiner.hash(name, iterations: iterations, salt: salt) else { throw .exhausted }
        return hashed.first { $0.hash == hash }
    }

    private func record(covering name: Name, _ examiner: inout Examiner) throws(Stop) -> HashedDenial? {
        guard let hash = examiner.hash(name, iterations: iterations, salt: salt) else { throw .exhausted }
        return hashed.first { $0.covers(hash) }
    }

    /// RFC 5155 section 8.3; nil if the name itself exists or there is no proof.
    private func closestEncloser(_ name: Name, _ examiner: inout Examiner) throws(Stop) -> ClosestEncloser? {
        guard name.isSubdomain(of: zone) else { return nil }
        var nextCloser = name
        var candidate = name.parent
        while let encloser = candidate, encloser.isSubdomain(of: zone) {
            if let found = try record(at: encloser, &examiner) {
                if found.types.isDelegation, !found.types.contains(.ds) {
                    throw .unsignedDelegation(encloser)
                }
                guard !found.types.endsAuthority, let cover = try record(covering: nextCloser, &examiner) else {
                    return nil
                }
                return ClosestEncloser(name: encloser, nextCloser: cover)
            }
            nextCloser = encloser
            candidate = encloser.parent
        }
        return nil
    }

    func hashedNameError(_ name: Name, _ examiner: inout Examiner) throws(Stop) -> Finding {
        if try record(at: name, &examiner) != nil {
            return .unproven(.denialWrong, "an NSEC3 record says that \(name) exists")
        }
        guard let encloser = try closestEncloser(name, &examiner) else {
            return .unproven(.denialWrong, "no NSEC3 records prove a closest encloser of \(name)")
        }
        if let wildcard = try? encloser.name.prepending(label: [UInt8(ascii: "*")]),
            try record(covering: wildcard, &examiner) == nil
        {
            return .unproven(.denialWrong, "no NSEC3 record covers \(wildcard)")
        }
        return encloser.isOptOut ? .insecure(.optOut) : .proven
    }

    func hashedNoData(_ name: Name, _ type: RecordType, _ examiner: inout Examiner) throws(Stop) -> Finding {
        if let found = try record(at: name, &examiner) {
            if type != .ds, found.types.isDelegation, !found.types.contains(.ds) {
                return .belowCut(name)
            }
            guard let objection = found.types.objection(to: type, at: name) else { return .proven }
            return .unproven(.denialWrong, objection)
        }
        guard let encloser = try closestEncloser(name, &examiner) else {
            return .unproven(.denialWrong, "no NSEC3 records prove a closest encloser of \(name)")
        }
        if let wildcard = try? encloser.name.prepending(label: [UInt8(ascii: "*")]),
            let found = try record(at: wildcard, &examiner)
        {
            if let objection = found.types.objection(to: type, at: wildcard) {
                return .unproven(.denialWrong, objection)
            }
            return encloser.isOptOut ? .insecure(.optOut) : .proven
        }
        if encloser.isOptOut { return .insecure(.optOut) }
        return .unproven(.denialWrong, "the NSEC3 records say that \(name) does not exist, the answer that it does")
    }

    func hashedExpansion(
        _ name: Name, from encloser: Name, _ examiner: inout Examiner
    ) throws(Stop) -> Finding {
        let nextCloser = name.suffix(labels: encloser.labelCount + 1)
        guard let cover = try record(covering: nextCloser, &examiner) else {
            return .unproven(.wildcardUnproven, "no NSEC3 record covers \(nextCloser)")
        }
        return cover.fields.isOptOut ? .insecure(.optOut) : .proven
    }

    func hashedDelegation(_ name: Name, _ examiner: inout Examiner) throws(Stop) -> Delegation {
        if let found = try record(at: name, &examiner) {
            if found.types.isApex, !name.isRoot {
                return .unproven(.delegationUnproven, "the NSEC3 record of \(name) comes from below the cut")
            }
            if found.types.contains(.ds) {
                return .unproven(.delegationUnproven, "the NSEC3 record of \(name) says that there is a DS")
            }
            return found.types.contains(.ns) ? .unsigned : .absent
        }
        guard let encloser = try closestEncloser(name, &examiner) else {
            return .unproven(.delegationUnproven, "no NSEC3 records prove a closest encloser of \(name)")
        }
        return encloser.isOptOut ? .insecure(.optOut) : .absent
    }
}
