import DNSWire

/// Selects the records of a zone to watch: authoritative ones, of types that do not change regularly.
struct ZoneWatch {
    /// Types that change when the zone is signed; the DNSSEC checks handle them separately.
    private static let ofSigning: Set<RecordType> = [
        .rrsig, .nsec, .nsec3, .nsec3param, .dnskey, .cds, .cdnskey, .zonemd, .sig, .nxt, .key,
    ]
    /// Types that are asked only at the domain itself, or that belong to another zone elsewhere.
    private static let ofApex: Set<RecordType> = [.soa, .ns, .ds]

    let zone: Name
    let records: [DeclaredRecord]

    /// Names with their types, in the order of first occurrence.
    var entries: [ImportedDomain.WatchedName] {
        let cuts = Set(records.lazy.filter { $0.type == .ns && $0.name.folded != zone }.map(\.name.folded))
        var order: [Name] = []
        var types: [Name: [RecordType]] = [:]
        for record in records where !Self.ofSigning.contains(record.type) {
            let name = record.name.folded
            if name != zone, Self.ofApex.contains(record.type) || isBelow(cuts, name) { continue }
            if types[name] == nil { order.append(name) }
            if types[name, default: []].contains(record.type) == false { types[name, default: []].append(record.type) }
        }
        return order.map { ImportedDomain.WatchedName(name: $0, types: types[$0] ?? []) }
    }

    /// Whether the name belongs to another zone: at or below a zone cut.
    private func isBelow(_ cuts: Set<Name>, _ name: Name) -> Bool {
        guard !cuts.isEmpty else { return false }
        var current: Name? = name
        while let candidate = current, candidate.labelCount > zone.labelCount {
            if cuts.contains(candidate) { return true }
            current = candidate.parent
        }
        return false
    }
}
