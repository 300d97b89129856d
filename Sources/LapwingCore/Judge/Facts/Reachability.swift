import DNSWire

/// Whether servers that are silent to the monitor can be reached by resolvers elsewhere.
struct Reachability {
    /// Resolvers that recently got an answer from the servers.
    var reaching: [String] = []
    /// Resolvers for which the domain fails while names elsewhere resolve.
    var failing: [String] = []

    /// Stale data is served with at most this TTL, in seconds (RFC 8767 §4).
    private static let staleTTL: UInt32 = 30
    private static let staleErrors: Set<UInt16> = [3, 19]
    /// Seconds from the beginning of the round in which servers fell silent, within which they may still have answered
    /// resolvers: a silent round takes as long as its attempts. Without it, data fetched in these seconds would make an
    /// outage a fault of the monitor for as long as caches hold them.
    private static let fallingSilent: Int64 = 30

    init(_ servers: [ServerFact], _ picture: Picture) {
        let silentSince =
            servers.compactMap { picture.state.servers[$0.address].flatMap { $0.silentSince ?? $0.refusingSince } }
            .max()
            ?? picture.now
        for resolver in picture.resolvers where resolver.controlsWork {
            let fresh = Self.freshAnswers(resolver, picture)
            let replies = fresh.filter(\.isReply)
            // A single failure among many answers happens anywhere. Since names elsewhere resolve, silence about most
            // of these names is a failure too.
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

    /// Whether users elsewhere are served: more resolvers reach the servers than fail.
    var isThere: Bool { reaching.count > failing.count }

    /// Whether users elsewhere are not served: at least one resolver fails, and no more resolvers reach the servers.
    var isGone: Bool { !failing.isEmpty && !isThere }

    /// Returns answers about names that no cache can hold; validated denials may be synthesized from a cache (RFC
    /// 8198).
    private static func freshAnswers(_ resolver: ResolverFact, _ picture: Picture) -> [Answer] {
        guard case .second(let look) = picture.snapshot.look else { return [] }
        let watched = Set(picture.watch.sets)
        return look.resolverRepeats.filter { $0.resolver == resolver.label && !watched.contains($0.key) }.flatMap {
            resolver.view.repeats[$0.key] ?? []
        }
    }

    /// Whether the remaining TTL of some answer is longer than it could be if it had been fetched before that moment.
    private static func hasRenewed(_ resolver: ResolverFact, since: Timestamp, _ picture: Picture) -> Bool {
        let passed = picture.now.seconds(since: since)
        let floor = picture.state.resolvers[resolver.label]?.floor ?? 0
        return picture.sets.contains { fact in
            guard resolver.sights[fact.key] == .fits, let answer = resolver.view.answers[fact.key],
                answer.outcome == .data, answer.aliases.isEmpty, let left = answer.ttl, left > staleTTL,
                staleErrors.isDisjoint(with: answer.extendedErrors),
                let full = picture.memory(fact.key).map({ max($0.ttl.highest, floor) }), left <= full
            else { return false }
            return Int64(full - left) + fallingSilent < passed
        }
    }
}
