import DNSWire

/// Data that one place receives and that was never seen elsewhere.
struct PlaceForeign: Hashable {
    let key: RecordSetKey
    let value: PlaceSight.Value
    let set: SetValue
}

extension Picture {
    /// Returns the data that a place received in two consecutive looks and that no known source ever served: neither
    /// the domain's servers here nor any server or resolver at any place.
    ///
    /// Returns nothing if a difference between places is normal: the RRset already differs between this place and here,
    /// varies, or is changing, or this place has not been learnt yet.
    func foreignValues(at view: PlaceView) -> [PlaceForeign] {
        guard let sight = view.sight, !isLearning, let memory = state.places?[view.place],
            now.seconds(since: memory.since) >= max(watch.learning, Self.placeLearning * interval)
        else { return [] }
        return sight.sets.flatMap { set in foreignValues(of: set, memory) }
    }

    /// The number of intervals for which the data of a new place is learnt without a finding.
    private static let placeLearning: Int64 = 3

    private func foreignValues(of set: PlaceSight.RecordSet, _ memory: PlaceMemory) -> [PlaceForeign] {
        guard set.values.contains(where: \.isConfirmed), let fact = sets.first(where: { $0.key == set.key }),
            let home = self.memory(set.key), home.isSettled(at: now, interval: interval), fact.isPresent,
            fact.own.allSatisfy({ home.knows($0.value, at: now) }), home.elsewhere.isEmpty
        else { return [] }
        var known = fact.members.union(home.unexpired(at: now))
        let pool = memory.sets[set.key]
        // A name that served this place its own data before may continue to do so.
        guard pool?.isVarying != true, pool?.members.keys.allSatisfy(known.contains) ?? true else { return [] }
        for other in (state.places ?? [:]).values {
            known.formUnion(other.sets[set.key]?.members.keys.map { $0 } ?? [])
        }
        return set.values.compactMap { value in
            guard value.isConfirmed, let seen = value.value, seen.kind == .data, !seen.members.isEmpty,
                known.isDisjoint(with: seen.members),
                // If the alias itself is correct, its target may have any data.
                !fact.own.contains(where: { $0.value.kind == .elsewhere && $0.value.alias == seen.alias })
            else { return nil }
            // IPv6 addresses that DNS64 synthesizes from the name's IPv4 addresses (RFC 6147) come only from resolvers.
            let context = ResolverSight.Context(sets: sets, state: state, now: now, interval: interval)
            if value.servers.isEmpty, seen.members.allSatisfy({ context.isSynthesis($0, of: set.key) }) { return nil }
            return PlaceForeign(key: set.key, value: value, set: seen)
        }
    }
}

extension SetMemory {
    /// Returns the members that an accepted server gave within the last ``memory`` seconds.
    func unexpired(at now: Timestamp) -> [Member] {
        pool.compactMap { now.seconds(since: $0.value) <= Self.memory ? $0.key : nil }
    }
}
