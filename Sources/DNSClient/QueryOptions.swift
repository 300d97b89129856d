/// How a question is put: flags, EDNS, patience.
public struct QueryOptions: Sendable, Hashable {
    /// Which way the question takes to a server that is spoken to by UDP.
    public enum Transport: Sendable, Hashable {
        /// UDP, and TCP when the answer is truncated.
        case automatic
        /// UDP only; a truncated answer stays truncated.
        case udp
        /// TCP from the start.
        case tcp
    }

    /// The RD flag: whether the server may ask others.
    public var recursionDesired = true
    /// The CD flag: whether the server is to leave validation to us.
    public var checkingDisabled = false
    /// The DO flag of EDNS: whether DNSSEC records are wanted.
    public var dnssecOK = false
    /// Whether the question carries EDNS; a server that does not know it is asked again without.
    public var edns = true
    /// The largest datagram to ask for, 512 to 4096 bytes.
    public var udpSize: UInt16 = 1232
    /// Whether the server is asked for its identifier (RFC 5001).
    public var nsid = false
    /// Whether DNS cookies are sent (RFC 7873).
    public var cookies = true
    /// Whether the letters' case is mixed at random and must come back the same.
    public var mixedCase = false
    /// Whether broken records beside the answer are left out; otherwise they make the whole answer unreadable.
    public var leavesOutBrokenExtras = false
    /// Which way the question takes.
    public var transport = Transport.automatic
    /// The time for the whole exchange, all attempts together.
    public var timeout: Duration = .seconds(5)
    /// How often a question that gets lost is put, 1 to 16.
    public var attempts = 3

    /// The usual: recursion, EDNS with 1232 bytes and cookies, three attempts in five seconds.
    public init() {}
}
