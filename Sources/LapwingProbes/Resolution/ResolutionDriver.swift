package import DNSSEC
package import DNSWire

/// Carries out a walk: asks what the resolver wants to know, until it has its answer or time is up.
package struct ResolutionDriver: Sendable {
    /// Puts one query to its server; never throws.
    package typealias Exchange = @Sendable (ServerQuery) async -> ServerReply

    private let exchange: Exchange
    private let verifier: any SignatureVerifier
    private let settings: @Sendable () -> ResolverSettings
    private let elapsed: @Sendable () -> Duration

    /// A driver over some way to ask.
    package init(
        settings: ResolverSettings, verifier: any SignatureVerifier,
        elapsed: @escaping @Sendable () -> Duration = Self.elapsed, exchange: @escaping Exchange
    ) {
        self.init(following: { settings }, verifier: verifier, elapsed: elapsed, exchange: exchange)
    }

    /// A driver whose settings are read again for each question: trust anchors change while a daemon runs.
    ///
    /// - Parameter elapsed: a clock that nobody sets, from any beginning.
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
    /// Since this was first asked for, by the machine's clock.
    package static let elapsed: @Sendable () -> Duration = { beginning.duration(to: .now) }

    /// Resolves and validates one question; signatures are judged at `now`, in seconds since 1970.
    ///
    /// `memory` is what earlier questions taught; afterwards it holds what this one taught too.
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
            // What was broken off says nothing about servers, so nothing is learnt from it.
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
