import DNSWire

extension Learner {
    mutating func learnSets() {
        for fact in picture.sets {
            guard !fact.own.isEmpty else { continue }
            var memory = state.sets[fact.key] ?? SetMemory()
            let before = memory.current
            let isHeld = held.contains(fact.key) && !picture.isLearning || turnsOverLate(fact, memory)
            noteNovelty(of: fact, &memory)
            if isHeld {
                note(departureOf: fact, &memory)
            } else {
                learn(fact, &memory)
                if memory.departure != nil || before != memory.current { notePreparation(fact, before, memory.current) }
                memory.departure = nil
            }
            state.sets[fact.key] = memory
        }
        // A weakened policy counts from the time when it is believed, although it is not learnt.
        if believed.contains(where: { $0.code == .policyWeakened && $0.severity >= .warning }) {
            state.preparation.loosenedAt = now
        }
    }

    /// Whether a value is replaced in the last part of learning. The new one is not learnt as normal: the rules judge
    /// it after learning.
    private func turnsOverLate(_ fact: SetFact, _ memory: SetMemory) -> Bool {
        guard picture.isSettling, memory.isStable, memory.polls >= Self.settled, let known = memory.current,
            known.kind == .data, [.a, .aaaa, .cname, .mx].contains(fact.key.type)
        else { return false }
        return fact.own.contains { sight in
            sight.value.isPresent && sight.value != known && sight.value.members.allSatisfy { memory.pool[$0] == nil }
        }
    }

    /// The number of regular rounds after which a value is known well enough to be compared with another.
    static let settled = 12

    private func noteNovelty(of fact: SetFact, _ memory: inout SetMemory) {
        let members = Set(fact.own.map(\.value).filter { $0.kind == .data && $0.alias == nil }.flatMap(\.members))
        guard !members.isEmpty, !memory.pool.isEmpty, !picture.isLearning else { return }
        guard members.allSatisfy({ memory.pool[$0] == nil }) else {
            // The observations of a second look belong to the round before it.
            if picture.isRegular { memory.novelty = nil }
            return
        }
        var novelty = memory.novelty ?? SetMemory.Novelty()
        let known = Set(novelty.members)
        if picture.isRegular { novelty.rounds = known.isDisjoint(with: members) ? novelty.rounds + 1 : 0 }
        let fresh = members.subtracting(known).sorted()
        novelty.members += fresh.prefix(SetMemory.Novelty.limit - novelty.members.count)
        memory.novelty = novelty
    }

    private func learn(_ fact: SetFact, _ memory: inout SetMemory) {
        let before = memory.current
        let isNew = fact.own.contains { sight in sight.value.members.contains { memory.pool[$0] == nil } }
        let isStrange =
            !memory.pool.isEmpty
            && fact.own.allSatisfy { sight in
                !sight.value.members.isEmpty && sight.value.members.allSatisfy { memory.pool[$0] == nil }
            }
        for sight in fact.own.reversed() { note(sight.value, &memory) }
        if let ttl = fact.ttl, fact.isPresent { memory.ttl.note(ttl, at: now) }
        if picture.isRegular {
            memory.polls += 1
            let varies = Set(fact.own.map(\.value)).count > 1 && Set(fact.own.map(\.server.serial)).count == 1
            memory.varied += varies ? 1 : 0
            let turns = before != nil && (isNew || varies || memory.current != before)
            memory.changes += turns ? 1 : 0
            memory.turns = (memory.turns ?? 0) << 1 | (turns ? 1 : 0)
            memory.strange = memory.strange << 1 | (isStrange ? 1 : 0)
            // Old variations fade, so that a name can become steady again.
            if memory.polls >= 2016 {
                memory.polls /= 2
                memory.changes /= 2
                memory.varied /= 2
            }
        }
    }

    private func note(_ value: SetValue, _ memory: inout SetMemory) {
        if let index = memory.served.firstIndex(where: { $0.value == value }) {
            memory.served[index].last = now
            if index > 0 { memory.served.insert(memory.served.remove(at: index), at: 0) }
        } else {
            memory.served.insert(SetMemory.Served(value: value, first: now, last: now), at: 0)
            if memory.served.count > SetMemory.historyLimit { memory.served.removeLast() }
        }
        for member in value.members { memory.pool[member] = now }
        if memory.pool.count > SetMemory.poolLimit {
            let oldest = memory.pool.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(
                memory.pool.count - SetMemory.poolLimit)
            for entry in oldest { memory.pool[entry.key] = nil }
        }
    }

    private func note(departureOf fact: SetFact, _ memory: inout SetMemory) {
        guard let sight = fact.own.first(where: { $0.value != memory.current }) else {
            // Only the TTL waits for a verdict.
            return
        }
        if memory.departure?.value != sight.value {
            memory.departure = SetMemory.Departure(value: sight.value, since: now, ttl: sight.ttl)
        }
        // Servers that still give the accepted value keep it current.
        if let current = memory.current, fact.own.contains(where: { $0.value == current }) {
            memory.served[0].last = now
        }
    }

    /// Remembers signs of a change that the owner is about to make.
    private mutating func notePreparation(_ fact: SetFact, _ before: SetValue?, _ after: SetValue?) {
        guard let before, let after, before != after, fact.key.type == .txt || fact.key.type == .caa else { return }
        let difference = PolicyDifference(fact.key, from: before, to: after)
        if difference.addsToken { state.preparation.tokenAt = now }
        if difference.addsSenders { state.preparation.sendersAt = now }
    }
}
