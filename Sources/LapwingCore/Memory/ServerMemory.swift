/// What is known of one authoritative server at one address; about 200 bytes.
package struct ServerMemory: Sendable, Hashable, Codable {
    /// The serial that it gave last (RFC 1982); nil before it gave one.
    package var serial: UInt32?
    /// When this server was first seen with its serial.
    package var serialSince: Timestamp?
    /// Serials that this server gave before, latest first, at most four: an address with several sites gives them in turn.
    package var earlierSerials: [UInt32] = []
    /// It was seen with a serial that another server of the zone has or had: both take the zone from one place. Servers
    /// of two operators that each make their own serials never share one.
    package var sharesSerials: Bool?
    /// Since when nothing comes back; nil while it answers.
    package var silentSince: Timestamp?
    /// Regular rounds in a row in which nothing came back.
    package var silentPolls = 0
    /// REFUSED, lame or another failure.
    package var refusingSince: Timestamp?
    /// Regular rounds in a row in which it failed so.
    package var refusingPolls = 0
    /// Seconds that the server took at most to follow a new serial.
    package var usualLag: Int64 = 0
    /// When a round last asked it, whether it answered or not.
    package var lastSeen: Timestamp?

    package init() {}
}

/// What is known of one resolver as far as this domain goes; about 300 bytes and 60 for each RRset in doubt.
package struct ResolverMemory: Sendable, Hashable, Codable {
    /// The last 16 regular rounds, latest in the lowest bit: whether much failed.
    package var bad: UInt16 = 0
    /// Regular rounds in which it was asked.
    package var polls = 0
    /// Regular rounds in a row in which it answered nothing at all.
    package var silentPolls = 0
    /// It said of data of this domain that it validated it.
    package var validatedAt: Timestamp?
    /// RRsets that it vouched for.
    package var validated: Set<RecordSetKey> = []
    /// Regular rounds in a row in which the domain failed there and names elsewhere did not.
    package var failingPolls = 0
    /// Regular rounds in a row in which it did not vouch for something that it vouched for once.
    package var unvalidatedPolls = 0
    /// It raises TTLs to this many seconds.
    package var floor: UInt32 = 0
    /// What it was seen to give for names that do not exist, with the first time; at most ``rewriterLimit``.
    package var rewriters: [Member: Timestamp] = [:]
    /// Regular rounds in a row in which it denied what the authority has.
    package var denied: [RecordSetKey: Int] = [:]
    /// Regular rounds in a row in which it gave a value that should have left its caches.
    package var overdue: [RecordSetKey: Int] = [:]

    /// Kept entries of ``rewriters``.
    package static let rewriterLimit = 8

    package init() {}

    /// Whether it has given all of these for missing names for a day: who forges the answers of a resolver gives its own
    /// address for missing names and for others at the same time.
    package func rewrites(to members: [Member], at now: Timestamp) -> Bool {
        members.allSatisfy { rewriters[$0].map { now.seconds(since: $0) > 86_400 } ?? false }
    }

    /// Bad rounds among the last ten.
    package var badOfTen: Int { (bad & 0x3ff).nonzeroBitCount }
}
