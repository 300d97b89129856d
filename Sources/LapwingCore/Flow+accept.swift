import DNSWire

extension Flow {
    /// Accepts the changes of an incident as the new normal, on behalf of a person; nil means every open change.
    ///
    /// The incidents are closed at once, and the values that they held back count as known from now on. A fault is not
    /// a change: it stays open, since the next round would find it again.
    package static func accept(state: WatchState, incident: String?, by person: String, at now: Timestamp)
        -> RoundOutcome
    {
        var outcome = RoundOutcome(state: state)
        func isMeant(_ open: Incident) -> Bool {
            (incident == nil || open.id == incident) && open.code.nature.canBeAccepted
        }
        let accepted = state.book.open.filter(isMeant)
        outcome.state.book.open.removeAll(where: isMeant)
        for var incident in accepted {
            incident.acceptedBy = person.isEmpty ? "somebody" : person
            incident.closedAt = now
            outcome.state.learn(incident, at: now)
            outcome.events.append(incident.step(.close, at: now))
            var lasting = outcome.state.lasting ?? LastingChanges()
            outcome.changes += lasting.accept(incident.changes)
            outcome.state.lasting = lasting.isEmpty ? nil : lasting
            outcome.state.book.shelve(incident)
        }
        return outcome
    }
}

extension WatchState {
    /// Learns the matter of an incident as normal.
    fileprivate mutating func learn(_ incident: Incident, at now: Timestamp) {
        for key in incident.holds {
            guard let departure = sets[key]?.departure else { continue }
            sets[key]?.take(departure, at: now)
        }
        if incident.allParts.contains(where: { $0.code == .recordFlux }) {
            for key in incident.holds { sets[key]?.takeForVarying() }
        }
        for cause in Set(incident.allParts.map(\.cause)).union([incident.cause]) { learn(cause, at: now) }
    }

    private mutating func learn(_ cause: Cause, at now: Timestamp) {
        switch cause {
        // The next round learns the delegation, the DS and the servers' data as it finds them.
        case .delegation:
            baseline.hosts = [:]
            dependencies = [:]
            sets = [:]
            serials = []
            baseline.departure = nil
            chain.acceptedDS = nil
            chain.ds = []
            forewarnings = nil
        case .secureDelegation:
            chain.acceptedDS = nil
            chain.ds = []
            forewarnings?.dsAt = nil
        case .holder:
            registry.accepted = nil
            forewarnings?.registrarAt = nil
            forewarnings?.lockAt = nil
        case .memory: lostAt = nil
        // The records of that place are learnt anew.
        case .place(let name): places?[name] = nil
        case .loss, .content: preparation.loosenedAt = nil
        case .dependency(let name):
            dependencies[name.folded] = nil
            for key in sets.keys where sets[key]?.current?.alias?.folded == name.folded {
                sets[key]?.danglingSince = nil
                sets[key]?.danglingPolls = 0
            }
        default: break
        }
        // Suspicions of this cause begin anew.
        book.suspicions = book.suspicions.filter { !$0.key.hasPrefix("\(cause) ") }
    }
}

extension SetMemory {
    /// Learns a value that waited for a verdict as the normal one.
    mutating func take(_ departure: Departure, at now: Timestamp) {
        served.removeAll { $0.value == departure.value }
        served.insert(Served(value: departure.value, first: departure.since, last: now), at: 0)
        for member in departure.value.members { pool[member] = now }
        if let ttl = departure.ttl { self.ttl.note(ttl, at: now) }
        self.departure = nil
    }

    /// Marks the name as one that always gives new values, so that a new value means nothing.
    mutating func takeForVarying() {
        strange = .max
        changes = polls
        novelty = nil
    }
}
