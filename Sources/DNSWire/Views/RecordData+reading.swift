extension RecordData {
    /// Reads sound data with a cursor; nil if the type is another or the bytes do not fit it.
    func reading<Value>(
        _ types: RecordType..., body: (Span<UInt8>, inout WireReader) throws(WireError) -> Value
    ) -> Value? {
        guard types.contains(type), recordClass == .in else { return nil }
        var reader = WireReader(bytes.span)
        return try? body(bytes.span, &reader)
    }

    /// Data that a view has put together and that is sound by its making.
    init(made type: RecordType, _ write: (inout WireWriter) -> Void) {
        var writer = WireWriter()
        write(&writer)
        self.init(validated: writer.bytes, type: type, recordClass: .in)
    }
}

extension WireReader {
    /// Reads a length byte and that many bytes.
    mutating func counted(_ bytes: Span<UInt8>) throws(WireError) -> [UInt8] {
        try self.bytes(Int(try uint8(bytes)), from: bytes)
    }

    /// Reads all that is left.
    mutating func rest(_ bytes: Span<UInt8>) throws(WireError) -> [UInt8] { try self.bytes(remaining, from: bytes) }
}

extension WireWriter {
    /// Appends a name as it is.
    mutating func name(_ name: Name) { append(name.wire) }

    /// Appends a length byte and the bytes, of which more than 255 are cut off.
    mutating func counted(_ bytes: [UInt8]) {
        uint8(UInt8(truncatingIfNeeded: min(bytes.count, 255)))
        append(bytes.prefix(255))
    }
}
