package import DNSWire

/// What an RRset is, with everything left out that changes without meaning: order, letter case of names, TTL, signatures.
package struct SetValue: Hashable, Sendable, Codable {
    /// What an answer says about the name and type.
    package enum Kind: String, Sendable, Hashable, Codable {
        case data
        /// The authority knows only where the data is: an alias that leads out of the zone.
        case elsewhere
        case noData
        // The raw value is that of stored memories.
        case nxDomain = "noName"
    }

    /// Whether there is data, or why not.
    package var kind: Kind
    /// Where the first alias points, folded to lower case.
    package var alias: Name?
    /// The records at the end of the aliases, sorted, without doubles.
    package var members: [Member]

    package init(kind: Kind, alias: Name? = nil, members: [Member] = []) {
        self.kind = kind
        self.alias = alias
        self.members = members
    }

    /// Nil when the answer settles nothing.
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

    /// Whether an authority that followed an alias may deny where it leads: only inside the zone of the SOA it sends along.
    private static func denies(_ answer: Answer, _ alias: Name?) -> Bool {
        let end = answer.aliases.last { $0.type == .cname }.flatMap { NameTarget($0.data)?.target } ?? alias
        guard let end, let zone = answer.authority.first(where: { $0.type == .soa })?.name else { return false }
        return end.isSubdomain(of: zone)
    }

    /// Whether there is data, here or where an alias leads out of the zone.
    package var isPresent: Bool { kind == .data || kind == .elsewhere }

    /// The record data as text, for people: `198.51.100.10`, `CNAME app.example.net.`, `NODATA`.
    package func texts(of type: RecordType) -> [String] {
        let records = members.map { $0.text(as: type) }
        switch kind {
        case .data: return (alias.map { ["CNAME \($0)"] } ?? []) + records
        case .elsewhere: return alias.map { ["CNAME \($0)"] } ?? []
        case .noData: return (alias.map { ["CNAME \($0)"] } ?? []) + ["NODATA"]
        case .nxDomain: return (alias.map { ["CNAME \($0)"] } ?? []) + ["NXDOMAIN"]
        }
    }

    /// The same in one line, the values separated by commas.
    package func text(of type: RecordType) -> String { texts(of: type).joined(separator: ", ") }
}

/// The data of one record in canonical form (RFC 4034 §6.2), in which equal means the same.
package struct Member: Hashable, Sendable, Comparable {
    /// RDATA in canonical form; of an SOA with a serial of 0.
    package var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ data: RecordData) {
        switch data.type {
        // Without names: as they are.
        case .a, .aaaa, .txt, .caa, .ds, .dnskey: bytes = data.bytes
        // A serial that moves is no change of the SOA.
        case .soa: bytes = Self.withoutSerial(data.canonical)
        default: bytes = data.canonical
        }
    }

    /// Canonical, in ascending order, each once.
    package static func sorted(_ data: [RecordData]) -> [Member] {
        if data.count == 1 { return [Member(data[0])] }
        var members = data.map(Member.init).sorted()
        members = members.enumerated().filter { $0.offset == 0 || members[$0.offset - 1] != $0.element }.map(\.element)
        return members
    }

    /// In the order of RFC 4034 §6.3: as strings of octets.
    package static func < (one: Member, other: Member) -> Bool {
        one.bytes.lexicographicallyPrecedes(other.bytes)
    }

    /// In presentation format; `\# LENGTH` when the bytes are no data of that type.
    package func text(as type: RecordType) -> String {
        (try? RecordData(type: type, wire: bytes))?.text ?? "\\# \(bytes.count)"
    }

    /// The serial is the first of the five 32-bit fields at the end.
    private static func withoutSerial(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count >= 20 else { return bytes }
        var bytes = bytes
        for index in bytes.count - 20..<bytes.count - 16 { bytes[index] = 0 }
        return bytes
    }
}

extension Member: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let bytes = Hexadecimal.bytes(text) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not hexadecimal"))
        }
        self.init(bytes: bytes)
    }

    /// As text in hexadecimal.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Hexadecimal.text(bytes))
    }
}
