/// Keys and signatures seen, as far as caches may still rely on them; at most 16 sets of each kind.
package struct ChainMemory: Sendable, Hashable, Codable {
    /// Names a key as DS and RRSIG do.
    package struct KeyLabel: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
        package var tag: UInt16
        package var algorithm: UInt8

        package init(tag: UInt16, algorithm: UInt8) {
            self.tag = tag
            self.algorithm = algorithm
        }

        package var description: String { "\(tag)/\(algorithm)" }
        package static func < (one: KeyLabel, other: KeyLabel) -> Bool {
            (one.tag, one.algorithm) < (other.tag, other.algorithm)
        }
    }

    /// A DS set or a DNSKEY set that caches may hold until `lastSeen` + `ttl`.
    package struct Remembered: Sendable, Hashable, Codable {
        package var keys: [KeyLabel]
        package var first: Timestamp
        package var lastSeen: Timestamp
        package var ttl: UInt32

        package func end() -> Timestamp { lastSeen.adding(seconds: Int64(ttl)) }
    }

    package static let limit = 16

    package var ds: [Remembered] = []
    package var dnskey: [Remembered] = []
    /// Inceptions of the SOA signature seen lately, latest first, at most eight: the signer's rhythm.
    package var signings: [Timestamp] = []
    /// When the latest of those signatures ends.
    package var latestEnd: Timestamp?
    /// Least seconds that were left when a signature was renewed.
    package var lowWater: Int64?
    /// When the DS was first seen to be gone.
    package var removedAt: Timestamp?
    /// The DS set that counts as normal; empty for an unsigned delegation, nil before it is known.
    package var acceptedDS: [KeyLabel]?

    package init() {}

    static func note(_ keys: [KeyLabel], ttl: UInt32, at now: Timestamp, in list: inout [Remembered]) {
        if let index = list.firstIndex(where: { $0.keys == keys }) {
            list[index].lastSeen = now
            list[index].ttl = ttl
            if index > 0 { list.insert(list.remove(at: index), at: 0) }
        } else {
            list.insert(Remembered(keys: keys, first: now, lastSeen: now, ttl: ttl), at: 0)
        }
        if list.count > limit { list.removeLast(list.count - limit) }
    }
}
