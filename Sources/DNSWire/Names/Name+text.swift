extension Name {
    /// A name from its presentation format (RFC 1035 section 5.1), with `\.` and `\DDD`; the final dot may be left out.
    ///
    /// Characters outside ASCII are refused: they must be brought into their ASCII form first (RFC 5891).
    ///
    /// - Throws: `WireError` for an empty text, a label or a name that is too long, a wrong escape, and a character
    ///   outside ASCII.
    public init(_ text: String) throws(WireError) {
        try self.init(text: Array(text.utf8), origin: .root)
    }

    /// A name from the bytes of its presentation format; without a final dot it is completed by `origin`.
    init(text: [UInt8], origin: Name) throws(WireError) {
        if text == [UInt8(ascii: ".")] {
            self = .root
            return
        }
        guard !text.isEmpty else { throw WireError(.labelLength, at: 0) }
        var wire: [UInt8] = [0]
        var labelStart = 0
        var position = 0
        var isAbsolute = false
        while position < text.count {
            let start = position
            let byte = text[position]
            if byte == UInt8(ascii: ".") {
                guard wire.count - labelStart > 1 else { throw WireError(.labelLength, at: start) }
                wire[labelStart] = UInt8(wire.count - labelStart - 1)
                labelStart = wire.count
                wire.append(0)
                position += 1
                isAbsolute = position == text.count
                continue
            }
            wire.append(try Escape.byte(in: text, at: &position))
            guard wire.count - labelStart - 1 <= Self.maximumLabelLength else {
                throw WireError(.labelLength, at: start)
            }
            guard wire.count < Self.maximumLength else { throw WireError(.nameTooLong, at: start) }
        }
        if isAbsolute {
            self.init(validated: wire)
            return
        }
        wire[labelStart] = UInt8(wire.count - labelStart - 1)
        guard wire.count + origin.wire.count <= Self.maximumLength else {
            throw WireError(.nameTooLong, at: text.count)
        }
        self.init(validated: wire + origin.wire)
    }
}

extension Name: CustomStringConvertible {
    /// The name in presentation format, with its final dot.
    public var description: String {
        var text: [UInt8] = []
        Self.write(wire[...], to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the presentation format of a sound name.
    static func write(_ wire: ArraySlice<UInt8>, to text: inout [UInt8]) {
        var position = wire.startIndex
        if wire[position] == 0 { text.append(UInt8(ascii: ".")) }
        while wire[position] != 0 {
            let next = position + 1 + Int(wire[position])
            for byte in wire[(position + 1)..<next] { Escape.writeLabel(byte, to: &text) }
            text.append(UInt8(ascii: "."))
            position = next
        }
    }
}

extension Name: Codable {
    /// Reads the presentation format; throws `DecodingError` for text that is no name.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        do throws(WireError) {
            self = try Name(text)
        } catch {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a domain name: \(error)"))
        }
    }

    /// Writes the presentation format.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
