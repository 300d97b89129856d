import DNSWire
import LapwingCore
import LapwingStore
import Logging

extension Engine {
    /// One round of one domain, with the second looks that the judge asks for.
    func round(_ id: Int) async {
        defer { running.remove(id) }
        guard let first = watches[id] else { return }
        let domain = first.domain
        guard var known = await recheck(id, first) else { return }
        var look = Look.regular
        for _ in 0...Limit.looks {
            guard let watch = watches[id], watch.domain == domain else { return }
            guard let next = await self.look(look, at: watch, id, known: known) else { return }
            known = [:]
            guard (try? await parts.clock.sleep(Double(min(next.after, settings.secondLook)))) != nil else { return }
            look = .second(next)
        }
    }

    /// Gathers, judges and writes down; returns the closer look to take, if any.
    ///
    /// - Parameter known: replies of a moment ago.
    private func look(
        _ look: Look, at watch: Watch, _ id: Int, known: [ProbeTask: ProbeReply]
    ) async -> SecondLook? {
        let memory = load(watch.domain)
        let walk = RoundWalk(
            watch: watch, resolvers: settings.resolvers, memory: memory.state.delegation, look: look,
            reachesIPv6: parts.reachesIPv6, at: parts.clock.now(), monotonic: parts.clock.monotonic())
        var gathered = await parts.gather(walk, known)
        if case .second(let wanted) = look, wanted.asksRegistry, watch.watchesRegistration {
            gathered.snapshot.registry = await parts.lookUp(watch.domain)
        } else {
            gathered.snapshot.registry = registryResults.removeValue(forKey: watch.domain)
        }
        // What a stopping process did not wait for is no observation.
        guard !Task.isCancelled else { return nil }
        // The state may have moved on while the network was asked: a person may have accepted a change.
        var current = states[watch.domain] ?? memory
        let before = current.state
        let snapshot = gathered.snapshot
        let outcome = Flow.round(watch: watch, state: current.state, snapshot: snapshot, verifier: parts.verifier)
        commit(outcome, snapshot, watch, &current)
        settle(id, watch, before: before, outcome, gathered)
        if givesReasonToAskRegistry(outcome, snapshot), let number = numbers[watch.domain] { pace.hurry(number) }
        return outcome.secondLook
    }

    private func commit(_ outcome: RoundOutcome, _ snapshot: Snapshot, _ watch: Watch, _ memory: inout CachedState) {
        let sightings = Sighting.all(in: snapshot, sets: watch.sets)
        let hash = sightings.hashValue
        // A look-up is paid for out of a registry's budget: what it told is kept at once.
        let isLookedUp = outcome.state.registry.known?.at != memory.state.registry.known?.at
        let keeps = isLookedUp || (memory.savedAt.map { snapshot.at.seconds(since: $0) >= Limit.unsaved } ?? true)
        let record = RoundRecord(
            domain: watch.domain, at: snapshot.at, sightings: hash == memory.sightings ? [] : sightings,
            outcome: outcome,
            keepsState: keeps)
        do {
            try store.commit(record)
            if keeps || !outcome.events.isEmpty || !outcome.changes.isEmpty { memory.savedAt = snapshot.at }
            memory.state = outcome.state
            memory.sightings = hash
            remember(memory, of: watch.domain)
            status.note(snapshot, of: watch, outcome: outcome, finishedAt: parts.clock.now())
        } catch {
            // The old state stays in force, so the next round finds the same change and tries to write it again.
            log.error("cannot write a round", metadata: ["domain": "\(watch.domain)", "error": "\(error)"])
        }
        for event in outcome.events {
            log.log(
                level: event.severity >= .warning ? .warning : .info, "incident",
                metadata: [
                    "event": "\(event.kind.rawValue)", "incident": "\(event.incident)",
                    "class": "\(event.incidentClass.rawValue)", "severity": "\(event.severity.rawValue)",
                    "domain": "\(event.domain)", "text": "\(event.title)",
                ])
        }
    }

    func load(_ domain: Name) -> CachedState {
        var memory = stored(domain)
        wake(domain, &memory)
        return memory
    }

    private func stored(_ domain: Name) -> CachedState {
        if let known = states[domain] { return known }
        do {
            guard let state = try store.state(of: domain) else { return CachedState(state: WatchState()) }
            return CachedState(state: state, savedAt: parts.clock.now())
        } catch {
            log.error("cannot read what is known of a domain", metadata: ["domain": "\(domain)", "error": "\(error)"])
            return CachedState(state: WatchState())
        }
    }

    func remember(_ memory: CachedState, of domain: Name) {
        if states[domain] == nil, states.count >= Limit.states, let victim = states.first {
            save(victim.value, of: victim.key)
            states[victim.key] = nil
        }
        states[domain] = memory
    }

    func save(_ memory: CachedState, of domain: Name) {
        let record = RoundRecord(
            domain: domain, at: parts.clock.now(), sightings: [], outcome: RoundOutcome(state: memory.state),
            keepsState: true)
        do {
            try store.commit(record)
        } catch {
            log.error("cannot write what is known of a domain", metadata: ["domain": "\(domain)", "error": "\(error)"])
        }
    }

    func saveStates() {
        for (domain, memory) in states {
            var memory = memory
            if let number = numbers[domain] { rests[number]?.rest.makeUp(in: &memory.state) }
            save(memory, of: domain)
        }
    }
}
