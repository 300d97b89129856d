internal import DNSWire

/// One NSEC record with its owner name.
struct PlainDenial: Hashable, Sendable {
    let owner: Name
    let next: Name
    let types: TypeList

    init?(owner: Name, _ data: RecordData) {
        guard let fields = NSEC(data) else { return nil }
        self.owner = owner
        next = fields.next
        types = TypeList(types: fields.types)
    }

    /// Whether the name is strictly between the owner and the next name; the last record wraps around to the apex.
    func covers(_ name: Name, in zone: Name) -> Bool {
        // A next name outside the zone is invalid (RFC 4034 section 4.1.1).
        guard name.isSubdomain(of: zone), name != owner, owner.isSubdomain(of: zone), next.isSubdomain(of: zone) else {
            return false
        }
        if owner < next { return owner < name && name < next }
        // The last record of the zone covers everything after it. In a zone with one name it points to itself.
        return next == zone && owner < name
    }

    /// Whether the record is authoritative about this name: not if there is a zone cut or a DNAME at its owner, above
    /// the name.
    func hasAuthority(over name: Name) -> Bool {
        !(types.endsAuthority && name != owner && name.isSubdomain(of: owner))
    }

    /// Whether the name is an empty non-terminal.
    func showsEmptyNonTerminal(_ name: Name, in zone: Name) -> Bool {
        covers(name, in: zone) && hasAuthority(over: name) && next != name && next.isSubdomain(of: name)
    }

    /// Whether the name and all names below it do not exist.
    func deniesName(_ name: Name, in zone: Name) -> Bool {
        covers(name, in: zone) && hasAuthority(over: name) && !next.isSubdomain(of: name)
    }

    /// Returns the closest encloser of a name that the record denies.
    func closestEncloser(of name: Name) -> Name {
        let byOwner = name.commonAncestor(with: owner)
        let byNext = name.commonAncestor(with: next)
        return byOwner.labelCount >= byNext.labelCount ? byOwner : byNext
    }

    /// Whether the record shows a zone cut without DS at or above the name.
    func showsUnsignedDelegation(above name: Name, type: RecordType) -> Bool {
        guard types.isDelegation, !types.contains(.ds), name.isSubdomain(of: owner) else { return false }
        return name != owner || type != .ds
    }
}

extension DenialProof {
    func plainNoData(_ name: Name, _ type: RecordType) -> Finding {
        var objection = "no NSEC record stands at or around \(name)"
        for record in plain where record.showsUnsignedDelegation(above: name, type: type) {
            return .belowCut(record.owner)
        }
        for record in plain {
            if record.owner == name {
                guard let found = record.types.objection(to: type, at: name) else { return .proven }
                objection = found
            }
            if record.showsEmptyNonTerminal(name, in: zone) { return .proven }
        }
        guard let denial = plain.first(where: { $0.deniesName(name, in: zone) }),
            let wildcard = try? denial.closestEncloser(of: name).prepending(label: [UInt8(ascii: "*")])
        else { return .unproven(.denialWrong, objection) }
        for record in plain {
            if record.owner == wildcard {
                guard let found = record.types.objection(to: type, at: wildcard) else { return .proven }
                objection = found
            }
            if record.showsEmptyNonTerminal(wildcard, in: zone) { return .proven }
        }
        return .unproven(.denialWrong, objection)
    }

    func plainNameError(_ name: Name) -> Finding {
        for record in plain where record.owner == name && record.types.marksAbsence { return .proven }
        for record in plain where record.showsUnsignedDelegation(above: name, type: .any) {
            return .belowCut(record.owner)
        }
        let denials = plain.filter { $0.deniesName(name, in: zone) }
        guard let denial = denials.max(by: { encloserDepth($0, name) < encloserDepth($1, name) }) else {
            return .unproven(.denialWrong, "no NSEC record covers \(name)")
        }
        guard let wildcard = try? denial.closestEncloser(of: name).prepending(label: [UInt8(ascii: "*")]) else {
            return .proven  // There is no room for a wildcard.
        }
        guard plain.contains(where: { $0.deniesName(wildcard, in: zone) }) else {
            return .unproven(.denialWrong, "no NSEC record covers \(wildcard)")
        }
        return .proven
    }

    private func encloserDepth(_ record: PlainDenial, _ name: Name) -> Int {
        record.closestEncloser(of: name).labelCount
    }

    func plainExpansion(_ name: Name, from encloser: Name) -> Finding {
        let isProven = plain.contains { $0.deniesName(name, in: zone) && $0.closestEncloser(of: name) == encloser }
        return isProven ? .proven : .unproven(.wildcardUnproven, "no NSEC record covers \(name)")
    }

    func plainDelegation(_ name: Name) -> Delegation {
        for record in plain where record.owner == name {
            if record.types.marksAbsence { return .absent }
            if record.types.isApex, !name.isRoot {
                return .unproven(.delegationUnproven, "the NSEC record at \(name) comes from below the cut")
            }
            if record.types.contains(.ds) {
                return .unproven(.delegationUnproven, "the NSEC record at \(name) says that there is a DS")
            }
            return record.types.contains(.ns) ? .unsigned : .absent
        }
        if plain.contains(where: { $0.showsEmptyNonTerminal(name, in: zone) || $0.deniesName(name, in: zone) }) {
            return .absent
        }
        return .unproven(.delegationUnproven, "no NSEC record stands at or around \(name)")
    }
}
