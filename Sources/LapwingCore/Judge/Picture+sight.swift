import DNSWire

/// What a round saw and what it could not see. Nothing is closed, learnt or called well unless an answer shows it.
extension Picture {
    // MARK: What was seen

    /// Whether the parent zone said if it delegates the domain and to which servers.
    package var seesParent: Bool {
        switch snapshot.parent.state {
        case .delegated, .absent, .undelegated: true
        case .failing, .silent, .unknown: false
        }
    }

    /// Whether at least one accepted or delegated server answers for the domain.
    package var seesServers: Bool { servers.contains { $0.answers && ($0.isOwn || $0.isListed) } }

    /// Whether a server transferred the zone or confirmed that it is unchanged.
    private var zoneAnswered: Bool {
        switch snapshot.zone?.outcome {
        case .same, .taken: true
        case .failed, nil: false
        }
    }

    /// Whether an accepted server gave a conclusive answer for every watched RRset.
    var seesAllSets: Bool {
        sets.allSatisfy { !$0.own.isEmpty || $0.key == RecordSetKey(domain, .ds) }
    }

    /// Whether this round made the observations that would reveal a matter if it still existed. If so and it was not
    /// found, it is over; if not, nothing is known about it.
    ///
    /// - Parameter sources: the sources that showed it.
    func wouldSee(
        _ cause: Cause, _ code: FindingCode, _ class: IncidentClass, _ subject: RecordSetKey?, from sources: [Source]
    ) -> Bool {
        // The clock and the sources of declared records need no network; the last answer of the registry is remembered.
        if [.clock, .holder, .registry, .declaration].contains(cause) { return true }
        if cause == .transfer { return watch.transfer == nil || zoneAnswered }
        guard !isBlind else { return false }
        switch code {
        case .resolversSilent: return resolvers.contains { !$0.isSilent }
        case .resolutionFailing: return resolvers.contains { says(subject, $0) }
        // Servers that are silent to the monitor are down, or only unreachable from here: evidence of one refutes the
        // other.
        case .serversSilent, .serversRefuse:
            return seesServers || Reachability(listedOwn, self).isThere || isServedElsewhere
        case .monitorPath: return seesServers || Reachability(listedOwn, self).isGone || isServedElsewhere
        case .dependencyFree where cause == .delegation, .dependencyTaken where cause == .delegation:
            return seesParent && snapshot.dependencies.contains { $0.domainState != .unknown }
        case .delegationSingle, .delegationMismatch: return seesParent && seesServers
        case .dnssecIsland: return seesChain
        case .dnssecAlgorithm where `class` == .posture: return seesChain
        case .ttlLow where `class` == .posture, .ttlUneven: return answers(subject: subject, sources)
        default: break
        }
        switch cause {
        case .monitor: return true
        case .delegation: return seesParent && (`class` != .dnssecBroken || seesChain)
        case .secureDelegation: return seesParent && snapshot.parent.dsKnown
        case .servers: return seesServers
        case .parent: return seesParent && (resolvers.isEmpty || resolvers.contains(where: \.controlsWork))
        case .registration: return seesParent && trustsClock
        case .signatures: return seesChain && trustsClock && answers(subject: nil, sources)
        case .content, .change, .loss, .ttl, .transport, .drift: return answers(subject: subject, sources)
        case .foreign:
            let labels = Self.labels(sources)
            let guilty = resolvers.filter { labels.isEmpty || labels.contains($0.label) }
            return guilty.allSatisfy { resolver in
                subject.flatMap { resolver.view.answers[$0] }?.isConclusive ?? says(subject, resolver)
            }
        default: return wouldSee(other: cause, subject)
        }
    }

    // MARK: Parts of it

    private func wouldSee(other cause: Cause, _ subject: RecordSetKey?) -> Bool {
        switch cause {
        case .dependency(let name):
            guard let view = snapshot.dependencies.first(where: { $0.name.folded == name.folded }) else {
                return !state.delegation.dependencies.contains(name.folded)
            }
            return view.domainState == .absent || view.nameState != .unknown
        case .resolver(let label):
            // A resolver that was removed from the configuration no longer matters.
            return resolvers.first { $0.label == label }.map { says(subject, $0) } ?? true
        case .place(let name): return sees(place: name, subject)
        case .server(let host): return sees(host)
        default: return seesServers
        }
    }

    /// Whether servers that are silent here answer at most places.
    private var isServedElsewhere: Bool {
        guard !snapshot.places.isEmpty else { return false }
        let vote = outageVote(listedOwn)
        return !vote.unseen.isEmpty && !vote.isMost
    }

    /// Whether the sight of a place is known, or the place no longer looks.
    private func sees(place: String, _ subject: RecordSetKey?) -> Bool {
        if place == snapshot.place { return seesServers }
        guard let view = snapshot.places.first(where: { $0.place == place }) else { return true }
        guard let sight = view.sight else { return false }
        guard let subject else { return !sight.isUnserved || sight.isSilenceConfirmed }
        return sight.sets.contains { $0.key == subject }
    }

    /// Whether a server was seen to work, or is no longer in use.
    private func sees(_ host: Name) -> Bool {
        let views = servers.filter { $0.host == host && ($0.isListed || $0.isOwn) }
        if !views.isEmpty { return views.allSatisfy { $0.standing != .silent } }
        guard seesParent else { return false }
        if !snapshot.parent.hosts.contains(where: { $0.name == host }) { return seesServers }
        return snapshot.dependencies.contains { $0.name == host && $0.nameState == .exists }
    }

    /// Whether the parent's DS and the keys of at least one server could be compared, or DNSSEC is not watched.
    private var seesChain: Bool {
        if watch.dnssec == .off { return true }
        return snapshot.parent.dsKnown
            && servers.indices.contains { (servers[$0].isOwn || servers[$0].isListed) && chains[$0].state != .unknown }
    }

    /// Whether one of the servers that showed the matter now gives a conclusive answer; if none of them is asked any
    /// more, any accepted or delegated server counts.
    private func answers(subject: RecordSetKey?, _ sources: [Source]) -> Bool {
        let witnesses = servers.filter { sources.contains($0.source) && ($0.isOwn || $0.isListed) }
        let able = witnesses.isEmpty ? servers.filter { $0.isOwn || $0.isListed } : witnesses
        return able.contains { server in
            guard server.answers else { return false }
            guard let subject, let answer = server.view.answers[subject] else { return true }
            return answer.isConclusive
        }
    }

    /// Whether a resolver gave any reply to the question, or to any other if there is no subject.
    private func says(_ subject: RecordSetKey?, _ resolver: ResolverFact) -> Bool {
        if let subject, let answer = resolver.view.answers[subject] { return answer.isReply }
        return resolver.view.answers.values.contains(where: \.isReply)
            || resolver.view.controls.values.contains(where: \.isReply)
    }

    private static func labels(_ sources: [Source]) -> Set<String> {
        Set(sources.compactMap { if case .resolver(let label) = $0 { label } else { nil } })
    }
}
