import DNSWire

/// One answer of a resolver against what the authority is known to have served.
enum ResolverSight: Hashable {
    /// What the authority serves, or a part of a pool.
    case fits
    /// What the authority served before; when it should be out of every cache.
    case old(SetValue, until: Timestamp)
    /// The name or type is denied although the authority has data.
    case denied
    /// Data for what the authority says does not exist, and never did.
    case invented(SetValue)
    /// Data that the authority never gave.
    case foreign(SetValue)
    /// Nothing can be said.
    case unclear

    /// What a sight is judged against; a reference because memory is large and every answer is held against it.
    final class Context {
        let sets: [SetFact]
        let state: WatchState
        let now: Timestamp
        let interval: Int64

        init(sets: [SetFact], state: WatchState, now: Timestamp, interval: Int64) {
            self.sets = sets
            self.state = state
            self.now = now
            self.interval = interval
        }
    }

    init(_ answer: Answer, _ fact: SetFact, _ resolver: ResolverMemory?, _ context: Context) {
        guard let value = SetValue(answer), let memory = context.state.sets[fact.key], memory.current != nil else {
            self = .unclear
            return
        }
        let now = fact.own.map(\.value)
        if now.contains(value) || (now.isEmpty && memory.current == value) {
            self = .fits
            return
        }
        if value.kind == .data {
            self = Self.judge(value, now, memory, resolver, context)
        } else {
            let isPresent = now.isEmpty ? memory.current?.isPresent == true : now.contains(where: \.isPresent)
            let isAlias =
                value.alias != nil && (now.contains { $0.alias == value.alias } || memory.current?.alias == value.alias)
            self = !isPresent || isAlias ? .fits : .denied
        }
    }

    private static func judge(
        _ value: SetValue, _ now: [SetValue], _ memory: SetMemory, _ resolver: ResolverMemory?, _ context: Context
    ) -> ResolverSight {
        // Behind an alias out of the zone anything may be; the alias itself has to be right.
        if let alias = value.alias {
            if now.contains(where: { $0.alias == alias && $0.kind == .elsewhere }) { return .fits }
            if memory.current?.alias == alias, memory.current?.kind == .elsewhere { return .fits }
        }
        let present = Set(now.flatMap(\.members))
        let strangers = value.members.filter { member in
            !present.contains(member) && memory.elsewhere[member] == nil
                && (memory.pool[member].map { context.now.seconds(since: $0) > SetMemory.memory } ?? true)
        }
        if !strangers.isEmpty {
            if now.isEmpty { return .unclear }
            // Of a name whose answers vary, one known member makes the others growth of the pool.
            if !memory.isStable, strangers.count < value.members.count { return .fits }
            let exists = now.contains(where: \.isPresent) || memory.served.contains { $0.value.isPresent }
            return exists ? .foreign(value) : .invented(value)
        }
        guard memory.isStable, !now.isEmpty, !Set(value.members).isSubset(of: present),
            value.members.allSatisfy({ memory.elsewhere[$0] == nil })
        else { return .fits }
        let last =
            memory.served.first { $0.value == value }?.last ?? value.members.compactMap { memory.pool[$0] }.max()
            ?? context.now
        let ttl = Int64(max(memory.ttl.highest, resolver?.floor ?? 0))
        return .old(value, until: last.adding(seconds: ttl + context.interval))
    }
}
