import DNSWire
import LapwingCore

/// The names of a zone in the order in which its NSEC or NSEC3 records link them.
final class DenialChain {
    let zone: Zone
    private let signer: Signer
    /// Owners in canonical order (RFC 4034 §6.1).
    private let ordered: [Name]
    /// Hashes of owners and empty non-terminals, sorted; empty for NSEC.
    private var hashes: [(hash: [UInt8], name: Name)] = []

    init(zone: Zone, signer: Signer) {
        self.zone = zone
        self.signer = signer
        // What lies below a cut is another zone's.
        ordered = zone.owners.keys.filter { (zone.cut(above: $0) ?? $0) == $0 }.sorted()
        guard let denial = zone.signing?.denial, denial.usesHashes else { return }
        let names =
            ordered.filter { denial != .optOut || !zone.isUnsecured($0) }
            + zone.emptyNames.filter { zone.cut(above: $0) == nil }.sorted()
        hashes = names.map { (hash($0), $0) }.sorted { $0.hash.lexicographicallyPrecedes($1.hash) }
    }

    private var usesHashes: Bool { zone.signing?.denial.usesHashes == true }
    /// Whether what its records span may hold delegations without a DS.
    private var isOptOut: Bool { zone.signing?.denial == .optOut }
    private var iterations: UInt16 { zone.signing?.iterations ?? 0 }

    private func hash(_ name: Name) -> [UInt8] { signer.nsec3Hash(name, iterations: iterations) }

    /// Returns the record at an existing name, which lists its types.
    func match(_ name: Name) -> Record? {
        if usesHashes { return hashes.firstIndex { $0.name == name }.map(hashed) }
        if let index = ordered.firstIndex(of: name) { return plain(index) }
        // An empty non-terminal has no NSEC of its own, and is covered by the preceding one.
        return cover(name)
    }

    /// Returns the record that covers a missing name.
    func cover(_ name: Name) -> Record? {
        if usesHashes {
            let wanted = hash(name)
            let index = hashes.lastIndex { $0.hash.lexicographicallyPrecedes(wanted) } ?? hashes.count - 1
            return index >= 0 ? hashed(index) : nil
        }
        return ordered.lastIndex { $0 < name }.map(plain)
    }

    private func types(at name: Name) -> [RecordType] {
        guard var types = zone.owners[name] else { return [] }
        if name.isWildcard, zone.signing?.wildcardTypesMissing == true { types = [] }
        if zone.cuts.contains(name) { types.formIntersection([.ns, .ds]) }
        // At a cut only the DS and an NSEC record are signed.
        if !zone.isUnsecured(name) || !usesHashes { types.insert(.rrsig) }
        if !usesHashes { types.insert(.nsec) }
        if name == zone.origin, usesHashes { types.insert(.nsec3param) }
        return types.sorted { $0.rawValue < $1.rawValue }
    }

    private func plain(_ index: Int) -> Record {
        let name = ordered[index]
        let next = ordered[(index + 1) % ordered.count]
        return Record(
            name: name, ttl: zone.negativeTTL,
            data: NSEC(next: next, types: types(at: name)).data)
    }

    private func hashed(_ index: Int) -> Record {
        let (hash, name) = hashes[index]
        let next = hashes[(index + 1) % hashes.count].hash
        let owner = (try? zone.origin.prepending(label: Base32Hex.encode(hash))) ?? zone.origin
        let data = NSEC3(
            hashAlgorithm: 1, flags: isOptOut ? 1 : 0, iterations: iterations, salt: [], nextHashedOwner: next,
            types: types(at: name))
        return Record(name: owner, ttl: zone.negativeTTL, data: data.data)
    }

    /// The longest name at or above this one that has a record in the chain.
    private func enclosing(_ name: Name) -> Name {
        var name = name
        while name.labelCount > zone.origin.labelCount, match(name) == nil {
            name = name.suffix(labels: name.labelCount - 1)
        }
        return name
    }

    /// Returns the closest encloser of a missing name, and the next closer name (RFC 5155 §7.2.1).
    func closest(to name: Name) -> (encloser: Name, next: Name) {
        var count = name.labelCount
        while count > zone.origin.labelCount {
            let above = name.suffix(labels: count - 1)
            if zone.holds(above) { return (above, name.suffix(labels: count)) }
            count -= 1
        }
        return (zone.origin, name)
    }

    /// Returns records that prove that a name does not exist and no wildcard matches it.
    func nxDomain(_ name: Name) -> [Record] {
        let (encloser, next) = closest(to: name)
        let wildcard = try? encloser.prepending(label: [UInt8(ascii: "*")])
        let proof =
            usesHashes
            ? [match(encloser), cover(next), wildcard.flatMap(cover)] : [cover(name), wildcard.flatMap(cover)]
        return Self.unique(proof)
    }

    /// Returns records that prove that a name has no such type: its own, or those of the matching wildcard.
    func noData(_ name: Name) -> [Record] {
        if isOptOut, zone.isUnsecured(name), let encloser = name.parent.map(enclosing) {
            return Self.unique([match(encloser), cover(name.suffix(labels: encloser.labelCount + 1))])
        }
        if zone.holds(name) { return Self.unique([match(name)]) }
        let (encloser, next) = closest(to: name)
        let wildcard = try? encloser.prepending(label: [UInt8(ascii: "*")])
        let proof =
            usesHashes
            ? [match(encloser), cover(next), wildcard.flatMap(match)] : [cover(name), wildcard.flatMap(match)]
        return Self.unique(proof)
    }

    /// Returns records that prove that there is no closer match than the wildcard (RFC 4035 §3.1.3.3).
    func noCloser(_ name: Name) -> [Record] {
        Self.unique([usesHashes ? cover(closest(to: name).next) : cover(name)])
    }

    private static func unique(_ records: [Record?]) -> [Record] {
        var seen: Set<Name> = []
        return records.compactMap { $0 }.filter { seen.insert($0.name).inserted }
    }
}
