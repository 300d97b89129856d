/// How a zone hashes its names (RFC 5155 section 4).
public struct NSEC3PARAM: Hashable, Sendable {
    /// The kind of hash; 1 is SHA-1.
    public var hashAlgorithm: UInt8
    /// Always 0.
    public var flags: UInt8
    /// How many times more the hash is taken.
    public var iterations: UInt16
    /// The salt, often none.
    public var salt: [UInt8]

    /// The data of its parts.
    public init(hashAlgorithm: UInt8, flags: UInt8, iterations: UInt16, salt: [UInt8]) {
        self.hashAlgorithm = hashAlgorithm
        self.flags = flags
        self.iterations = iterations
        self.salt = salt
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.nsec3param) { bytes, reader throws(WireError) in
            NSEC3PARAM(
                hashAlgorithm: try reader.uint8(bytes),
                flags: try reader.uint8(bytes),
                iterations: try reader.uint16(bytes),
                salt: try reader.counted(bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .nsec3param) { writer in
            writer.uint8(hashAlgorithm)
            writer.uint8(flags)
            writer.uint16(iterations)
            writer.counted(salt)
        }
    }
}
