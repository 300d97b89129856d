import DNSWire

/// Builds one answer from a zone's contents.
struct ZoneAnswer {
    let zone: ZoneContents
    /// Returns the hash of a name with an NSEC3 record's parameters; nil if it is too costly.
    let hash: (Name, NSEC3) -> [UInt8]?
    var message: Message

    mutating func answer(_ name: Name, _ type: RecordType) {
        message.flags.insert(.authoritative)
        var name = name
        var seen: Set<Name> = []
        for _ in 0...ZoneContents.mostAliases where seen.insert(name).inserted {
            guard let next = step(name, type) else { return }
            guard next.isSubdomain(of: zone.apex) else { return }
            name = next.folded
        }
    }

    /// Answers for one name; returns the target of an alias.
    private mutating func step(_ name: Name, _ type: RecordType) -> Name? {
        if let place = cut(above: name, type) {
            refer(to: place)
            return nil
        }
        if let alias = redirection(above: name) { return alias }
        if zone.holds(name) { return data(of: name, shownAt: name, type) }
        let (encloser, next) = closest(to: name)
        if let wildcard = try? encloser.prepending(label: [UInt8(ascii: "*")]), zone.sets[wildcard] != nil {
            add(denials: [cover(next: next, name: name)])
            return data(of: wildcard, shownAt: name, type)
        }
        message.responseCode = .nxDomain
        addStart()
        let wildcard = try? encloser.prepending(label: [UInt8(ascii: "*")])
        add(denials: [
            match(encloser: encloser), cover(next: next, name: name), wildcard.flatMap { cover(next: $0, name: $0) },
        ])
        return nil
    }

    private mutating func data(of owner: Name, shownAt name: Name, _ type: RecordType) -> Name? {
        let sets = zone.sets[owner] ?? [:]
        if type == .any {
            for set in sets.values { message.answers += Self.records(of: set, shownAt: name) }
            if !sets.isEmpty { return nil }
        }
        if let set = sets[type] {
            message.answers += Self.records(of: set, shownAt: name)
            return nil
        }
        if let alias = sets[.cname], let target = alias.records.data.first.flatMap({ NameTarget($0)?.target }) {
            message.answers += Self.records(of: alias, shownAt: name)
            return target
        }
        addStart()
        if owner == name {
            add(denials: [match(name)])
        } else {
            add(denials: [match(encloser: closest(to: name).encloser), match(owner)])
        }
        return nil
    }

    // MARK: Cuts and redirections

    /// Returns the highest zone cut at or above a name; the DS of a zone cut belongs to this zone.
    private func cut(above name: Name, _ type: RecordType) -> Name? {
        let (own, all) = (zone.apex.labelCount, name.labelCount)
        guard all > own else { return nil }
        for count in (own + 1)...all {
            let place = name.suffix(labels: count)
            guard zone.sets[place]?[.ns] != nil else { continue }
            return place == name && type == .ds ? nil : place
        }
        return nil
    }

    private mutating func refer(to cut: Name) {
        guard let servers = zone.sets[cut]?[.ns] else { return }
        if message.answers.isEmpty { message.flags.remove(.authoritative) }
        message.authorities += servers.records.records
        if let digests = zone.sets[cut]?[.ds] {
            message.authorities += digests.allRecords(withSignatures: true)
        } else {
            // In an opt-out span the zone cut may have no record of its own; the record that covers it proves the
            // opt-out.
            add(
                denials: match(cut).map { [$0] } ?? [
                    match(encloser: closest(to: cut).encloser), cover(next: cut, name: cut),
                ])
        }
        for host in servers.records.data.compactMap({ NameTarget($0)?.target.folded }) {
            for type in [RecordType.a, .aaaa] { message.additionals += zone.sets[host]?[type]?.records.records ?? [] }
        }
    }

    /// Follows a DNAME above the name, if there is one (RFC 6672 section 3.2).
    private mutating func redirection(above name: Name) -> Name? {
        let (own, all) = (zone.apex.labelCount, name.labelCount)
        guard all > own else { return nil }
        for count in own..<all {
            guard let set = zone.sets[name.suffix(labels: count)]?[.dname] else { continue }
            message.answers += set.allRecords(withSignatures: true)
            guard let alias = MessageReader.synthesise(name, by: set.keepingFirst) else {
                message.responseCode = .yxDomain
                return Name.root
            }
            message.answers += alias.set.records.records
            return alias.target
        }
        return nil
    }

    // MARK: Denial

    private mutating func addStart() {
        guard var start = zone.sets[zone.apex]?[.soa], let fields = start.records.data.first.flatMap({ SOA($0) }) else {
            return
        }
        // RFC 2308 section 3.
        start.cutTimeToLive(to: fields.minimum)
        message.authorities += start.allRecords(withSignatures: true)
    }

    private mutating func add(denials sets: [SignedSet?]) {
        for set in sets.compactMap(\.self) {
            let isThere = message.authorities.contains { $0.type == set.type && $0.name == set.name }
            if !isThere { message.authorities += set.allRecords(withSignatures: true) }
        }
    }

    /// Returns the closest encloser of a missing name, and the next closer name (RFC 5155 section 7.2.1).
    private func closest(to name: Name) -> (encloser: Name, next: Name) {
        var count = name.labelCount
        while count > zone.apex.labelCount + 1 {
            let above = name.suffix(labels: count - 1)
            if zone.holds(above) { return (above, name.suffix(labels: count)) }
            count -= 1
        }
        return (zone.apex, name.suffix(labels: count))
    }

    /// Returns the record at an existing name, which lists its types.
    private func match(_ name: Name) -> SignedSet? {
        if zone.hashed.isEmpty { return zone.sets[name]?[.nsec] ?? predecessor(name) }
        guard let wanted = hash(name) else { return nil }
        return zone.hashed.first { $0.hash == wanted }?.set
    }

    /// Only NSEC3 needs a separate proof of the closest encloser; NSEC includes it.
    private func match(encloser: Name) -> SignedSet? { zone.hashed.isEmpty ? nil : match(encloser) }

    /// Returns the record that covers a missing name: the name itself for NSEC, the next closer name for NSEC3.
    private func cover(next: Name, name: Name) -> SignedSet? {
        if zone.hashed.isEmpty { return predecessor(name) }
        guard let wanted = hash(next) else { return nil }
        return (zone.hashed.last { $0.hash.lexicographicallyPrecedes(wanted) } ?? zone.hashed.last)?.set
    }

    private func predecessor(_ name: Name) -> SignedSet? {
        // Binary search for the first name after it, since zones may be large.
        var (low, high) = (0, zone.plainOwners.count)
        while low < high {
            let middle = (low + high) / 2
            if zone.plainOwners[middle] < name { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? zone.sets[zone.plainOwners[low - 1]]?[.nsec] : nil
    }

    private func hash(_ name: Name) -> [UInt8]? {
        zone.hashed.first?.set.records.data.first.flatMap { NSEC3($0) }.flatMap { hash(name, $0) }
    }

    /// Returns an RRset and its signatures at the name at which they are shown, which differs from the owner if a
    /// wildcard was expanded.
    private static func records(of set: SignedSet, shownAt name: Name) -> [Record] {
        set.allRecords(withSignatures: true).map {
            var record = $0
            record.name = name
            return record
        }
    }
}
