import DNSWire
import LapwingCore
import LapwingStore
import Logging

/// The memories of domains: those in use are kept decoded, the others are in the store.
extension Engine {
    /// The number of decoded memories up to which those of resting domains are kept as well; beyond it they are left to
    /// the store.
    static let restingStates = 256

    struct CachedState {
        var state: WatchState
        /// On the steady clock.
        var savedAt: Timestamp?
        /// Whether it has changed since it was written.
        var isChanged = false
        /// The parts that are in the store.
        var kept: KeptMemory?
        /// The hash of the last sightings, so that an unchanged round writes nothing.
        var sightings: Int?
    }

    /// Domains in the order in which their memories were decoded, with a fixed capacity.
    ///
    /// Removing the first element of the dictionary instead would empty one end of its storage and crowd the other.
    struct Decoded {
        private var names: [Name] = []
        private var next = 0

        /// Adds a domain in place of the one that was decoded longest ago, which is returned; nil while there is room.
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

    /// Returns the memory of a domain, without the rounds that a rest omits; nil while the store cannot be read.
    func recall(_ domain: Name) -> CachedState? {
        if let known = states[domain] { return known }
        do {
            switch try store.recall(domain, at: parts.clock.now()) {
            case .nothing: return CachedState(state: WatchState())
            case .state(let state, let kept):
                let sightings = numbers[domain].flatMap { courses[$0]?.value.sightings }
                return CachedState(state: state, savedAt: parts.clock.steady(), kept: kept, sightings: sightings)
            case .lost(let open, let next):
                return CachedState(
                    state: WatchState(afterLossAt: parts.clock.now(), open: open, nextIncident: next))
            }
        } catch {
            log.error("cannot read the state of a domain", metadata: ["domain": "\(domain)", "error": "\(error)"])
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
            log.error("cannot write the state of a domain", metadata: ["domain": "\(domain)", "error": "\(error)"])
        }
    }

    func saveStates() {
        for (domain, memory) in states {
            var memory = memory
            if let number = numbers[domain] { courses[number]?.value.turn.makeUp(in: &memory.state) }
            save(memory, of: domain)
        }
    }
}
