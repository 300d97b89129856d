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

/// The data of one record in canonical form (RFC 4034 §6.2), in which equality means equal data.
package struct Member: Hashable, Sendable, Comparable {
    /// The RDATA in canonical form; an SOA has a serial of 0.
    package var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ data: RecordData) {
        switch data.type {
        // Types without names are used unchanged.
        case .a, .aaaa, .txt, .caa, .ds, .dnskey: bytes = data.bytes
        // A new serial is not a change of the SOA.
        case .soa: bytes = Self.withoutSerial(data.canonical)
        default: bytes = data.canonical
        }
    }

    /// Returns the canonical records in ascending order, each once.
    package static func sorted(_ data: [RecordData]) -> [Member] {
        if data.count == 1 { return [Member(data[0])] }
        var members = data.map(Member.init).sorted()
        members = members.enumerated().filter { $0.offset == 0 || members[$0.offset - 1] != $0.element }.map(\.element)
        return members
    }

    /// Compares in the order of RFC 4034 §6.3: as strings of octets.
    package static func < (one: Member, other: Member) -> Bool {
        one.bytes.lexicographicallyPrecedes(other.bytes)
    }

    /// Returns the presentation format; `\# LENGTH` if the bytes are not valid for that type.
    package func text(as type: RecordType) -> String {
        (try? RecordData(type: type, wire: bytes))?.text ?? "\\# \(bytes.count)"
    }

    /// Clears the serial, which is the first of the five 32-bit fields at the end.
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

    /// Encodes the bytes as hexadecimal text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Hexadecimal.text(bytes))
    }
}
