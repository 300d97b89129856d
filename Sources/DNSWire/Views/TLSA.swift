/// What certificate a server shows (RFC 6698); also SMIMEA (RFC 8162).
public struct TLSA: Hashable, Sendable {
    /// The type of the record: TLSA or SMIMEA.
    public var type: RecordType
    /// How the certificate is to be checked.
    public var usage: UInt8
    /// Which part of it is compared.
    public var selector: UInt8
    /// How it is compared.
    public var matchingType: UInt8
    /// What it is compared to.
    public var association: [UInt8]

    /// The data of its parts.
    public init(type: RecordType, usage: UInt8, selector: UInt8, matchingType: UInt8, association: [UInt8]) {
        self.type = type
        self.usage = usage
        self.selector = selector
        self.matchingType = matchingType
        self.association = association
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.tlsa, .smimea) { bytes, reader throws(WireError) in
            TLSA(
                type: data.type,
                usage: try reader.uint8(bytes),
                selector: try reader.uint8(bytes),
                matchingType: try reader.uint8(bytes),
                association: try reader.rest(bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: type) { writer in
            writer.uint8(usage)
            writer.uint8(selector)
            writer.uint8(matchingType)
            writer.append(association)
        }
    }
}
