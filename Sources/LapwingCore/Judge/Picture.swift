package import DNSSEC
package import DNSWire

/// What the rules look at: the round's snapshot and the memory, with the first conclusions drawn once for all rules.
///
/// Immutable. It is a class only because it is large and is passed to every rule.
package final class Picture: Sendable {
    /// What is watched, as configured.
    package let watch: Watch
    /// What the round saw.
    package let snapshot: Snapshot
    /// The memory as it was before this round, except for the clock.
    package let state: WatchState
    /// Checks signatures.
    package let verifier: any SignatureVerifier
    /// The time of the round by the steady clock.
    package let now: Timestamp
    /// Whether the wall clock agrees with the monotonic clock, so that absolute times can be judged.
    package let trustsClock: Bool
    /// Whether no answer came back at all, or queries are intercepted: the round then says something about the monitor
    /// only.
    package let isBlind: Bool
    /// The signs that queries are intercepted on the way; nil if there are none.
    package let interception: [String]?
    /// Whether changes are learnt without being reported.
    package let isLearning: Bool
    /// Whether the learning time is in its last part, in which a changed value is no longer learnt as normal.
    package let isSettling: Bool
    /// Whether this is a regular round and not a second look.
    package let isRegular: Bool
    /// Whether nothing is remembered of the domain: this is its first round, or a check-up.
    package var isFirstLook: Bool { state.rounds == 0 }
    /// All authoritative servers that were asked, in the order of the snapshot.
    package let servers: [ServerFact]
    /// The watched RRsets; the zone's own NS and SOA are always among them.
    package let sets: [SetFact]
    /// All resolvers that were asked.
    package let resolvers: [ResolverFact]
    /// Names outside the domain that its records point to.
    let reliances: [Reliance]
    /// Keys and signatures by server, in the order of `servers`.
    package let chains: [ChainFact]
    /// The verdict on the parent's own signature over the DS or its denial.
    let parentSignature: ParentReader.Verdict
    /// The hashes of the owner names that denials concern, without those that would be too expensive to compute.
    let hashedNames: [NSEC3Hash.Input: [UInt8]]
    /// The number of signatures verified in this round.
    let checksMade: Int
    /// Whether hashes that denials need were left out because they would be too expensive to compute.
    let leftHashesOut: Bool

    /// The domain that is watched.
    package var domain: Name { watch.domain }
    /// Seconds between regular rounds.
    package var interval: Int64 { watch.interval }

    /// Takes the cached signature verdicts out of `verdicts` and puts them back together with the new ones.
    package init(
        watch: Watch, state: WatchState, snapshot: Snapshot, verifier: any SignatureVerifier,
        verdicts: inout VerdictCache
    ) {
        self.watch = watch
        self.snapshot = snapshot
        self.state = state
        self.verifier = verifier
        let now = snapshot.at.adding(seconds: -state.clock.offset)
        self.now = now
        trustsClock = abs(state.clock.offset) <= MonitorRule.tolerance
        isRegular = snapshot.look == .regular
        interception = snapshot.interception
        isBlind = interception != nil || Self.isBlind(snapshot)
        isLearning = state.learntAt.map { now.seconds(since: $0) < watch.learning } ?? true
        isSettling = Self.isSettling(watch, since: state.learntAt, at: now)
        let baseline = state.baseline.hosts
        let servers = snapshot.authorities.map { view in
            let isOwn = baseline.isEmpty ? view.listedAtParent : baseline[view.host]?.contains(view.address) ?? false
            return ServerFact(view, isOwn: isOwn, domain: watch.domain)
        }
        self.servers = servers
        let apex = [RecordSetKey(watch.domain, .soa), RecordSetKey(watch.domain, .ns)]
        // One budget for the whole round, spent in order of importance: the parent, the accepted servers, other
        // servers.
        var judge = SignatureJudge(
            verifier: verifier, effort: .round(sets: watch.sets.count), verdicts: verdicts.signatures.takeAll())
        parentSignature = ParentReader(domain: watch.domain, now: now).read(snapshot.parent, &judge)
        let reader = ChainReader(
            zone: watch.domain, keys: watch.sets + apex.filter { !watch.sets.contains($0) },
            delegation: snapshot.parent.ds.compactMap { DS($0.data) }, now: now)
        var chains = servers.map { _ in ChainFact(state: .unknown) }
        let byWeight = servers.indices.filter { servers[$0].isOwn } + servers.indices.filter { !servers[$0].isOwn }
        for index in byWeight where watch.dnssec != .off {
            chains[index] = reader.read(servers[index].view, &judge)
        }
        let isSigned = watch.dnssec != .off && !(snapshot.parent.ds.isEmpty && state.chain.ds.isEmpty)
        // Denials have a budget of their own: proofs of absence, however many, must not use up the budget for existing
        // data.
        var denialJudge = SignatureJudge(
            verifier: verifier, effort: .round(sets: watch.sets.count), verdicts: judge.takeVerdicts())
        for index in byWeight where isSigned && servers[index].isListed && servers[index].answers {
            reader.readDenials(servers[index].view, into: &chains[index], &denialJudge)
        }
        self.chains = chains
        let denials = DenialReader(servers: servers, isSigned: isSigned)
        hashedNames = denials.hashes(&denialJudge)
        checksMade = judge.checksMade + denialJudge.checksMade
        leftHashesOut = denials.leavesOut(hashedNames)
        verdicts.signatures = denialJudge.takeVerdicts()
        let sets = Self.sets(of: watch, apex, servers)
        self.sets = sets
        reliances = sets.compactMap(Reliance.init)
        let context = ResolverSight.Context(sets: sets, state: state, now: now, interval: watch.interval)
        resolvers = snapshot.resolvers.map { ResolverFact($0, parent: snapshot.parent.zone, context) }
    }

    /// Servers that are accepted and delegated to; if the parent does not answer, all accepted servers.
    package var listedOwn: [ServerFact] {
        let listed = servers.filter { $0.isOwn && $0.isListed }
        return listed.isEmpty && snapshot.parent.state != .delegated ? servers.filter(\.isOwn) : listed
    }

    /// A name that does not exist in any zone, used to find out whether every name resolves.
    package var randomLabel: RecordSetKey {
        RoundWalk.absentName(domain) ?? RecordSetKey(domain, .a)
    }

    /// A name that was never queried before: no cache can answer for it, only the zone's servers can.
    package var freshLabel: RecordSetKey {
        let name = try? domain.prepending(label: Array("lapwing-\(String(now.seconds, radix: 36))".utf8))
        return RecordSetKey(name ?? domain, .a)
    }

    /// Returns the keys and signatures of a server; their state is unknown if the server is not among ``servers``.
    package func chain(_ server: ServerFact) -> ChainFact {
        servers.firstIndex { $0.host == server.host && $0.address == server.address }.map { chains[$0] }
            ?? ChainFact(state: .unknown)
    }

    /// Servers that the delegation or the zone names and that were never accepted.
    package var unacceptedServers: [ServerFact] { servers.filter { !$0.isOwn && !$0.view.remembered } }

    /// Returns the memory of an RRset; nil if the RRset was never seen.
    package func memory(_ key: RecordSetKey) -> SetMemory? { state.sets[key] }

    /// Whether the owner has announced work on this subject.
    package func isDeclared(_ subject: MaintenanceWindow.Subject) -> Bool {
        window(covering: subject) != nil
    }

    /// Returns a maintenance window that covers this subject. A nil subject is covered only by a window for everything.
    private func window(covering subject: MaintenanceWindow.Subject?) -> MaintenanceWindow? {
        watch.windows.first { window in
            window.content == nil && window.holds(at: now)
                && (window.covers.map { covers in subject.map(covers.contains) ?? false } ?? true)
        }
    }

    /// Whether the owner has announced work on RRsets of this type or on everything.
    package func isAnnounced(_ type: RecordType) -> Bool { announcement(of: type) != nil }

    /// Returns the maintenance window that covers RRsets of this type.
    func announcement(of type: RecordType) -> MaintenanceWindow? {
        let subject: MaintenanceWindow.Subject? =
            switch type {
            case .a: .a
            case .aaaa: .aaaa
            case .mx: .mx
            case .txt: .txt
            case .caa: .caa
            case .ns: .ns
            case .ds: .ds
            case .dnskey: .dnskey
            default: nil
            }
        return window(covering: subject)
    }

    /// Whether the owner has announced work on the finding's RRset or, if it has none, on the registration.
    func isAnnounced(_ finding: Finding) -> Bool {
        finding.subject.map { isAnnounced($0.type) } ?? (isDeclared(.registrar) || isDeclared(.lock))
    }

    /// Whether an incident of one of these causes, at warning or above, is open or was open recently.
    package func isTroubled(
        _ causes: [Cause], within seconds: Int64 = 24 * 3600, except codes: [FindingCode] = []
    ) -> Bool {
        state.book.isTroubled(causes, within: seconds, except: codes, at: now)
    }

    /// Accepted servers that the parent delegates to and for which no address is known.
    package var hostsWithoutAddress: [ParentView.Host] {
        let accepted = state.baseline.names
        return snapshot.parent.hosts.filter {
            $0.glue.isEmpty && $0.addresses.isEmpty && (accepted.isEmpty || accepted.contains($0.name.folded))
        }
    }

    /// Returns a `dig` command against the given server, or else against the first accepted one.
    package func dig(_ key: RecordSetKey, at server: String? = nil) -> ShellCommand {
        guard let place = server ?? servers.first(where: \.isOwn).map({ "\($0.address)" }) else {
            return "dig +dnssec +norecurse \(key.name) \(key.type)"
        }
        return "dig +dnssec +norecurse \(key.name) \(key.type) @\(place)"
    }

    /// Whether at most an hour, and at most a quarter, of the learning time is left.
    private static func isSettling(_ watch: Watch, since learntAt: Timestamp?, at now: Timestamp) -> Bool {
        guard let learntAt else { return false }
        let left = watch.learning - now.seconds(since: learntAt)
        return left > 0 && left <= min(3600, watch.learning / 4)
    }

    static func isBlind(_ snapshot: Snapshot) -> Bool {
        let parent = snapshot.parent.answers.contains { $0.answers.values.contains(where: \.isReply) }
        let authority = snapshot.authorities.contains { $0.answers.values.contains(where: \.isReply) }
        let resolver = snapshot.resolvers.contains {
            $0.answers.values.contains(where: \.isReply) || $0.controls.values.contains(where: \.isReply)
                || $0.repeats.values.contains { $0.contains(where: \.isReply) }
        }
        return !parent && !authority && !resolver
    }

    /// Returns one fact for each watched RRset; the zone's own NS and SOA are always among them.
    private static func sets(of watch: Watch, _ apex: [RecordSetKey], _ servers: [ServerFact]) -> [SetFact] {
        (watch.sets + apex.filter { !watch.sets.contains($0) }).map { key in
            var fact = SetFact(key: key)
            // The DS RRset is served by the parent.
            if key.type == .ds, key.name == watch.domain { return fact }
            for server in servers where server.answers && !(server.view.remembered && !server.isOwn) {
                guard let answer = server.view.answers[key], let value = SetValue(answer) else { continue }
                let ttl = (answer.aliases.first ?? answer.records.first)?.ttl
                let sight = SetFact.Sight(server: server, value: value, ttl: ttl)
                if server.isOwn { fact.own.append(sight) } else { fact.strange.append(sight) }
            }
            return fact
        }
    }
}

extension [Finding] {
    /// Whether one of the findings has this cause and at least this severity.
    package func has(_ cause: Cause, atLeast severity: Severity = .info) -> Bool {
        contains { $0.cause == cause && $0.severity >= severity }
    }

    /// Whether one of the findings has this code.
    package func has(_ code: FindingCode) -> Bool { contains { $0.code == code } }
}
