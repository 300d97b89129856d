package import DNSWire

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
