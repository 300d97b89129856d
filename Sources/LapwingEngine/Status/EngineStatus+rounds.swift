import DNSWire
import LapwingCore

extension EngineStatus {
    /// The end of the registration: from the registry, or from the configuration if the registry publishes none.
    static func registrationEnd(of watch: Watch, known: Timestamp?) -> Timestamp? {
        watch.watchesRegistration ? known ?? watch.manualExpiry : nil
    }

    /// Records the snapshot of a round and its judgement.
    ///
    /// - Parameters:
    ///   - steady: the present time on the steady clock.
    ///   - milliseconds: the duration of the round.
    func note(_ snapshot: Snapshot, of watch: Watch, outcome: RoundOutcome, steady: Timestamp, milliseconds: Int64) {
        var ttls: [RecordSetKey: UInt32] = [:]
        var ends: Timestamp?
        for authority in snapshot.authorities where !authority.remembered {
            for (key, answer) in authority.answers {
                if let ttl = answer.ttl { ttls[key] = min(ttl, ttls[key] ?? .max) }
                for signature in answer.signatures.compactMap({ RRSIG($0.data) }) {
                    let end = Timestamp(seconds: Int64(signature.expiration))
                    ends = min(end, ends ?? end)
                }
            }
        }
        var report = DomainReport(
            checkedAt: snapshot.at, checkedSteady: steady, learntAt: outcome.state.learntAt,
            open: outcome.state.book.open, ttls: TimesToLive(ttls, sets: watch.sets),
            signaturesEnd: snapshot.parent.ds.isEmpty ? nil : ends, isSigned: !snapshot.parent.ds.isEmpty,
            registrationEnds: Self.registrationEnd(of: watch, known: outcome.state.registry.known?.expires?.at),
            roundMilliseconds: milliseconds)
        let isWhole = if case .second(let look) = snapshot.look { look.repeatsRound } else { true }
        if isWhole { report.sight = RoundSight(snapshot) }
        if snapshot.look == .regular { report.findings = outcome.summaries }
        report.steps = outcome.state.chain.steps ?? []
        let times = Self.times(snapshot)
        let nameServers = snapshot.parent.hosts.map(\.name.folded).sorted()
        let mailHosts = Self.mailHosts(snapshot)
        let registrar = outcome.state.registry.known?.registrar
        change { figures in
            figures.rounds += 1
            let known = figures.domains[snapshot.domain]
            report.nameServers =
                nameServers.isEmpty
                ? known?.nameServers ?? [] : figures.hosts.insert(nameServers).memberAfterInsert
            report.mailHosts =
                mailHosts.map { figures.hosts.insert($0).memberAfterInsert } ?? known?.mailHosts ?? []
            report.registrar = registrar.map { figures.registrars.insert($0).memberAfterInsert }
            figures.latencies.note(times, of: snapshot.domain, at: snapshot.at)
            // A second look at one RRset says nothing about the others.
            if !isWhole { report.sight = known?.sight }
            if snapshot.look != .regular {
                // A second look adds new findings about the registration, and leaves everything else as the round found
                // it.
                let before = known?.findings ?? []
                report.findings =
                    before
                    + outcome.summaries.filter { fresh in
                        fresh.isPosture && !before.contains { $0.code == fresh.code && $0.subject == fresh.subject }
                    }
            }
            figures.domains[snapshot.domain] = Boxed(report)
            figures.touched.add(snapshot.domain)
            // Changes back are not counted: each is the end of a change that was counted.
            for change in outcome.changes where change.backSince == nil {
                figures.changes[snapshot.domain, default: [:]]["\(change.kind)", default: 0] += 1
            }
            for resolver in snapshot.resolvers {
                var own = figures.resolvers[resolver.label] ?? ResolverReport()
                for answer in resolver.answers.values { own.note(answer) }
                for answer in resolver.controls.values { own.note(answer) }
                figures.resolvers[resolver.label] = own
            }
        }
    }

    /// The domain's mail hosts from the first of its servers with a conclusive answer; nil if there is none.
    private static func mailHosts(_ snapshot: Snapshot) -> [Name]? {
        let key = RecordSetKey(snapshot.domain, .mx)
        for authority in snapshot.authorities where !authority.remembered {
            guard let answer = authority.answers[key], answer.isConclusive else { continue }
            // A single root name states that the domain accepts no mail (RFC 7505).
            let hosts = answer.records.compactMap { MX($0.data)?.exchange.folded }.filter { !$0.isRoot }
            return Set(hosts).sorted()
        }
        return nil
    }

    /// The mean response time of each server and resolver in milliseconds; silent ones are omitted.
    private static func times(_ snapshot: Snapshot) -> [(server: String, milliseconds: Double)] {
        func mean(_ answers: some Collection<Answer>) -> Double? {
            let times = answers.filter { $0.outcome != .timeout }.map(\.milliseconds)
            return times.isEmpty ? nil : Double(times.reduce(0, +)) / Double(times.count)
        }
        let authorities = snapshot.authorities.filter { !$0.remembered }.compactMap { authority in
            mean(authority.answers.values).map { ("\(authority.host) \(authority.address)", $0) }
        }
        return authorities
            + snapshot.resolvers.compactMap { resolver in mean(resolver.answers.values).map { (resolver.label, $0) } }
    }

    /// Updates the open incidents after a person has accepted the present state of a domain.
    func note(open: [Incident], of domain: Name) {
        change { figures in
            figures.domains[domain]?.open = open
            figures.touched.add(domain)
        }
    }

    /// Records a round without differences.
    func note(
        unchanged domain: Name, at now: Timestamp, steady: Timestamp, times: [ReplyTime], milliseconds: Int64
    ) {
        let groups = Self.bySource(times)
        let means = groups.compactMap { source, times -> (server: String, milliseconds: Double)? in
            let mean = Double(times.reduce(0, +)) / Double(times.count)
            return switch source {
            case .parent: nil
            case .authority(let host, let address): ("\(host) \(address)", mean)
            case .resolver(let label): (label, mean)
            }
        }
        change { figures in
            figures.rounds += 1
            figures.touched.add(domain)
            figures.latencies.note(means, of: domain, at: now)
            figures.domains[domain]?.checkedAt = now
            figures.domains[domain]?.checkedSteady = steady
            figures.domains[domain]?.roundMilliseconds = milliseconds
            for case (.resolver(let label), let times) in groups {
                figures.resolvers[label, default: ResolverReport()].note(times)
            }
        }
    }

    /// Groups response times by source; those of one source are consecutive.
    private static func bySource(_ times: [ReplyTime]) -> [(source: Source, milliseconds: [Int64])] {
        var groups: [(source: Source, milliseconds: [Int64])] = []
        var place = 0
        for time in times {
            if place >= groups.count || groups[place].source != time.source {
                place = groups.firstIndex { $0.source == time.source } ?? groups.count
                if place == groups.count { groups.append((time.source, [])) }
            }
            groups[place].milliseconds.append(time.milliseconds)
        }
        return groups
    }
}
