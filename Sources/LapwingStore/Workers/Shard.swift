package import DNSWire

/// The equal parts into which domains are divided, so that workers can share them.
package enum Shard {
    /// How many there are. With ten workers each has 25 or 26 of them, so that none has 4 % more than another, and the
    /// table is small enough to be read as a whole every other second. The number is part of every store.
    package static let count = 256
    /// The number of one more, which has no domains: who holds it tells people, and does what is done once for all domains.
    package static let desk = count

    /// The shard of a domain, however its letters are written: FNV-1a of the wire form.
    package static func of(_ domain: Name) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in domain.folded.wire { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int((hash ^ hash >> 32) % UInt64(count))
    }
}

/// What a worker must hold for what it writes; where there is one daemon only, it holds everything.
package enum Fence: Sendable {
    /// Nothing but its place among the workers.
    case none
    /// The shards of these domains.
    case domains([Name])
    /// The desk.
    case desk
}
