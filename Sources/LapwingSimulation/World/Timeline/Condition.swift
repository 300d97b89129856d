import DNSWire
import LapwingCore

/// A temporary fault of one or several actors.
struct Condition: Sendable {
    enum Effect: Sendable {
        case timeout
        /// This response code without data, with an extended error (RFC 8914) if given.
        case code(ResponseCode, extendedError: UInt16?)
        /// This RRset instead of the true one.
        case forge(RecordSetKey, RecordSet)
        /// Each server keeps the zone that it had, at the minute at which it had it.
        case freeze([String: (zone: Zone, minute: Int)])
        case blockTCP
        /// Questions with EDNS get FORMERR, as from servers and firewalls that do not know it.
        case refuseEDNS
        /// UDP responses larger than this many bytes are lost.
        case dropUDP(over: Int)
        /// Names that do not exist get these addresses.
        case rewrite(RecordSet)
        /// Packets to these servers reach another one.
        case reroute(from: Set<String>, to: String)
        case upperCase
        /// The monitor's wall clock is off by this many seconds.
        case skew(Int)
        case offline
        /// A device in the monitor's network answers all its queries, whatever their destination.
        case intercept
        /// At its beginning the monitor is started anew and cannot read what it knew.
        case forget
        /// The file of declared records cannot be read.
        case unreadable
    }

    enum Transport: String, CaseIterable, Sendable {
        case udp, tcp
    }

    var id: String
    var actors: [String]
    var effect: Effect
    var only: Selection?
    var except: Selection?
    /// Labels of the clients that it affects, possibly including `monitor`.
    var clients: Set<String>?
    var transport: Transport?
    /// Numbers of the caches behind a resolver.
    var caches: Set<Int>?
    /// The share of queries that it affects, in thousandths.
    var share: Int?
    /// The second at which it began.
    var since: Int

    /// Questions by name and type; type ANY matches all types.
    struct Selection: Sendable {
        var keys: Set<RecordSetKey>

        func contains(_ key: RecordSetKey) -> Bool {
            keys.contains(key) || keys.contains(RecordSetKey(key.name, .any))
        }
    }

    /// Whether it affects this question, before the random share.
    func concerns(_ key: RecordSetKey, client: String, transport: Transport?, cache: Int?) -> Bool {
        if let only, !only.contains(key) { return false }
        if let except, except.contains(key) { return false }
        if let clients, !clients.contains(client) { return false }
        if let wanted = self.transport, wanted != transport { return false }
        if let caches, let cache, !caches.contains(cache) { return false }
        return true
    }
}
