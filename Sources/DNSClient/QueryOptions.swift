/// The options of a question: flags, EDNS, timeouts.
public struct QueryOptions: Sendable, Hashable {
    /// The transport to a server that is queried over UDP.
    public enum Transport: Sendable, Hashable {
        /// UDP, and TCP if the answer is truncated.
        case automatic
        /// UDP only; a truncated answer stays truncated.
        case udp
        /// TCP from the start.
        case tcp
    }

    /// The RD flag: whether the server may query others.
    public var recursionDesired = true
    /// The CD flag: whether the server is to leave validation to the client.
    public var checkingDisabled = false
    /// The DO flag of EDNS: whether DNSSEC records are requested.
    public var dnssecOK = false
    /// Whether the question has an OPT record; a server without EDNS is asked again without it.
    public var edns = true
    /// The largest datagram to request, 512 to 4096 bytes.
    public var udpSize: UInt16 = 1232
    /// Whether the server is asked for its identifier (RFC 5001).
    public var nsid = false
    /// Whether DNS cookies are sent (RFC 7873).
    public var cookies = true
    /// Whether the letter case is mixed at random and must be the same in the reply.
    public var mixedCase = false
    /// Whether broken records outside the answer section are omitted; otherwise they make the whole answer unreadable.
    public var leavesOutBrokenExtras = false
    /// The transport of the question.
    public var transport = Transport.automatic
    /// The time for the whole exchange, all attempts together.
    public var timeout: Duration = .seconds(5)
    /// The number of attempts for a question that gets lost, 1 to 16.
    public var attempts = 3

    /// The default options: recursion, EDNS with 1232 bytes and cookies, three attempts in five seconds.
    public init() {}
}
