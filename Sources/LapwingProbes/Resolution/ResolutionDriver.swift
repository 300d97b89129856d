package import DNSSEC
package import DNSWire

/// Drives a resolver: sends its queries until it has a result or the time is up.
package struct ResolutionDriver: Sendable {
    /// Sends one query to its server; never throws.
    package typealias Exchange = @Sendable (ServerQuery) async -> ServerReply

    private let exchange: Exchange
    private let verifier: any SignatureVerifier
    private let settings: @Sendable () -> ResolverSettings
    private let elapsed: @Sendable () -> Duration

    /// Makes a driver with a means of sending queries.
    package init(
        settings: ResolverSettings, verifier: any SignatureVerifier,
        elapsed: @escaping @Sendable () -> Duration = Self.elapsed, exchange: @escaping Exchange
    ) {
        self.init(following: { settings }, verifier: verifier, elapsed: elapsed, exchange: exchange)
    }

    /// Makes a driver whose settings are read for each question, since trust anchors change while a daemon runs.
    ///
    /// - Parameter elapsed: a monotonic clock with any origin.
    package init(
        following settings: @escaping @Sendable () -> ResolverSettings, verifier: any SignatureVerifier,
        elapsed: @escaping @Sendable () -> Duration = Self.elapsed, exchange: @escaping Exchange
    ) {
        self.settings = settings
        self.verifier = verifier
        self.elapsed = elapsed
        self.exchange = exchange
    }

    private static let beginning = ContinuousClock.now
    /// The time since the first call, on the machine's clock.
    package static let elapsed: @Sendable () -> Duration = { beginning.duration(to: .now) }

    /// Resolves and validates one question; signatures are validated at `now`, in seconds since 1970.
    ///
    /// `memory` contains what was learnt from earlier questions, and afterwards also from this one.
    package func resolve(
        _ question: Question, memory: inout ResolutionCache, now: Int64, limit: Duration = .seconds(12)
    ) async -> Resolution {
        var resolver = Resolver(
            question: question, settings: settings(), memory: memory.takeAll(), verifier: verifier, now: now)
        let deadline = elapsed() + limit
        var step = resolver.start()
        while case .ask(let queries) = step {
            guard elapsed() < deadline else {
                memory = resolver.takeMemory()
                return resolver.giveUp("no answer within \(limit)")
            }
            let replies = await replies(to: queries)
            // An interrupted resolution says nothing about servers, so nothing is learnt from it.
            guard !Task.isCancelled else {
                memory = resolver.takeMemory()
                return resolver.giveUp("given up")
            }
            step = resolver.receive(replies)
        }
        memory = resolver.takeMemory()
        guard case .done(let resolution) = step else { return resolver.giveUp("") }
        return resolution
    }

    private func replies(to queries: [ServerQuery]) async -> [(query: ServerQuery, reply: ServerReply)] {
        if queries.count == 1 { return [(queries[0], await exchange(queries[0]))] }
        return await withTaskGroup(of: (query: ServerQuery, reply: ServerReply).self) { group in
            for query in queries { group.addTask { (query, await exchange(query)) } }
            var replies: [(query: ServerQuery, reply: ServerReply)] = []
            for await reply in group { replies.append(reply) }
            return replies
        }
    }
}
