/// The memory of one resolver as far as this domain is concerned; about 300 bytes and 60 for each RRset in doubt.
package struct ResolverMemory: Sendable, Hashable, Codable {
    /// Whether much failed in each of the last 16 regular rounds, latest in the lowest bit.
    package var bad: UInt16 = 0
    /// The number of regular rounds in which it was asked.
    package var polls = 0
    /// The number of consecutive regular rounds in which it answered nothing at all.
    package var silentPolls = 0
    /// When it last validated data of this domain; nil if it never did.
    package var validatedAt: Timestamp?
    /// RRsets that it has validated.
    package var validated: Set<RecordSetKey> = []
    /// The number of consecutive regular rounds in which the domain failed there and names elsewhere did not.
    package var failingPolls = 0
    /// The number of consecutive regular rounds in which it did not validate an RRset that it had validated before.
    package var unvalidatedPolls = 0
    /// The TTL in seconds to which it raises lower ones.
    package var floor: UInt32 = 0
    /// The substitute data that it gave for missing names, with the first time; at most ``rewriterLimit``.
    package var rewriters: [Member: Timestamp] = [:]
    /// The number of consecutive regular rounds in which it denied data that the authoritative servers have.
    package var denied: [RecordSetKey: Int] = [:]
    /// The number of consecutive regular rounds in which it gave a value that should have left its caches.
    package var overdue: [RecordSetKey: Int] = [:]

    /// The largest number of entries of ``rewriters``.
    package static let rewriterLimit = 8

    package init() {}

    /// Whether it has given all of these for missing names for more than a day. A forger of a resolver's answers starts
    /// to give its own address for missing names and for others at the same time.
    package func rewrites(to members: [Member], at now: Timestamp) -> Bool {
        members.allSatisfy { rewriters[$0].map { now.seconds(since: $0) > 86_400 } ?? false }
    }

    /// The number of bad rounds among the last ten.
    package var badOfTen: Int { (bad & 0x3ff).nonzeroBitCount }
}
