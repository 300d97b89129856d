import DNSWire

/// Data that one place gets and that was never seen elsewhere.
struct PlaceForeign: Hashable {
    let key: RecordSetKey
    let value: PlaceSight.Value
    let set: SetValue
}

extension Picture {
    /// What a place gets in two looks in a row although nobody was ever seen to give it: neither the domain's servers here,
    /// nor anybody at any place that is known for long enough.
    ///
    /// Silent where it is normal that places differ: the name gives different records here and there, or varies, or is on
    /// the move, or this place was not learnt yet.
    func foreignValues(at view: PlaceView) -> [PlaceForeign] {
        guard let sight = view.sight, !isLearning, let memory = state.places?[view.place],
            now.seconds(since: memory.since) >= max(watch.learning, Self.placeLearning * interval)
        else { return [] }
        return sight.sets.flatMap { set in foreignValues(of: set, memory) }
    }

    /// Intervals for which what a place gets is learnt without a word.
    private static let placeLearning: Int64 = 3

    private func foreignValues(of set: PlaceSight.RecordSet, _ memory: PlaceMemory) -> [PlaceForeign] {
        guard set.values.contains(where: \.isConfirmed), let fact = sets.first(where: { $0.key == set.key }),
            let home = self.memory(set.key), home.isSettled(at: now, interval: interval), fact.isPresent,
            fact.own.allSatisfy({ home.knows($0.value, at: now) }), home.elsewhere.isEmpty
        else { return [] }
        var known = fact.members.union(home.unexpired(at: now))
        let pool = memory.sets[set.key]
        // A name that gave this place its own before goes on doing so.
        guard pool?.isVarying != true, pool?.members.keys.allSatisfy(known.contains) ?? true else { return [] }
        for other in (state.places ?? [:]).values {
            known.formUnion(other.sets[set.key]?.members.keys.map { $0 } ?? [])
        }
        return set.values.compactMap { value in
            guard value.isConfirmed, let seen = value.value, seen.kind == .data, !seen.members.isEmpty,
                known.isDisjoint(with: seen.members),
                // Where the alias itself is right, anything may be behind it.
                !fact.own.contains(where: { $0.value.kind == .elsewhere && $0.value.alias == seen.alias })
            else { return nil }
            // What an IPv4 network makes of the name's addresses for IPv6 (RFC 6147) comes from resolvers only.
            let context = ResolverSight.Context(sets: sets, state: state, now: now, interval: interval)
            if value.servers.isEmpty, seen.members.allSatisfy({ context.isSynthesis($0, of: set.key) }) { return nil }
            return PlaceForeign(key: set.key, value: value, set: seen)
        }
    }
}

extension SetMemory {
    /// Members that an accepted server gave within the last ``memory`` seconds.
    func unexpired(at now: Timestamp) -> [Member] {
        pool.compactMap { now.seconds(since: $0.value) <= Self.memory ? $0.key : nil }
    }
}
