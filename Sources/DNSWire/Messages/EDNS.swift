/// What the OPT record of a message says (RFC 6891).
public struct EDNS: Hashable, Sendable {
    /// The version; 0 is the only one there is.
    public var version: UInt8
    /// How many bytes the sender takes in one datagram.
    public var udpSize: UInt16
    /// DO: the sender wants signatures (RFC 3225).
    public var dnssecOK: Bool
    /// The fifteen flags without a meaning, kept as they came.
    public var reservedFlags: UInt16
    /// The options, in order.
    public var options: [EDNSOption]

    /// EDNS of version 0 with a size that fits through all common networks.
    public init(
        version: UInt8 = 0, udpSize: UInt16 = 1232, dnssecOK: Bool = false, reservedFlags: UInt16 = 0,
        options: [EDNSOption] = []
    ) {
        self.version = version
        self.udpSize = udpSize
        self.dnssecOK = dnssecOK
        self.reservedFlags = reservedFlags
        self.options = options
    }
}
