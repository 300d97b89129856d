package import DNSSEC
package import DNSWire

/// What the rules look at: the round's snapshot beside the memory, with the first conclusions drawn once for all.
///
/// Immutable; a reference only because it is large and handed to every rule.
package final class Picture: Sendable {
    /// What is watched, as configured.
    package let watch: Watch
    /// What the round saw.
    package let snapshot: Snapshot
    /// Memory as it was before this round, but for the clock.
    package let state: WatchState
    /// Checks signatures.
    package let verifier: any SignatureVerifier
    /// The moment by a clock that does not jump.
    package let now: Timestamp
    /// The wall clock agrees with the monotonic clock, so that moments on it can be judged.
    package let trustsClock: Bool
    /// Nothing at all came back, or not from those who were asked: what was seen says something about the monitor only.
    package let isBlind: Bool
    /// Who was answered for by somebody on the way, and how that shows; nil when nothing speaks for it.
    package let interception: [String]?
    /// Changes are learnt without being reported.
    package let isLearning: Bool
    /// The last part of a learning time of hours: what turns over now is no longer taken for normal.
    package let isSettling: Bool
    /// Whether its slot brought it, and not a second look.
    package let isRegular: Bool
    /// Nothing is remembered of the domain: this is the first round, or a check-up.
    package var isFirstLook: Bool { state.rounds == 0 }
    /// All authoritative servers that were asked, in the order of the snapshot.
    package let servers: [ServerFact]
    /// The watched RRsets; the zone's own NS and SOA are always among them.
    package let sets: [SetFact]
    /// All resolvers that were asked.
    package let resolvers: [ResolverFact]
    /// Names outside the domain that its records lead to.
    let reliances: [Reliance]
    /// Keys and signatures by server, in the order of `servers`.
    package let chains: [ChainFact]
    /// The parent's own signature over what it says of the domain.
    let parentSignature: ParentReader.Verdict
    /// The hashed owner names that denials are about; those that would have cost too much are not among them.
    let hashedNames: [NSEC3Hash.Input: [UInt8]]
    /// Signatures that were verified for this round.
    let checksMade: Int
    /// Hashes that denials need were left out because they would have cost too much.
    let leftHashesOut: Bool

    /// The domain that is watched.
    package var domain: Name { watch.domain }
    /// Seconds between regular rounds.
    package var interval: Int64 { watch.interval }

    /// Takes the verdicts on signatures out of the state and gives them back with those that are new.
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
        // One budget for all of a round, in the order of what matters most: the parent, the accepted servers, other servers.
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
        // A budget of their own: proofs of absence, however many, must not stand in the way of what is there.
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

    /// Servers that are accepted and delegated to; when the parent says nothing, those that were.
    package var listedOwn: [ServerFact] {
        let listed = servers.filter { $0.isOwn && $0.isListed }
        return listed.isEmpty && snapshot.parent.state != .delegated ? servers.filter(\.isOwn) : listed
    }

    /// A name that no zone has, to find out whether just any name resolves.
    package var randomLabel: RecordSetKey {
        RoundWalk.absentName(domain) ?? RecordSetKey(domain, .a)
    }

    /// A name that nobody asked for before: only the zone's servers can answer for it, no cache can.
    package var freshLabel: RecordSetKey {
        let name = try? domain.prepending(label: Array("lapwing-\(String(now.seconds, radix: 36))".utf8))
        return RecordSetKey(name ?? domain, .a)
    }

    /// Keys and signatures at a server; unknown for a server that is not among ``servers``.
    package func chain(_ server: ServerFact) -> ChainFact {
        servers.firstIndex { $0.host == server.host && $0.address == server.address }.map { chains[$0] }
            ?? ChainFact(state: .unknown)
    }

    /// Servers that the delegation or the zone names, and that were never accepted.
    package var unacceptedServers: [ServerFact] { servers.filter { !$0.isOwn && !$0.view.remembered } }

    /// What was learnt of an RRset; nil before it was ever seen.
    package func memory(_ key: RecordSetKey) -> SetMemory? { state.sets[key] }

    /// Whether the owner has announced work on this.
    package func isDeclared(_ subject: MaintenanceWindow.Subject) -> Bool {
        window(covering: subject) != nil
    }

    /// A window of announced work that covers this; only one for everything covers what has no word of its own.
    private func window(covering subject: MaintenanceWindow.Subject?) -> MaintenanceWindow? {
        watch.windows.first { window in
            window.content == nil && window.holds(at: now)
                && (window.covers.map { covers in subject.map(covers.contains) ?? false } ?? true)
        }
    }

    /// Whether the owner has announced work on RRsets of this type, or on everything.
    package func isAnnounced(_ type: RecordType) -> Bool { announcement(of: type) != nil }

    /// The announced work that covers sets of this type.
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

    /// Whether the owner has announced work on what a finding is about: its RRset, or the registration.
    func isAnnounced(_ finding: Finding) -> Bool {
        finding.subject.map { isAnnounced($0.type) } ?? (isDeclared(.registrar) || isDeclared(.lock))
    }

    /// Whether an incident of one of these causes is open, or was until recently, at warning or above.
    package func isTroubled(
        _ causes: [Cause], within seconds: Int64 = 24 * 3600, except codes: [FindingCode] = []
    ) -> Bool {
        state.book.isTroubled(causes, within: seconds, except: codes, at: now)
    }

    /// Accepted servers that the zone above delegates to and for which no address is known at all.
    package var hostsWithoutAddress: [ParentView.Host] {
        let accepted = state.baseline.names
        return snapshot.parent.hosts.filter {
            $0.glue.isEmpty && $0.addresses.isEmpty && (accepted.isEmpty || accepted.contains($0.name.folded))
        }
    }

    /// `dig` against the first server that this is about, or the parent's first.
    package func dig(_ key: RecordSetKey, at server: String? = nil) -> ShellCommand {
        guard let place = server ?? servers.first(where: \.isOwn).map({ "\($0.address)" }) else {
            return "dig +dnssec +norecurse \(key.name) \(key.type)"
        }
        return "dig +dnssec +norecurse \(key.name) \(key.type) @\(place)"
    }

    /// The last hour, or quarter, of the time in which changes are learnt without a word.
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

    /// One for each watched RRset; the zone's own NS and SOA are always among them.
    private static func sets(of watch: Watch, _ apex: [RecordSetKey], _ servers: [ServerFact]) -> [SetFact] {
        (watch.sets + apex.filter { !watch.sets.contains($0) }).map { key in
            var fact = SetFact(key: key)
            // DS lives at the parent.
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
    /// Whether one of them is of this cause and at least so severe.
    package func has(_ cause: Cause, atLeast severity: Severity = .info) -> Bool {
        contains { $0.cause == cause && $0.severity >= severity }
    }

    /// Whether one of them is of this code.
    package func has(_ code: FindingCode) -> Bool { contains { $0.code == code } }
}
