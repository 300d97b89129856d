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
        case .uint8, .algorithm, .namedAlgorithm, .notifyScheme: try reader.copy(1, from: bytes, to: &target)
        case .uint16, .octal, .recordType, .responseCode, .certificateType:
            try reader.copy(2, from: bytes, to: &target)
        case .uint32, .duration, .signatureTime, .ipv4: try reader.copy(4, from: bytes, to: &target)
        case .uint48: try reader.copy(6, from: bytes, to: &target)
        case .colonGroups: try reader.copy(8, from: bytes, to: &target)
        case .hyphenated(let count): try reader.copy(count, from: bytes, to: &target)
        case .ipv6: try reader.copy(16, from: bytes, to: &target)
        case .name(let role):
            let mayHavePointers = allowPointers && role.mayBeCompressed
            try reader.name(from: bytes, to: &target, allowPointers: mayHavePointers)
        case .string, .salt: try Self.counted(bytes, &reader, to: &target)
        case .optionalString: if reader.remaining > 0 { try Self.counted(bytes, &reader, to: &target) }
        case .strings:
            repeat { try Self.counted(bytes, &reader, to: &target) } while reader.remaining > 0
        case .tag:
            try Self.counted(bytes, &reader, to: &target) { !$0.isEmpty && $0.allSatisfy(Self.isLetterOrDigit) }
        case .hashedName: try Self.counted(bytes, &reader, to: &target) { !$0.isEmpty }
        case .decimalString: try Self.counted(bytes, &reader, to: &target) { GeographicalPosition.isNumber($0) }
        case .sizedBase64:
            let count = try reader.uint16(bytes)
            target += [UInt8(count >> 8), UInt8(count & 0xFF)]
            try reader.copy(Int(count), from: bytes, to: &target)
        case .quotedRest, .base64, .hexadecimal, .prefixedHexadecimal, .ports:
            try reader.copy(reader.remaining, from: bytes, to: &target)
        case .typeBitmap: try TypeBitmap.read(bytes, &reader, to: &target)
        case .serviceParameters: try ServiceParameters.read(bytes, &reader, to: &target)
        case .addressPrefixes: try AddressPrefixes.read(bytes, &reader, to: &target)
        case .hostIdentity: try HostIdentity.read(bytes, &reader, to: &target)
        case .location:
            let place = target.count
            try reader.copy(Location.length, from: bytes, to: &target)
            guard Location.isSound(target[place...]) else { throw WireError(.recordDataInvalid, at: start) }
        case .gateway:
            try reader.copy(3, from: bytes, to: &target)
            try Gateway.read(kind: target[target.count - 2], bytes, &reader, to: &target)
        case .relay:
            try reader.copy(2, from: bytes, to: &target)
            try Gateway.read(kind: target[target.count - 1] & 0x7F, bytes, &reader, to: &target)
        }
    }

    private static func counted(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, to target: inout [UInt8],
        if isSound: (ArraySlice<UInt8>) -> Bool = { _ in true }
    ) throws(WireError) {
        let start = reader.offset
        let count = try reader.uint8(bytes)
        target.append(count)
        try reader.copy(Int(count), from: bytes, to: &target)
        guard isSound(target.suffix(Int(count))) else { throw WireError(.recordDataInvalid, at: start) }
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        Escape.isDigit(byte) || Name.fold(byte) &- UInt8(ascii: "a") < 26
    }
}
