import DNSWire

/// What of a zone's records is looked at: what the zone itself answers for, in types that stay as they are.
struct ZoneWatch {
    /// Written anew by whoever signs the zone; the checks of DNSSEC look at them in their own way.
    private static let ofSigning: Set<RecordType> = [
        .rrsig, .nsec, .nsec3, .nsec3param, .dnskey, .cds, .cdnskey, .zonemd, .sig, .nxt, .key,
    ]
    /// Asked of the domain itself only, or where they are found answered by another zone.
    private static let ofApex: Set<RecordType> = [.soa, .ns, .ds]

    let zone: Name
    let records: [DeclaredRecord]

    /// Names and their types, in the order in which they come first.
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

    /// Whether another zone answers for the name: it is at or below a cut.
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
