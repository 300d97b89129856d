/// What comes next among hashed names, and what there is here (RFC 5155 section 3).
public struct NSEC3: Hashable, Sendable {
    /// The kind of hash; 1 is SHA-1.
    public var hashAlgorithm: UInt8
    /// 1 means that unsigned delegations may have been left out.
    public var flags: UInt8
    /// How many times more the hash was taken.
    public var iterations: UInt16
    /// The salt, often none.
    public var salt: [UInt8]
    /// The next hash of the zone.
    public var nextHashedOwner: [UInt8]
    /// The types that exist at the name, in order.
    public var types: [RecordType]

    /// The data of its parts.
    public init(
        hashAlgorithm: UInt8, flags: UInt8, iterations: UInt16, salt: [UInt8], nextHashedOwner: [UInt8],
        types: [RecordType]
    ) {
        self.hashAlgorithm = hashAlgorithm
        self.flags = flags
        self.iterations = iterations
        self.salt = salt
        self.nextHashedOwner = nextHashedOwner
        self.types = types
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.nsec3) { bytes, reader throws(WireError) in
            NSEC3(
                hashAlgorithm: try reader.uint8(bytes),
                flags: try reader.uint8(bytes),
                iterations: try reader.uint16(bytes),
                salt: try reader.counted(bytes),
                nextHashedOwner: try reader.counted(bytes),
                types: TypeBitmap.types(try reader.rest(bytes)[...]))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .nsec3) { writer in
            writer.uint8(hashAlgorithm)
            writer.uint8(flags)
            writer.uint16(iterations)
            writer.counted(salt)
            writer.counted(nextHashedOwner)
            writer.append(TypeBitmap.encode(types))
        }
    }

    /// Whether unsigned delegations may have been left out.
    public var isOptOut: Bool { flags & 1 != 0 }
}
