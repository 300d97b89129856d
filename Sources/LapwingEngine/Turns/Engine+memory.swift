import DNSWire
import LapwingCore
import LapwingStore
import Logging

/// Memory of domains: as much as is in use is kept decoded, the rest waits in the store.
extension Engine {
    /// Decoded memories up to which those of domains at rest are kept; beyond that a resting domain's waits in the store.
    static let restingStates = 256

    struct CachedState {
        var state: WatchState
        /// By the steady clock.
        var savedAt: Timestamp?
        /// Whether it has moved on since it was written down.
        var isChanged = false
        /// What of it is in the store.
        var kept: KeptMemory?
        /// Hash of what the sources served last, so that an unchanged round writes nothing.
        var sightings: Int?
    }

    /// Domains in the order in which their memories were decoded: as many places as memories may be kept.
    ///
    /// To take out whichever comes first in the dictionary would empty one end of it and crowd the other.
    struct Decoded {
        private var names: [Name] = []
        private var next = 0

        /// Puts a domain in the place of the one that was decoded longest ago, which comes back; nil while there is room.
        mutating func add(_ domain: Name) -> Name? {
            guard names.count >= Limit.states else {
                names.append(domain)
                return nil
            }
            defer { next = (next + 1) % names.count }
            let oldest = names[next]
            names[next] = domain
            return oldest
        }
    }

    /// What is remembered of a domain, without the rounds that a rest leaves out; nil while the store cannot be read.
    func recall(_ domain: Name) -> CachedState? {
        if let known = states[domain] { return known }
        do {
            switch try store.recall(domain, at: parts.clock.now()) {
            case .nothing: return CachedState(state: WatchState())
            case .state(let state, let kept):
                let sightings = numbers[domain].flatMap { courses[$0]?.sightings }
                return CachedState(state: state, savedAt: parts.clock.steady(), kept: kept, sightings: sightings)
            case .lost(let open, let next):
                return CachedState(
                    state: WatchState(afterLossAt: parts.clock.now(), open: open, nextIncident: next))
            }
        } catch {
            log.error("cannot read what is known of a domain", metadata: ["domain": "\(domain)", "error": "\(error)"])
            return nil
        }
    }

    func remember(_ memory: CachedState, of domain: Name) {
        if states[domain] == nil, let oldest = decoded.add(domain), let victim = states.removeValue(forKey: oldest) {
            if victim.isChanged { save(victim, of: oldest) }
        }
        states[domain] = memory
    }

    func save(_ memory: CachedState, of domain: Name) {
        let record = RoundRecord(
            domain: domain, at: parts.clock.now(), sightings: [], outcome: RoundOutcome(state: memory.state),
            keepsState: true, kept: memory.kept)
        do {
            try store.commit(record)
        } catch {
            log.error("cannot write what is known of a domain", metadata: ["domain": "\(domain)", "error": "\(error)"])
        }
    }

    func saveStates() {
        for (domain, memory) in states {
            var memory = memory
            if let number = numbers[domain] { courses[number]?.turn.makeUp(in: &memory.state) }
            save(memory, of: domain)
        }
    }
}
