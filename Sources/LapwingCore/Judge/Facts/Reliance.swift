import DNSWire

/// Names that the authoritative values of one watched RRset refer to, folded.
struct Reliance {
    let key: RecordSetKey
    let names: [Name]
    /// Whether users reach the names by asking for this RRset: resolvers follow NS, and only monitors ask for CNAME.
    var leadsUsers: Bool { key.type != .ns && key.type != .cname }

    /// Returns nil if the values refer to no name.
    init?(_ fact: SetFact) {
        var names: [Name] = []
        var seen: SetValue?
        // Most servers give the same value.
        for sight in fact.own where sight.value != seen {
            seen = sight.value
            for name in Self.names(in: sight.value, fact.key.type) where !names.contains(name) { names.append(name) }
        }
        guard !names.isEmpty else { return nil }
        key = fact.key
        self.names = names
    }

    private static func names(in value: SetValue, _ type: RecordType) -> [Name] {
        let alias = value.kind == .elsewhere ? value.alias.map { [$0] } ?? [] : []
        let data = value.members.lazy.compactMap { try? RecordData(type: type, wire: $0.bytes) }
        switch type {
        case .mx: return alias + data.compactMap { MX($0)?.exchange.folded }
        case .ns, .cname: return alias + data.compactMap { NameTarget($0)?.target.folded }
        case .txt:
            let policies = data.compactMap { TXT($0).flatMap { SPFPolicy($0.text) } }
            return alias + policies.flatMap(\.targets).compactMap { try? Name($0).folded }
        default: return alias
        }
    }
}
