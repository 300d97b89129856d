import DNSWire

extension Learner {
    /// Learns the records that are given at other places, except those that a rule objects to.
    mutating func learnPlaces() {
        guard !picture.snapshot.places.isEmpty else {
            // There are no other places any more: a place that returns is learnt anew.
            if state.places != nil { state.places = nil }
            return
        }
        // While the domain may be in other hands, its records at other places are not learnt as normal either.
        guard picture.state.baseline.departure == nil, !findings.has(.delegation) else { return }
        let present = Set(picture.snapshot.places.map(\.place))
        var places = (state.places ?? [:]).filter { present.contains($0.key) }
        let watched = Set(picture.watch.sets).subtracting(held)
        let doubted = PlaceRule.strange(picture)
        for view in picture.snapshot.places {
            guard let sight = view.sight, places[view.place] != nil || places.count < PlaceMemory.limit else {
                continue
            }
            var memory = places[view.place] ?? PlaceMemory(since: now)
            if memory.sets.count > picture.watch.sets.count {
                memory.sets = memory.sets.filter { picture.watch.sets.contains($0.key) }
            }
            for set in sight.sets where watched.contains(set.key) {
                let strange = doubted.filter { $0.place == view.place && $0.foreign.key == set.key }
                for value in set.values
                where value.isConfirmed && !strange.contains(where: { $0.foreign.value == value }) {
                    memory.note(value.value?.members ?? [], of: set.key, at: now)
                }
            }
            places[view.place] = memory
        }
        let learnt = places.isEmpty ? nil : places
        if state.places != learnt { state.places = learnt }
    }
}
