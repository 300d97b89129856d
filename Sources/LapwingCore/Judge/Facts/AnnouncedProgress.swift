import DNSWire

/// How far an announced change has progressed, as one round shows it.
enum AnnouncedProgress: Hashable {
    /// No relevant server gave a conclusive answer.
    case unseen
    /// Every server has the previous value.
    case before
    /// Some servers have the new value and the others the previous one.
    case part(done: [String], left: [String])
    /// At least one server has a third value; the values in words.
    case other([String])
    /// Every server has the new value.
    case done
}

extension Picture {
    /// Returns how far the change has progressed.
    ///
    /// - Parameter before: the previous value, in the notation of ``Change``; nil if it is unknown.
    func progress(of change: AnnouncedChange, before: [String]?) -> AnnouncedProgress {
        guard let key = change.key else { return registrarProgress(change, before) }
        if key.name == domain, key.type == .ds { return dsProgress(change, before) }
        let inZone = zoneProgress(key, change, before)
        guard key.name == domain, key.type == .ns else { return inZone }
        return Self.both(delegationProgress(change, before), inZone)
    }

    /// Returns the present value, in the notation of ``Change``; nil if it is unknown.
    func present(_ change: AnnouncedChange) -> [String]? {
        guard let key = change.key else {
            let facts = state.registry.accepted ?? state.registry.known
            return facts.map { [$0.registrar, $0.registrarID].compactMap(\.self) }
        }
        if key.name == domain, key.type == .ds {
            return snapshot.parent.dsKnown ? snapshot.parent.ds.map(\.data.text).sorted() : nil
        }
        if key.name == domain, key.type == .ns, !state.baseline.names.isEmpty {
            return state.baseline.names.map { "\($0)" }.sorted()
        }
        return memory(key)?.current?.texts(of: key.type)
    }

    /// Returns the seconds for which caches may keep the previous value; 0 if there is none to keep.
    func oldSeconds(of change: AnnouncedChange) -> Int64 {
        guard let key = change.key else { return 0 }
        var seconds = Int64(memory(key)?.ttl.highest ?? 0)
        if key.name == domain, key.type == .ns {
            seconds = max(seconds, Int64(max(snapshot.parent.nsTTL ?? 0, state.baseline.nsTTL)))
        }
        if key.name == domain, key.type == .ds { seconds = Int64(snapshot.parent.dsTTL ?? 0) }
        // A negative answer is cached for the SOA's minimum (RFC 2308 §5).
        let soas = servers.filter(\.answers).compactMap { $0.view.answer(domain, .soa)?.records.first }
        let denied = soas.compactMap { record in SOA(record.data).map { Int64(min($0.minimum, record.ttl)) } }.max()
        return max(seconds, memory(key)?.ttl.current == nil ? denied ?? 0 : 0)
    }

    // MARK: Parts

    /// Judges the servers that the parent delegates to; if none of them answers, the accepted servers.
    private func zoneProgress(
        _ key: RecordSetKey, _ change: AnnouncedChange, _ before: [String]?
    ) -> AnnouncedProgress {
        guard let fact = sets.first(where: { $0.key == key }) else { return .unseen }
        let listed = (fact.own + fact.strange).filter(\.server.isListed)
        let sights = listed.isEmpty ? fact.own : listed
        var (done, left, others): ([String], [String], [String]) = ([], [], [])
        for sight in sights {
            if isExactly(sight.value, change) {
                done.append("\(sight.server.host)")
            } else if isTurn(sight.value, of: key)
                || before.map({
                    Set(sight.value.texts(of: key.type)) == Set($0) || !sight.value.isPresent && Self.isNothing($0)
                }) ?? true
            {
                left.append("\(sight.server.host)")
            } else {
                others += sight.value.texts(of: key.type)
            }
        }
        return Self.progress(done, left, others)
    }

    /// Whether a name whose answers vary shows what it showed before, in another of its turns.
    private func isTurn(_ value: SetValue, of key: RecordSetKey) -> Bool {
        guard let memory = memory(key), !memory.isStable, value.kind == .data, value.alias == memory.current?.alias
        else { return false }
        return memory.unseenMembers(in: value, at: now).isEmpty
    }

    private func delegationProgress(_ change: AnnouncedChange, _ before: [String]?) -> AnnouncedProgress {
        guard snapshot.parent.state == .delegated else { return .unseen }
        let listed = Self.folded(snapshot.parent.hosts.map { "\($0.name)" })
        if listed == Self.folded(change.values) { return .done }
        if before.map({ listed == Self.folded($0) }) ?? true { return .before }
        return .other(listed.sorted())
    }

    private func dsProgress(_ change: AnnouncedChange, _ before: [String]?) -> AnnouncedProgress {
        guard snapshot.parent.dsKnown, snapshot.parent.state == .delegated else { return .unseen }
        let present = snapshot.parent.ds.map(\.data)
        if Member.sorted(present) == Member.sorted(change.data) { return .done }
        let texts = present.map(\.text).sorted()
        if before.map({ $0.sorted() == texts }) ?? true { return .before }
        return .other(texts.isEmpty ? ["no DS"] : texts)
    }

    private func registrarProgress(_ change: AnnouncedChange, _ before: [String]?) -> AnnouncedProgress {
        guard let facts = RegistrationRule.facts(self) else { return .unseen }
        if Self.isRegistrar(facts, change) { return .done }
        let words = [facts.registrar, facts.registrarID].compactMap(\.self)
        if before.map({ Self.folded($0) == Self.folded(words) }) ?? true { return .before }
        return .other([words.joined(separator: ", ")])
    }

    static func isRegistrar(_ facts: RegistryView, _ change: AnnouncedChange) -> Bool {
        guard let wanted = change.values.first else { return false }
        return facts.registrarID == wanted || facts.registrar?.lowercased() == wanted.lowercased()
    }

    /// Whether a value is exactly the announced one.
    func isExactly(_ value: SetValue, _ change: AnnouncedChange) -> Bool {
        guard value.alias == nil else { return false }
        if change.values.isEmpty { return !value.isPresent }
        return value.kind == .data && value.members == Member.sorted(change.data)
    }

    private static func progress(_ done: [String], _ left: [String], _ others: [String]) -> AnnouncedProgress {
        if !others.isEmpty { return .other(Set(others).sorted()) }
        if done.isEmpty { return left.isEmpty ? .unseen : .before }
        return left.isEmpty ? .done : .part(done: Set(done).sorted(), left: Set(left).sorted())
    }

    /// Combines the two sides of a delegation: the parent's NS RRset and the zone's own.
    private static func both(_ parent: AnnouncedProgress, _ zone: AnnouncedProgress) -> AnnouncedProgress {
        switch (parent, zone) {
        case (.other, _): parent
        case (_, .other): zone
        case (.done, .done): .done
        case (.before, .before), (.before, .unseen): .before
        case (.unseen, _): .unseen
        case (.done, .unseen): .unseen
        case (.done, _): .part(done: ["the zone above"], left: ["the zone's own list"])
        case (.before, _): .part(done: ["the zone's own list"], left: ["the zone above"])
        default: zone
        }
    }

    private static func folded(_ texts: [String]) -> Set<String> { Set(texts.map { $0.lowercased() }) }

    private static func isNothing(_ texts: [String]) -> Bool {
        texts.allSatisfy { $0 == "NODATA" || $0 == "NXDOMAIN" }
    }
}
