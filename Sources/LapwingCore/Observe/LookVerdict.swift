import DNSWire

/// What one look says of whether a domain can be resolved, apart from why: the unit of which availability is made.
package struct LookVerdict: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Nothing was seen, or something on the path answers in place of the servers: it says something of the monitor only.
    package static let blind = LookVerdict(rawValue: 1)
    /// At least half of the resolvers that work resolve the domain.
    package static let resolved = LookVerdict(rawValue: 2)
    /// More than half of the resolvers that work do not.
    package static let unresolved = LookVerdict(rawValue: 4)
    /// At least one of the domain's own servers answers for it.
    package static let served = LookVerdict(rawValue: 8)
    /// None of them does.
    package static let unserved = LookVerdict(rawValue: 16)

    /// What a whole round says.
    package init(_ snapshot: Snapshot) {
        let sight = RoundSight(snapshot)
        guard !sight.isIntercepted, sight.seesParent || sight.seesServers || sight.answeringResolvers > 0 else {
            self = .blind
            return
        }
        let votes = snapshot.resolvers.compactMap { $0.resolves(snapshot.domain) }
        let against = votes.count { !$0 }
        self = votes.isEmpty ? [] : against * 2 > votes.count ? .unresolved : .resolved
        // Where the zone above delegates to nobody there are no servers to answer.
        if sight.allServers > 0 || sight.isDenied { insert(sight.seesServers ? .served : .unserved) }
    }
}

extension ResolverView {
    /// Whether the resolver resolves the domain; nil where it works for nobody, or was asked nothing.
    ///
    /// It does where at least half of its answers about the domain settle something, and not all of them are NXDOMAIN.
    func resolves(_ domain: Name) -> Bool? {
        guard !answers.isEmpty else { return nil }
        let settled = answers.values.count(where: \.isConclusive)
        let exists = answers.values.contains { $0.isConclusive && $0.outcome != .nxDomain }
        if exists, settled * 2 >= answers.count { return true }
        // Of a resolver that fails for names outside too, the domain learns nothing.
        let isSick = settled == 0 && !controls.values.contains(where: \.isConclusive)
        return isSick ? nil : false
    }
}
