import DNSWire

/// One answer of a resolver compared with the data that the authoritative servers are known to have served.
enum ResolverSight: Hashable {
    /// What the authoritative servers serve, or a part of a pool.
    case fits
    /// What the authoritative servers served before, and the time by which it should have left every cache.
    case old(SetValue, until: Timestamp)
    /// The name or type is denied although the authoritative servers have data.
    case denied
    /// Data for a name that does not exist and never did, according to the authoritative servers; or the data that the
    /// resolver gives for such names, while it may still believe that the name is one of them.
    case invented(SetValue)
    /// Data that the authoritative servers never served.
    case foreign(SetValue)
    /// No verdict is possible.
    case unclear

    /// Whether it is data that the authoritative servers never served.
    var isUnvouched: Bool {
        switch self {
        case .foreign, .invented: true
        default: false
        }
    }

    /// What sights are judged against; a class because the memory is large and every answer is compared with it.
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

        /// Whether the authoritative servers have records at the name, so that only a type is denied and not the name.
        func exists(_ name: Name) -> Bool {
            sets.contains { $0.key.name == name && $0.own.contains(where: \.value.isPresent) }
        }

        /// Whether the address is one that a resolver synthesizes from the name's IPv4 addresses (DNS64, RFC 6147).
        func isSynthesis(_ member: Member, of key: RecordSetKey) -> Bool {
            guard key.type == .aaaa, member.bytes.count == 16 else { return false }
            let known = sets.first { $0.key.name == key.name && $0.key.type == .a }?.members ?? []
            // The positions of the four bytes for each prefix length (RFC 6052 section 2.2).
            let places = [
                [12, 13, 14, 15], [9, 10, 11, 12], [7, 9, 10, 11], [6, 7, 9, 10], [5, 6, 7, 9], [4, 5, 6, 7],
            ]
            return places.contains { place in known.contains(Member(bytes: place.map { member.bytes[$0] })) }
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
            self = Self.judge(value, fact.key, now, memory, resolver, context)
        } else {
            let isPresent = now.isEmpty ? memory.current?.isPresent == true : now.contains(where: \.isPresent)
            let isAlias =
                value.alias != nil && (now.contains { $0.alias == value.alias } || memory.current?.alias == value.alias)
            self = !isPresent || isAlias ? .fits : .denied
        }
    }

    private static func judge(
        _ value: SetValue, _ key: RecordSetKey, _ now: [SetValue], _ memory: SetMemory, _ resolver: ResolverMemory?,
        _ context: Context
    ) -> ResolverSight {
        // Behind an alias out of the zone any data is possible; only the alias itself has to be right.
        if let alias = value.alias {
            if now.contains(where: { $0.alias == alias && $0.kind == .elsewhere }) { return .fits }
            if memory.current?.alias == alias, memory.current?.kind == .elsewhere { return .fits }
        }
        let present = Set(now.flatMap(\.members))
        let unseen = value.members.filter { member in
            !present.contains(member) && memory.elsewhere[member] == nil
                && (memory.pool[member].map { context.now.seconds(since: $0) > SetMemory.memory } ?? true)
        }
        if !unseen.isEmpty {
            if now.isEmpty { return .unclear }
            // For a name whose answers vary, one known member makes the others growth of the pool.
            if !memory.isStable, unseen.count < value.members.count { return .fits }
            if unseen.allSatisfy({ context.isSynthesis($0, of: key) }) { return .fits }
            if let resolver, resolver.rewrites(to: unseen, at: context.now),
                memory.wasDenied(within: 86_400, before: context.now)
            {
                return .invented(value)
            }
            let exists =
                now.contains(where: \.isPresent) || memory.served.contains { $0.value.isPresent }
                || context.exists(key.name)
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
