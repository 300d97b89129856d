extension RecordLayout {
    /// Reads record data to the end of the reader and appends it with its names uncompressed.
    ///
    /// With `fold` the names that RFC 4034 section 6.2 lists are appended in lower case.
    func read(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8], allowPointers: Bool,
        fold: Bool = false
    ) throws(WireError) {
        let start = reader.offset
        let targetStart = target.count
        for field in fields {
            let fieldStart = target.count
            try field.read(bytes, &reader, to: &target, allowPointers: allowPointers)
            if fold, case .name(let role) = field, role != .plain {
                for index in fieldStart..<target.count { target[index] = Name.fold(target[index]) }
            }
        }
        guard reader.remaining == 0 else { throw WireError(.recordDataTooLong, at: reader.offset) }
        guard rule?.permits(target[targetStart...]) ?? true else { throw WireError(.recordDataInvalid, at: start) }
    }
}

extension RecordField {
    /// Reads the field and appends it as it is kept.
    func read(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8], allowPointers: Bool
    ) throws(WireError) {
        let start = reader.offset
        switch self {
        case .uint8, .algorithm: try reader.copy(1, from: bytes, to: &target)
        case .uint16, .recordType: try reader.copy(2, from: bytes, to: &target)
        case .uint32, .duration, .signatureTime, .ipv4: try reader.copy(4, from: bytes, to: &target)
        case .ipv6: try reader.copy(16, from: bytes, to: &target)
        case .name: try reader.name(from: bytes, to: &target, allowPointers: allowPointers)
        case .string, .salt: try Self.counted(bytes, &reader, to: &target)
        case .strings:
            repeat { try Self.counted(bytes, &reader, to: &target) } while reader.remaining > 0
        case .tag:
            let tagStart = target.count + 1
            try Self.counted(bytes, &reader, to: &target)
            guard tagStart < target.count, target[tagStart...].allSatisfy(Self.isLetterOrDigit) else {
                throw WireError(.recordDataInvalid, at: start)
            }
        case .hashedName:
            let nameStart = target.count + 1
            try Self.counted(bytes, &reader, to: &target)
            guard nameStart < target.count else { throw WireError(.recordDataInvalid, at: start) }
        case .quotedRest, .base64, .hexadecimal:
            try reader.copy(reader.remaining, from: bytes, to: &target)
        case .typeBitmap: try TypeBitmap.read(bytes, &reader, to: &target)
        case .serviceParameters: try ServiceParameters.read(bytes, &reader, to: &target)
        }
    }

    private static func counted(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8]
    ) throws(WireError) {
        let count = try reader.uint8(bytes)
        target.append(count)
        try reader.copy(Int(count), from: bytes, to: &target)
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        Escape.isDigit(byte) || Name.fold(byte) &- UInt8(ascii: "a") < 26
    }
}
