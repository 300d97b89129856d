package import DNSWire

/// The equal parts into which domains are divided, so that workers can share them.
package enum Shard {
    /// The number of shards. With ten workers each has 25 or 26 of them, so that no load exceeds another by more than 4
    /// %, and the table is small enough to be read completely every other second. The number is part of every store.
    package static let count = 256
    /// The number of an additional shard without domains: its holder sends notices, and does the work that is done once
    /// for all domains.
    package static let desk = count

    /// Returns the shard of a domain, ignoring case: FNV-1a of the wire format.
    package static func of(_ domain: Name) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in domain.folded.wire { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int((hash ^ hash >> 32) % UInt64(count))
    }
}
