import DNSWire

/// Servers that are silent for the monitor, as resolvers elsewhere find them.
struct Reachability {
    /// Resolvers that recently got something from the servers.
    var reaching: [String] = []
    /// Resolvers for which the domain fails while names elsewhere resolve.
    var failing: [String] = []

    /// Stale data is handed out with this many seconds at most (RFC 8767 §4).
    private static let staleTTL: UInt32 = 30
    private static let staleErrors: Set<UInt16> = [3, 19]

    init(_ servers: [ServerFact], _ picture: Picture) {
        let silentSince =
            servers.compactMap { picture.state.servers[$0.address].flatMap { $0.silentSince ?? $0.refusingSince } }
            .max()
            ?? picture.now
        for resolver in picture.resolvers where resolver.controlsWork {
            let fresh = Self.freshAnswers(resolver, picture)
            let replies = fresh.filter(\.isReply)
            // One failure among many answers happens anywhere. Names elsewhere resolve, so silence about most of these is
            // a failure too.
            if resolver.failed.count > 1 || resolver.unanswered * 2 > resolver.view.answers.count
                || (!replies.isEmpty && !replies.contains(where: \.isConclusive))
            {
                failing.append(resolver.label)
            } else if fresh.contains(where: { $0.isConclusive && !$0.authenticData })
                || Self.hasRenewed(resolver, since: silentSince, picture)
            {
                reaching.append(resolver.label)
            }
        }
    }

    /// Whether users elsewhere are served: of the resolvers that show it either way, most got something.
    var isThere: Bool { reaching.count > failing.count }

    /// Whether users elsewhere are not served: some resolver shows it, and no more of them show the contrary.
    var isGone: Bool { !failing.isEmpty && !isThere }

    /// Answers about names that no cache can have; a validated denial may be made up from cached ones (RFC 8198).
    private static func freshAnswers(_ resolver: ResolverFact, _ picture: Picture) -> [Answer] {
        guard case .second(let look) = picture.snapshot.look else { return [] }
        let watched = Set(picture.watch.sets)
        return look.resolverRepeats.filter { $0.resolver == resolver.label && !watched.contains($0.key) }.flatMap {
            resolver.view.repeats[$0.key] ?? []
        }
    }

    /// Whether some answer has more time left than it could have if it had been fetched before that moment.
    private static func hasRenewed(_ resolver: ResolverFact, since: Timestamp, _ picture: Picture) -> Bool {
        let passed = picture.now.seconds(since: since)
        let floor = picture.state.resolvers[resolver.label]?.floor ?? 0
        return picture.sets.contains { fact in
            guard resolver.sights[fact.key] == .fits, let answer = resolver.view.answers[fact.key],
                answer.outcome == .data, answer.aliases.isEmpty, let left = answer.ttl, left > staleTTL,
                staleErrors.isDisjoint(with: answer.extendedErrors),
                let full = picture.memory(fact.key).map({ max($0.ttl.highest, floor) }), left <= full
            else { return false }
            return Int64(full - left) < passed
        }
    }
}
