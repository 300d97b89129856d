/// A key of a zone (RFC 4034 section 2); also CDNSKEY (RFC 7344).
public struct DNSKEY: Hashable, Sendable {
    /// The type of the record: DNSKEY or CDNSKEY.
    public var type: RecordType
    /// 256 a key of the zone, 1 a secure entry point, 128 revoked.
    public var flags: UInt16
    /// Always 3.
    public var protocolNumber: UInt8
    /// The number of the algorithm.
    public var algorithm: UInt8
    /// The key as its algorithm writes it.
    public var publicKey: [UInt8]

    /// The data of its parts.
    public init(type: RecordType, flags: UInt16, protocolNumber: UInt8, algorithm: UInt8, publicKey: [UInt8]) {
        self.type = type
        self.flags = flags
        self.protocolNumber = protocolNumber
        self.algorithm = algorithm
        self.publicKey = publicKey
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.dnskey, .cdnskey) { bytes, reader throws(WireError) in
            DNSKEY(
                type: data.type,
                flags: try reader.uint16(bytes),
                protocolNumber: try reader.uint8(bytes),
                algorithm: try reader.uint8(bytes),
                publicKey: try reader.rest(bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: type) { writer in
            writer.uint16(flags)
            writer.uint8(protocolNumber)
            writer.uint8(algorithm)
            writer.append(publicKey)
        }
    }

    /// Whether the key may sign records of the zone.
    public var isZoneKey: Bool { flags & 0x0100 != 0 }

    /// Whether the key is meant to be pointed to from the parent.
    public var isSecureEntryPoint: Bool { flags & 0x0001 != 0 }

    /// Whether the key says that it is no longer to be trusted (RFC 5011).
    public var isRevoked: Bool { flags & 0x0080 != 0 }

    /// The tag that signatures and digests name the key by (RFC 4034 appendix B).
    public var keyTag: UInt16 {
        let bytes = data.bytes
        guard algorithm != 1 else {
            guard bytes.count >= 7 else { return 0 }
            return UInt16(bytes[bytes.count - 3]) << 8 | UInt16(bytes[bytes.count - 2])
        }
        var sum: UInt32 = 0
        for (index, byte) in bytes.enumerated() { sum &+= index.isMultiple(of: 2) ? UInt32(byte) << 8 : UInt32(byte) }
        return UInt16(truncatingIfNeeded: sum &+ sum >> 16)
    }
}
