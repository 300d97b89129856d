/// The memory of one authoritative server at one address; about 200 bytes.
package struct ServerMemory: Sendable, Hashable, Codable {
    /// The last serial that it gave (RFC 1982); nil if it gave none.
    package var serial: UInt32?
    /// When it was first seen with this serial; nil if it gave none.
    package var serialSince: Timestamp?
    /// Earlier serials of this server, latest first, at most four: an address with several sites gives them in turn.
    package var earlierSerials: [UInt32] = []
    /// Whether it was seen with a serial that another server of the zone has or had, so that both get the zone from one
    /// source. Servers of two operators that each generate their own serials never share one. Nil if it never was.
    package var sharesSerials: Bool?
    /// Since when it does not answer; nil while it answers.
    package var silentSince: Timestamp?
    /// The number of consecutive regular rounds without an answer.
    package var silentPolls = 0
    /// Since when it refuses, is lame or fails in another way; nil while it does not.
    package var refusingSince: Timestamp?
    /// The number of consecutive regular rounds in which it failed in this way.
    package var refusingPolls = 0
    /// The longest time that the server took to follow a new serial, in seconds; at most a day.
    package var usualLag: Int64 = 0
    /// When a round last asked it, with or without an answer; nil before the first time.
    package var lastSeen: Timestamp?

    package init() {}
}
