import DNSWire

/// A reply in transit: a template with the remaining TTL of its records.
struct WorldReply {
    let template: ReplyTemplate
    /// Nil if no TTL counts down.
    var ttl: UInt32?

    /// The TC bit.
    var isTruncated: Bool { template.bytes[2] & 0x02 != 0 }

    /// Whether it is FORMERR or NOTIMP, the answer of servers without EDNS (RFC 6891 §7).
    var knowsNoEDNS: Bool { [1, 4].contains(template.bytes[3] & 0x0f) }

    /// Returns the bytes with the query's message ID.
    func bytes(id: (UInt8, UInt8)) -> [UInt8] {
        var bytes = template.bytes
        bytes[0] = id.0
        bytes[1] = id.1
        guard let ttl else { return bytes }
        for place in template.times {
            bytes[place] = UInt8(ttl >> 24)
            bytes[place + 1] = UInt8(ttl >> 16 & 0xff)
            bytes[place + 2] = UInt8(ttl >> 8 & 0xff)
            bytes[place + 3] = UInt8(ttl & 0xff)
        }
        return bytes
    }
}
