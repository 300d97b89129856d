/// The digest of a key of a delegated zone (RFC 4034 section 5); also CDS (RFC 7344).
public struct DS: Hashable, Sendable {
    /// The type of the record: DS or CDS.
    public var type: RecordType
    /// The tag of the key.
    public var keyTag: UInt16
    /// The number of the key's algorithm.
    public var algorithm: UInt8
    /// The kind of digest.
    public var digestType: UInt8
    /// The digest.
    public var digest: [UInt8]

    /// The data of its parts.
    public init(type: RecordType, keyTag: UInt16, algorithm: UInt8, digestType: UInt8, digest: [UInt8]) {
        self.type = type
        self.keyTag = keyTag
        self.algorithm = algorithm
        self.digestType = digestType
        self.digest = digest
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.ds, .cds) { bytes, reader throws(WireError) in
            DS(
                type: data.type,
                keyTag: try reader.uint16(bytes),
                algorithm: try reader.uint8(bytes),
                digestType: try reader.uint8(bytes),
                digest: try reader.rest(bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: type) { writer in
            writer.uint16(keyTag)
            writer.uint8(algorithm)
            writer.uint8(digestType)
            writer.append(digest)
        }
    }
}
