package import DNSWire

/// The value of an RRset without variations that have no meaning: order, letter case of names, TTL, signatures.
package struct SetValue: Hashable, Sendable, Codable {
    /// The meaning of an answer for the name and type.
    package enum Kind: String, Sendable, Hashable, Codable {
        case data
        /// The authoritative server only knows where the data is: an alias that leads out of the zone.
        case elsewhere
        case noData
        // The raw value is the one in stored memories.
        case nxDomain = "noName"
    }

    /// Whether there is data, or why not.
    package var kind: Kind
    /// The target of the first alias, folded to lower case; nil if there is no alias.
    package var alias: Name?
    /// The records at the end of the aliases, sorted, without duplicates.
    package var members: [Member]

    package init(kind: Kind, alias: Name? = nil, members: [Member] = []) {
        self.kind = kind
        self.alias = alias
        self.members = members
    }

    /// Returns nil if the answer is not conclusive.
    package init?(_ answer: Answer) {
        let alias = answer.aliases.first { $0.type == .cname }.flatMap { NameTarget($0.data)?.target.folded }
        switch answer.outcome {
        case .data: self.init(kind: .data, alias: alias, members: Member.sorted(answer.records.map(\.data)))
        case .noData: self.init(kind: alias == nil || !answer.authoritative ? .noData : .elsewhere, alias: alias)
        case .nxDomain: self.init(kind: .nxDomain, alias: alias)
        default: return nil
        }
        if kind != .data, alias != nil, answer.authoritative, !Self.denies(answer, alias) { kind = .elsewhere }
    }

    /// Whether an authoritative server that followed an alias may deny its target: only inside the zone of the SOA in
    /// its answer.
    private static func denies(_ answer: Answer, _ alias: Name?) -> Bool {
        let end = answer.aliases.last { $0.type == .cname }.flatMap { NameTarget($0.data)?.target } ?? alias
        guard let end, let zone = answer.authority.first(where: { $0.type == .soa })?.name else { return false }
        return end.isSubdomain(of: zone)
    }

    /// Whether there is data, here or at an alias target outside the zone.
    package var isPresent: Bool { kind == .data || kind == .elsewhere }

    /// Returns the record data as text for people: `198.51.100.10`, `CNAME app.example.net.`, `NODATA`.
    package func texts(of type: RecordType) -> [String] {
        let records = members.map { $0.text(as: type) }
        switch kind {
        case .data: return (alias.map { ["CNAME \($0)"] } ?? []) + records
        case .elsewhere: return alias.map { ["CNAME \($0)"] } ?? []
        case .noData: return (alias.map { ["CNAME \($0)"] } ?? []) + ["NODATA"]
        case .nxDomain: return (alias.map { ["CNAME \($0)"] } ?? []) + ["NXDOMAIN"]
        }
    }

    /// Returns the same in one line, the values separated by commas.
    package func text(of type: RecordType) -> String { texts(of: type).joined(separator: ", ") }
}
