import DNSWire
import LapwingCore

/// Something that is wrong with one or several actors for a while.
struct Condition: Sendable {
    enum Effect: Sendable {
        case timeout
        /// This response code and no data, with an extended error (RFC 8914) where one is given.
        case code(ResponseCode, extendedError: UInt16?)
        /// This RRset instead of the true one.
        case forge(RecordSetKey, RecordSet)
        /// Each server goes on with the zone it had, at the minute it had it.
        case freeze([String: (zone: Zone, minute: Int)])
        case blockTCP
        /// Questions with EDNS get FORMERR, as from servers and firewalls that do not know it.
        case refuseEDNS
        /// UDP answers above this many bytes are lost.
        case dropUDP(over: Int)
        /// Names that do not exist get these addresses.
        case rewrite(RecordSet)
        /// Packets to these servers reach another one.
        case reroute(from: Set<String>, to: String)
        case upperCase
        /// The monitor's wall clock is off by this many seconds.
        case skew(Int)
        case offline
        /// Somebody on the monitor's network answers all its queries, wherever they are sent to.
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
    /// Labels of the clients it holds for, `monitor` among them.
    var clients: Set<String>?
    var transport: Transport?
    /// Numbers of the caches behind a resolver.
    var caches: Set<Int>?
    /// The part of the queries it hits, in thousandths.
    var share: Int?
    /// The second at which it began.
    var since: Int

    /// Questions by name and type; type ANY stands for all.
    struct Selection: Sendable {
        var keys: Set<RecordSetKey>

        func contains(_ key: RecordSetKey) -> Bool {
            keys.contains(key) || keys.contains(RecordSetKey(key.name, .any))
        }
    }

    /// Whether it touches this question, chance left out.
    func concerns(_ key: RecordSetKey, client: String, transport: Transport?, cache: Int?) -> Bool {
        if let only, !only.contains(key) { return false }
        if let except, except.contains(key) { return false }
        if let clients, !clients.contains(client) { return false }
        if let wanted = self.transport, wanted != transport { return false }
        if let caches, let cache, !caches.contains(cache) { return false }
        return true
    }
}
