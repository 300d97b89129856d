/// Who may issue certificates (RFC 8659).
public struct CAA: Hashable, Sendable {
    /// 128 means that an issuer must understand the tag.
    public var flags: UInt8
    /// The property, such as `issue`.
    public var tag: [UInt8]
    /// The value of the property.
    public var value: [UInt8]

    /// The data of its parts.
    public init(flags: UInt8, tag: [UInt8], value: [UInt8]) {
        self.flags = flags
        self.tag = tag
        self.value = value
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.caa) { bytes, reader throws(WireError) in
            CAA(
                flags: try reader.uint8(bytes),
                tag: try reader.counted(bytes),
                value: try reader.rest(bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .caa) { writer in
            writer.uint8(flags)
            writer.counted(tag)
            writer.append(value)
        }
    }

    /// Whether an issuer that does not understand the tag must not issue.
    public var isCritical: Bool { flags & 0x80 != 0 }
}
