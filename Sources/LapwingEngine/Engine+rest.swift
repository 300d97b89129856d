import DNSWire
import LapwingCore

extension Engine {
    /// A domain whose rounds only ask whether everything is as it was.
    struct Resting {
        var rest: Rest
        /// Hash of what the sources serve.
        var sightings: Int?
    }

    /// Decoded memories that are kept of domains at rest; beyond that a domain's memory waits in the store.
    static let restingStates = 256

    /// Asks a resting domain whether everything is as it was.
    ///
    /// Nil when it is: the round is over. Otherwise the replies that came, for the round that has to follow.
    func recheck(_ id: Int, _ watch: Watch) async -> [ProbeTask: ProbeReply]? {
        let now = parts.clock.now()
        let monotonic = parts.clock.monotonic()
        guard let rest = rests[id]?.rest, registryResults[watch.domain] == nil,
            rest.holds(at: now, monotonic: monotonic)
        else { return [:] }
        let walk = RoundWalk(
            watch: watch, resolvers: settings.resolvers, memory: DelegationMemory(), reachesIPv6: parts.reachesIPv6,
            at: now, monotonic: monotonic)
        let result = await parts.recheck(walk, rest.print)
        // A person may have stepped in, or a registry answered, while the network was asked.
        guard !Task.isCancelled, watches[id] == watch, rests[id] != nil, registryResults[watch.domain] == nil else {
            return [:]
        }
        switch result {
        case .different(let replies): return replies
        case .same(let times):
            rests[id]?.rest.pass(at: now, monotonic: monotonic)
            status.note(unchanged: watch.domain, at: now, times: times, finishedAt: parts.clock.now())
            return nil
        }
    }

    /// Lets a domain rest that has earned it.
    func settle(_ id: Int, _ watch: Watch, before: WatchState, _ outcome: RoundOutcome, _ gathered: Gathered) {
        guard let print = gathered.print, watches[id] == watch,
            let until = Flow.rest(
                watch: watch, before: before, outcome: outcome, snapshot: gathered.snapshot, verifier: parts.verifier)
        else { return }
        guard let memory = states[watch.domain] else { return }
        let rest = Rest(print, until: until, from: gathered.snapshot)
        rests[id] = Resting(rest: rest, sightings: memory.sightings)
        guard states.count > Self.restingStates else { return }
        if memory.savedAt != gathered.snapshot.at { save(memory, of: watch.domain) }
        states[watch.domain] = nil
    }

    /// Ends a rest, since the domain is looked at otherwise from now on.
    func wake(_ domain: Name) {
        guard let number = numbers[domain], rests[number] != nil else { return }
        _ = load(domain)
    }

    /// Ends a rest: memory passes what was left out.
    func wake(_ domain: Name, _ memory: inout CachedState) {
        guard let number = numbers[domain], let rest = rests.removeValue(forKey: number) else { return }
        rest.rest.makeUp(in: &memory.state)
        memory.sightings = rest.sightings
        remember(memory, of: domain)
    }
}
