import DNSWire

/// Whether a domain could be resolved in one look, whatever the reason: the unit of availability.
package struct LookVerdict: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Nothing was seen, or queries are intercepted: the look says something about the monitor only.
    package static let blind = LookVerdict(rawValue: 1)
    /// At least half of the working resolvers resolve the domain.
    package static let resolved = LookVerdict(rawValue: 2)
    /// More than half of the working resolvers do not resolve it.
    package static let unresolved = LookVerdict(rawValue: 4)
    /// At least one of the domain's own servers answers for it.
    package static let served = LookVerdict(rawValue: 8)
    /// None of them does.
    package static let unserved = LookVerdict(rawValue: 16)

    /// Creates the verdict on a complete round.
    package init(_ snapshot: Snapshot) {
        let sight = RoundSight(snapshot)
        guard !sight.isIntercepted, sight.seesParent || sight.seesServers || sight.answeringResolvers > 0 else {
            self = .blind
            return
        }
        let votes = snapshot.resolvers.compactMap { $0.resolves(snapshot.domain) }
        let against = votes.count { !$0 }
        self = votes.isEmpty ? [] : against * 2 > votes.count ? .unresolved : .resolved
        // If the parent zone does not delegate the domain, there are no servers that could answer.
        if sight.allServers > 0 || sight.isDenied { insert(sight.seesServers ? .served : .unserved) }
    }
}

extension ResolverView {
    /// Returns whether the resolver resolves the domain; nil if it works for no name, or was asked nothing.
    ///
    /// It does if at least half of its answers about the domain are conclusive, and not all of these are NXDOMAIN.
    func resolves(_ domain: Name) -> Bool? {
        guard !answers.isEmpty else { return nil }
        let settled = answers.values.count(where: \.isConclusive)
        let exists = answers.values.contains { $0.isConclusive && $0.outcome != .nxDomain }
        if exists, settled * 2 >= answers.count { return true }
        // A resolver that fails for other names too shows nothing about the domain.
        let isSick = settled == 0 && !controls.values.contains(where: \.isConclusive)
        return isSick ? nil : false
    }
}
