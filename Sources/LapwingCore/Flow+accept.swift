import DNSWire

extension Flow {
    /// Takes what an incident tells as the new normal, because a person said so; nil means every open incident.
    ///
    /// The incidents end at once, and the values that they held back count as known from now on.
    package static func accept(state: WatchState, incident: String?, by person: String, at now: Timestamp)
        -> RoundOutcome
    {
        var outcome = RoundOutcome(state: state)
        let accepted = state.book.open.filter { incident == nil || $0.id == incident }
        outcome.state.book.open.removeAll { incident == nil || $0.id == incident }
        for var incident in accepted {
            incident.acceptedBy = person.isEmpty ? "somebody" : person
            incident.closedAt = now
            outcome.state.learn(incident, at: now)
            outcome.events.append(incident.step(.close, at: now))
            outcome.changes += incident.changes
            outcome.state.book.shelve(incident)
        }
        return outcome
    }
}

extension WatchState {
    /// Makes normal what an incident was about.
    fileprivate mutating func learn(_ incident: Incident, at now: Timestamp) {
        for key in incident.holds {
            guard let departure = sets[key]?.departure else { continue }
            sets[key]?.take(departure, at: now)
        }
        switch incident.cause {
        // The next round takes the delegation, the DS and what the servers serve as it finds them.
        case .delegation:
            baseline.hosts = [:]
            dependencies = [:]
            sets = [:]
            serials = []
            baseline.departure = nil
            chain.acceptedDS = nil
            chain.ds = []
        case .holder: registry.accepted = nil
        case .loss, .content: preparation.loosenedAt = nil
        default:
            guard let name = incident.cause.dependency else { break }
            dependencies[name] = nil
            for key in sets.keys where sets[key]?.current?.alias?.folded == name {
                sets[key]?.danglingSince = nil
                sets[key]?.danglingPolls = 0
            }
        }
        // What was suspected of it begins anew.
        book.suspicions = book.suspicions.filter { !$0.key.hasPrefix("\(incident.cause) ") }
    }
}

extension SetMemory {
    /// Takes a value that waited for a verdict for the normal one.
    mutating func take(_ departure: Departure, at now: Timestamp) {
        served.removeAll { $0.value == departure.value }
        served.insert(Served(value: departure.value, first: departure.since, last: now), at: 0)
        for member in departure.value.members { pool[member] = now }
        if let ttl = departure.ttl { self.ttl.note(ttl, at: now) }
        self.departure = nil
    }
}
