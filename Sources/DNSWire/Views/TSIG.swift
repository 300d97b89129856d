/// The signature of a message by a shared secret (RFC 8945 section 4.2).
public struct TSIG: Hashable, Sendable {
    /// The name of the algorithm.
    public var algorithm: Name
    /// When the message was signed, in seconds since 1970; 48 bits.
    public var timeSigned: UInt64
    /// By how many seconds the clocks may differ.
    public var fudge: UInt16
    /// The authentication code.
    public var mac: [UInt8]
    /// The id of the message when it was signed.
    public var originalID: UInt16
    /// Why the server refused the signature of the question, if it did.
    public var error: ResponseCode
    /// With BADTIME the server's clock, otherwise nothing.
    public var other: [UInt8]

    /// The data of its parts.
    public init(
        algorithm: Name, timeSigned: UInt64, fudge: UInt16, mac: [UInt8], originalID: UInt16,
        error: ResponseCode = .noError, other: [UInt8] = []
    ) {
        self.algorithm = algorithm
        self.timeSigned = timeSigned
        self.fudge = fudge
        self.mac = mac
        self.originalID = originalID
        self.error = error
        self.other = other
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.tsig) { bytes, reader throws(WireError) in
            TSIG(
                algorithm: try reader.name(from: bytes), timeSigned: try reader.uint48(bytes),
                fudge: try reader.uint16(bytes), mac: try reader.longCounted(bytes),
                originalID: try reader.uint16(bytes), error: ResponseCode(rawValue: try reader.uint16(bytes)),
                other: try reader.longCounted(bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .tsig) { writer in
            writer.name(algorithm)
            writer.uint48(timeSigned)
            writer.uint16(fudge)
            writer.longCounted(mac)
            writer.uint16(originalID)
            writer.uint16(error.rawValue)
            writer.longCounted(other)
        }
    }
}

extension WireReader {
    /// Reads two length bytes and that many bytes.
    mutating func longCounted(_ bytes: Span<UInt8>) throws(WireError) -> [UInt8] {
        try self.bytes(Int(try uint16(bytes)), from: bytes)
    }
}

extension WireWriter {
    /// Appends two length bytes and the bytes, of which more than 65,535 are cut off.
    mutating func longCounted(_ bytes: [UInt8]) {
        uint16(UInt16(truncatingIfNeeded: min(bytes.count, 0xFFFF)))
        append(bytes.prefix(0xFFFF))
    }
}
