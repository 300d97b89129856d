/// A signature over a set of records (RFC 4034 section 3).
public struct RRSIG: Hashable, Sendable {
    /// The type of the signed set.
    public var typeCovered: RecordType
    /// The number of the algorithm.
    public var algorithm: UInt8
    /// How many labels the signed name has, without a wildcard's.
    public var labels: UInt8
    /// The time to live that was signed, in seconds.
    public var originalTTL: UInt32
    /// The last second at which the signature holds, since 1970, wrapping around.
    public var expiration: UInt32
    /// The first second at which the signature holds, since 1970, wrapping around.
    public var inception: UInt32
    /// The tag of the key that signed.
    public var keyTag: UInt16
    /// The zone that signed.
    public var signer: Name
    /// The signature.
    public var signature: [UInt8]

    /// The data of its parts.
    public init(
        typeCovered: RecordType, algorithm: UInt8, labels: UInt8, originalTTL: UInt32, expiration: UInt32,
        inception: UInt32, keyTag: UInt16, signer: Name, signature: [UInt8]
    ) {
        self.typeCovered = typeCovered
        self.algorithm = algorithm
        self.labels = labels
        self.originalTTL = originalTTL
        self.expiration = expiration
        self.inception = inception
        self.keyTag = keyTag
        self.signer = signer
        self.signature = signature
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.rrsig) { bytes, reader throws(WireError) in
            RRSIG(
                typeCovered: RecordType(rawValue: try reader.uint16(bytes)),
                algorithm: try reader.uint8(bytes),
                labels: try reader.uint8(bytes),
                originalTTL: try reader.uint32(bytes),
                expiration: try reader.uint32(bytes),
                inception: try reader.uint32(bytes),
                keyTag: try reader.uint16(bytes),
                signer: try reader.name(from: bytes),
                signature: try reader.rest(bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .rrsig) { writer in
            writer.uint16(typeCovered.rawValue)
            writer.uint8(algorithm)
            writer.uint8(labels)
            writer.uint32(originalTTL)
            writer.uint32(expiration)
            writer.uint32(inception)
            writer.uint16(keyTag)
            writer.name(signer)
            writer.append(signature)
        }
    }
}
