/// The start of a zone of authority (RFC 1035 section 3.3.13).
public struct SOA: Hashable, Sendable {
    /// The primary server's name.
    public var mname: Name
    /// The mailbox of the person responsible, its first label before the at sign.
    public var rname: Name
    /// The version of the zone.
    public var serial: SerialNumber
    /// Seconds between a secondary's checks.
    public var refresh: UInt32
    /// Seconds until a failed check is tried again.
    public var retry: UInt32
    /// Seconds after which a secondary without contact stops answering.
    public var expire: UInt32
    /// The upper limit of seconds for negative answers (RFC 2308).
    public var minimum: UInt32

    /// The data of its parts.
    public init(
        mname: Name, rname: Name, serial: SerialNumber, refresh: UInt32, retry: UInt32, expire: UInt32,
        minimum: UInt32
    ) {
        self.mname = mname
        self.rname = rname
        self.serial = serial
        self.refresh = refresh
        self.retry = retry
        self.expire = expire
        self.minimum = minimum
    }

    /// Reads record data; nil for another type.
    public init?(_ data: RecordData) {
        let view = data.reading(.soa) { bytes, reader throws(WireError) in
            SOA(
                mname: try reader.name(from: bytes),
                rname: try reader.name(from: bytes),
                serial: SerialNumber(rawValue: try reader.uint32(bytes)),
                refresh: try reader.uint32(bytes),
                retry: try reader.uint32(bytes),
                expire: try reader.uint32(bytes),
                minimum: try reader.uint32(bytes))
        }
        guard let view else { return nil }
        self = view
    }

    /// The data as a record carries it.
    public var data: RecordData {
        RecordData(made: .soa) { writer in
            writer.name(mname)
            writer.name(rname)
            writer.uint32(serial.rawValue)
            writer.uint32(refresh)
            writer.uint32(retry)
            writer.uint32(expire)
            writer.uint32(minimum)
        }
    }
}
