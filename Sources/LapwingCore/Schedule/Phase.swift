package import DNSWire

/// The position of a domain's slots in its interval: the same at every start and on every machine, evenly spread over
/// domains.
package enum Phase {
    /// Returns the FNV-1a hash of the folded name, reduced to the interval.
    package static func seconds(of domain: Name, interval: Int64) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in domain.folded.wire {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        // FNV's low bits are weak for short inputs that differ in one byte.
        hash ^= hash >> 32
        return Int64(hash % UInt64(max(1, interval)))
    }
}
