/// The keys and signatures seen, as far as caches may still rely on them; at most 16 sets of each kind.
package struct ChainMemory: Sendable, Hashable, Codable {
    /// Identifies a key in the way that DS and RRSIG do.
    package struct KeyLabel: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
        /// The key tag (RFC 4034 appendix B); different keys may share one.
        package var tag: UInt16
        /// The algorithm's number in IANA's registry.
        package var algorithm: UInt8

        package init(tag: UInt16, algorithm: UInt8) {
            self.tag = tag
            self.algorithm = algorithm
        }

        /// `TAG/ALGORITHM`.
        package var description: String { "\(tag)/\(algorithm)" }
        /// By tag, then by algorithm.
        package static func < (one: KeyLabel, other: KeyLabel) -> Bool {
            (one.tag, one.algorithm) < (other.tag, other.algorithm)
        }
    }

    /// A DS set or a DNSKEY set that caches may hold until `lastSeen` + `ttl`.
    package struct Remembered: Sendable, Hashable, Codable {
        /// The keys of the set, or those to which its DS records refer, sorted.
        package var keys: [KeyLabel]
        /// When it was first seen.
        package var first: Timestamp
        /// When it was last seen.
        package var lastSeen: Timestamp
        /// Its TTL when it was last seen, in seconds.
        package var ttl: UInt32

        package init(keys: [KeyLabel], first: Timestamp, lastSeen: Timestamp, ttl: UInt32) {
            self.keys = keys
            self.first = first
            self.lastSeen = lastSeen
            self.ttl = ttl
        }

        /// Returns when the last cache has dropped it.
        package func end() -> Timestamp { lastSeen.adding(seconds: Int64(ttl)) }
    }

    /// The largest number of sets of one kind; the one not seen for longest is dropped first.
    package static let limit = 16

    /// DS sets of the parent, the latest first.
    package var ds: [Remembered] = []
    /// DNSKEY sets of accepted servers, the latest first.
    package var dnskey: [Remembered] = []
    /// Keys that signed the DNSKEY sets of accepted servers, the latest first; nil if there are none, and in data of
    /// earlier versions.
    package var signers: [Remembered]?
    /// Future steps of a rollover; nil for nearly all domains.
    package var steps: [RolloverStep]?
    /// Inceptions of recent SOA signatures, latest first, at most eight: the signer's schedule.
    package var signings: [Timestamp] = []
    /// The expiration of the latest of those signatures; nil if no round saw one.
    package var latestEnd: Timestamp?
    /// The least number of seconds that were left when a signature was renewed; nil before the first renewal.
    package var lowWater: Int64?
    /// When the DS was first found missing; nil while there is one, and after an announced removal.
    package var removedAt: Timestamp?
    /// The DS set that counts as normal; empty for an unsigned delegation, nil if it is not known yet.
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
