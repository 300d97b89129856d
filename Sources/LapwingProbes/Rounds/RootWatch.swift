package import DNSSEC
package import DNSWire
package import LapwingCore

/// Regularly checks whether DNS to the root servers is intercepted, for all domains together.
package actor RootWatch {
    /// Seconds for which a result is reused: three packets a minute are no burden, and a network that begins to
    /// intercept is noticed within a round or two.
    package static let keepsFor: Int64 = 60
    /// Seconds for which a bad result is reused: a second look needs a new check.
    package static let keepsBadFor: Int64 = 10
    /// The number of root servers that are asked each time, so that a single odd one does not decide.
    static let asked = 3

    private let roots: RootHints
    private let ask: @Sendable (IPAddress) async -> Message?
    private let now: @Sendable () -> Timestamp
    private let threads: (any TaskExecutor)?
    private var random: any RandomNumberGenerator & Sendable
    private var latest: (sight: RootSight, at: Timestamp)?
    private var looking: SharedLookUp<RootSight>?

    /// - Parameters:
    ///   - threads: the executor of a check, which serves all concurrent callers; nil for the shared thread pool.
    ///   - random: selects the servers that are asked.
    ///   - ask: asks one server for the SOA of the root without recursion; nil if there is no reply within a second or
    ///     two.
    package init(
        roots: RootHints, now: @escaping @Sendable () -> Timestamp, threads: (any TaskExecutor)? = nil,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        ask: @escaping @Sendable (IPAddress) async -> Message?
    ) {
        self.roots = roots
        self.now = now
        self.threads = threads
        self.random = random
        self.ask = ask
    }

    /// Returns the view of the root servers from the last minute.
    package func sight() async -> RootSight {
        if let latest, now() >= latest.at {
            let limit = latest.sight.isIntercepted ? Self.keepsBadFor : Self.keepsFor
            if now().seconds(since: latest.at) < limit { return latest.sight }
        }
        if let looking, looking.isUnderWay { return await looking.found }
        let lookUp = SharedLookUp(on: threads) { await self.look() }
        looking = lookUp
        let sight = await lookUp.found
        if looking === lookUp { looking = nil }
        // An interrupted check saw nothing, so nothing follows from it.
        if !Task.isCancelled { latest = (sight, now()) }
        return sight
    }

    private func look() async -> RootSight {
        // One address of each: two addresses of one server are not independent.
        let servers = roots.servers.compactMap { $0.addresses.first { $0.isIPv4 } ?? $0.addresses.first }
        var sight = RootSight(known: servers.count, arePublic: roots == .builtIn)
        await withTaskGroup(of: (IPAddress, Message?).self) { group in
            for server in servers.shuffled(using: &random).prefix(Self.asked) {
                group.addTask { [ask] in (server, await ask(server)) }
            }
            for await case (let server, let message?) in group { sight.note(message, from: server) }
        }
        return sight
    }
}
