internal import DNSWire

/// The meaning of a server's message for one question to one zone (RFC 1034 section 5.3.3, RFC 2308 section 2).
enum Reading: Sendable {
    /// An answer of the zone: data, an alias, or a denial.
    case response(Response)
    /// An answer from a server that resolves recursively instead of serving the zone: better than none.
    case borrowed(Response)
    /// The name is in a child zone.
    case referral(Delegation)
    /// The server does not serve the zone, or fails.
    case useless(String)
    /// The server does not support EDNS, and may answer without it.
    case withoutEDNS
}
