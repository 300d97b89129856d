package import DNSSEC
package import DNSWire
package import LapwingCore

/// Asks root servers now and then whether it is they who answer, for all domains together.
package actor RootWatch {
    /// Seconds for which a sight is used again: three packets a minute trouble nobody, and a network that begins to
    /// intercept is noticed within a round or two.
    package static let keepsFor: Int64 = 60
    /// Seconds for which a bad one is: a second look is to be a look of its own.
    package static let keepsBadFor: Int64 = 10
    /// Root servers that are asked each time, so that one that is odd does not decide.
    static let asked = 3

    private let roots: RootHints
    private let ask: @Sendable (IPAddress) async -> Message?
    private let now: @Sendable () -> Timestamp
    private let threads: (any TaskExecutor)?
    private var random: any RandomNumberGenerator & Sendable
    private var latest: (sight: RootSight, at: Timestamp)?
    private var looking: SharedLookUp<RootSight>?

    /// - Parameters:
    ///   - threads: What a look runs on, which goes on for all who wait for it; nil for the threads that all tasks share.
    ///   - random: Draws the servers that are asked.
    ///   - ask: Asks one server for the SOA of the root, without recursion; nil when nothing came within a second or two.
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

    /// What root servers said within the last minute.
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
        // What was broken off saw nothing, which says nothing.
        if !Task.isCancelled { latest = (sight, now()) }
        return sight
    }

    private func look() async -> RootSight {
        // One address of each: two addresses of one server are one witness.
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
