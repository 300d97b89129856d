import DNSWire

extension Learner {
    mutating func learnResolvers() {
        for resolver in picture.resolvers where resolver.asked > 0 {
            var memory = state.resolvers[resolver.label] ?? ResolverMemory()
            if picture.isRegular { count(resolver, &memory) }
            for fact in picture.sets { learn(fact, resolver, &memory) }
            state.resolvers[resolver.label] = memory
        }
        let labels = Set(picture.resolvers.map(\.label))
        if state.resolvers.count > labels.count { state.resolvers = state.resolvers.filter { labels.contains($0.key) } }
    }

    /// Counts how well the resolver works, whatever the state of the domain.
    private func count(_ resolver: ResolverFact, _ memory: inout ResolverMemory) {
        memory.polls += 1
        memory.silentPolls = resolver.isSilent ? memory.silentPolls + 1 : 0
        // Failures count against the resolver when names elsewhere fail as well, or packets are lost. When most
        // resolvers fail at once, the cause is the names asked for, or the monitor's own network.
        let isCommon = picture.resolvers.count { isBad($0) } * 2 > picture.resolvers.count
        memory.bad = memory.bad << 1 | (isBad(resolver) && (!isCommon || picture.resolvers.count < 3) ? 1 : 0)
        countFailing(resolver, &memory)
        countValidated(resolver, &memory)
    }

    /// Counts consecutive rounds in which any RRset of the domain failed at the resolver.
    private func countFailing(_ resolver: ResolverFact, _ memory: inout ResolverMemory) {
        if resolver.failing.isEmpty {
            memory.failingPolls = 0
        } else if resolver.controlsWork, !picture.servers.contains(where: { $0.isOwn && !$0.answers }) {
            memory.failingPolls += 1
        }
        // In all other cases the fault is unclear: the round neither counts nor resets the count.
    }

    private func isBad(_ resolver: ResolverFact) -> Bool {
        if resolver.controlsFail { return true }
        // While the domain's own servers do not answer, they are the cause of the resolver's delay.
        guard !picture.servers.contains(where: { $0.isOwn && !$0.answers }) || resolver.isSilent else { return false }
        return resolver.timedOut * 8 >= max(resolver.asked, 1) && resolver.timedOut > 0
    }

    /// Counts consecutive rounds with an RRset that the resolver has, once validated and does not validate now.
    private func countValidated(_ resolver: ResolverFact, _ memory: inout ResolverMemory) {
        var isLost = false
        for fact in picture.sets {
            guard let answer = resolver.view.answers[fact.key], answer.outcome == .data, answer.aliases.isEmpty else {
                continue
            }
            // Caches may hold data that was insecure before there was a DS.
            let unsigned = state.chain.ds.first(where: \.keys.isEmpty)
            let longest = max(unsigned?.ttl ?? 0, state.sets[fact.key]?.ttl.highest ?? 0, memory.floor)
            if let unsigned, now.seconds(since: unsigned.lastSeen) <= Int64(longest) + picture.interval { continue }
            if answer.authenticData {
                memory.validatedAt = now
                memory.validated.insert(fact.key)
            } else if memory.validated.contains(fact.key), resolver.sights[fact.key] == .fits {
                isLost = true
            }
        }
        memory.unvalidatedPolls = isLost ? memory.unvalidatedPolls + 1 : 0
        // In an unsigned delegation nothing is validated.
        if picture.snapshot.parent.dsKnown, picture.snapshot.parent.ds.isEmpty, ChainRule.demands(picture).isEmpty {
            memory.validated = []
        }
    }

    private mutating func learn(_ fact: SetFact, _ resolver: ResolverFact, _ memory: inout ResolverMemory) {
        guard fact.key.type != .soa, let answer = resolver.view.answers[fact.key], !isDS(fact.key) else { return }
        switch resolver.sights[fact.key] ?? .unclear {
        case .fits:
            memory.denied[fact.key] = nil
            memory.overdue[fact.key] = nil
            learnElsewhere(answer, fact)
            if let ttl = answer.ttl, let known = state.sets[fact.key]?.ttl.highest, known > 0, ttl > known,
                ttl > memory.floor,
                state.sets[fact.key]?.current?.alias == nil
            {
                memory.floor = ttl
            }
        case .old(_, let until):
            memory.denied[fact.key] = nil
            if now > until { memory.overdue[fact.key, default: 0] += poll } else { memory.overdue[fact.key] = nil }
        case .denied:
            if let end = endOfDenial(fact, memory), now <= end { return }
            memory.denied[fact.key, default: 0] += poll
        case .foreign where picture.isLearning ? !appearsLate(fact) : isPartOfMove(answer, fact, memory):
            learnElsewhere(answer, fact)
        case .invented(let value): learnRewriting(value, resolver, &memory)
        case .foreign, .unclear: break
        }
    }

    /// Learns the substitute for missing names; a resolver that also forges existing names is excluded.
    private func learnRewriting(_ value: SetValue, _ resolver: ResolverFact, _ memory: inout ResolverMemory) {
        let isForging = picture.sets.contains { fact in
            resolver.unvouched(fact.key).contains { if case .foreign = $0.sight { true } else { false } }
        }
        guard !isForging else { return }
        for member in value.members where memory.rewriters.count < ResolverMemory.rewriterLimit {
            memory.rewriters[member] = memory.rewriters[member] ?? now
        }
    }

    /// Returns until when a cache may have kept the denial from before the RRset existed (RFC 2308 section 5).
    private func endOfDenial(_ fact: SetFact, _ memory: ResolverMemory) -> Timestamp? {
        guard let denied = state.sets[fact.key]?.served.filter({ !$0.value.isPresent }).map(\.last).max() else {
            return nil
        }
        let soa = picture.servers.filter(\.isOwn).compactMap { $0.view.answer(picture.domain, .soa)?.records.first }
        let usual = soa.compactMap { record in SOA(record.data).map { min($0.minimum, record.ttl) } }.max() ?? 3600
        // Most resolvers keep denials for at most three hours.
        return denied.adding(seconds: Int64(max(min(usual, 10_800), memory.floor)) + picture.interval)
    }

    /// Learns the RRsets in which a forged entry of one cache would be noticed.
    mutating func learnSteady() {
        let types: [RecordType] = [.a, .aaaa, .mx]
        let keys = picture.watch.sets.filter { key in
            guard types.contains(key.type), let memory = state.sets[key], let value = memory.current else {
                return false
            }
            return value.kind == .data && memory.isStable && memory.elsewhere.isEmpty
        }
        state.delegation.steady = Array(keys.prefix(DelegationMemory.steadyLimit))
    }

    /// Whether data appears at resolvers together with a move that was reported as the owner's.
    private func isPartOfMove(_ answer: Answer, _ fact: SetFact, _ memory: ResolverMemory) -> Bool {
        guard let set = state.sets[fact.key], set.departure == nil, let ttl = answer.ttl else { return false }
        return !set.isSettled(at: now, interval: picture.interval) && ttl <= max(set.ttl.highest, memory.floor)
    }

    /// Whether data appears at one resolver in the last part of learning, for a name that was the same everywhere until
    /// then. It is not learnt as data of another region: the rules judge it after learning.
    private func appearsLate(_ fact: SetFact) -> Bool {
        guard picture.isSettling, let memory = state.sets[fact.key] else { return false }
        return memory.isStable && memory.polls >= Self.settled && memory.elsewhere.isEmpty
    }

    private func isDS(_ key: RecordSetKey) -> Bool { key.type == .ds && key.name == picture.domain }

    /// Learns members that only resolvers see: behind an alias, or for other regions.
    private mutating func learnElsewhere(_ answer: Answer, _ fact: SetFact) {
        guard answer.outcome == .data, var memory = state.sets[fact.key],
            !findings.contains(where: { $0.code == .aliasTaken && $0.subject == fact.key })
        else { return }
        // Data that the domain's own servers give now is not from elsewhere, whether learnt or held back.
        let here = fact.members
        let fresh = answer.records.map { Member($0.data) }.filter { memory.pool[$0] == nil && !here.contains($0) }
        guard !fresh.isEmpty else { return }
        for member in fresh { memory.elsewhere[member] = now }
        if memory.elsewhere.count > SetMemory.poolLimit {
            let oldest = memory.elsewhere.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(
                memory.elsewhere.count - SetMemory.poolLimit)
            for entry in oldest { memory.elsewhere[entry.key] = nil }
        }
        state.sets[fact.key] = memory
    }
}
