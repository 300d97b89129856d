/// The data of one record: sound for its type, names uncompressed, case kept.
///
/// Data of a type or class whose layout is not known is kept as it came (RFC 3597).
public struct RecordData: Hashable, Sendable {
    /// The type that says how the bytes are laid out.
    public let type: RecordType
    /// The class, where the layout depends on it: `IN` for all types that are the same in every class.
    public let recordClass: RecordClass
    /// The bytes, names uncompressed.
    public let bytes: [UInt8]

    init(validated bytes: [UInt8], type: RecordType, recordClass: RecordClass) {
        self.type = type
        self.recordClass = Self.layoutClass(type, recordClass)
        self.bytes = bytes
    }

    /// Record data from bytes that hold no compressed names.
    ///
    /// - Throws: `WireError` for bytes that the type does not permit, and for more than 65535.
    public init(type: RecordType, recordClass: RecordClass = .in, wire: [UInt8]) throws(WireError) {
        var reader = WireReader(wire.span)
        self = try RecordData(
            type: type, recordClass: recordClass, from: wire.span, &reader, allowPointers: false)
    }

    /// Record data inside a message, from the reader's place to its end.
    init(
        type: RecordType, recordClass: RecordClass, from message: Span<UInt8>, _ reader: inout WireReader,
        allowPointers: Bool = true
    ) throws(WireError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(reader.remaining)
        if let layout = RecordLayout.of(type, recordClass) {
            try layout.read(message, &reader, to: &bytes, allowPointers: allowPointers)
            guard bytes.count <= 0xFFFF else { throw WireError(.tooLarge, at: reader.offset) }
        } else {
            guard reader.remaining <= 0xFFFF else { throw WireError(.tooLarge, at: reader.offset) }
            try reader.copy(reader.remaining, from: message, to: &bytes)
        }
        self.init(validated: bytes, type: type, recordClass: recordClass)
    }

    private static func layoutClass(_ type: RecordType, _ recordClass: RecordClass) -> RecordClass {
        let dependsOnClass = RecordLayout.of(type, .in)?.isInternetOnly ?? false
        return dependsOnClass ? recordClass : .in
    }

    var layout: RecordLayout? { RecordLayout.of(type, recordClass) }

    /// The bytes for comparison and for signatures: the names that RFC 4034 section 6.2 lists in lower case.
    public var canonical: [UInt8] {
        guard let layout else { return bytes }
        var reader = WireReader(bytes.span)
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        do throws(WireError) {
            try layout.read(bytes.span, &reader, to: &folded, allowPointers: false, fold: true)
            return folded
        } catch {
            return bytes
        }
    }
}
