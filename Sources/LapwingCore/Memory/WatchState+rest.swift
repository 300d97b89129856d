/// How memory passes a round in which nothing was seen that it does not hold already.
extension WatchState {
    /// Passes one regular round that saw just what the round before it saw.
    ///
    /// It does what ``Flow/round(watch:state:snapshot:verifier:rules:)`` would: moments of last sight move on, and rounds
    /// are counted. That is not taken on trust: a domain rests only after a round in which both came to the same.
    package mutating func passQuietRound(at wall: Timestamp, monotonic: Int64) {
        let before = moment
        clock.note(wall: wall, monotonic: monotonic)
        let now = moment
        func move(_ moment: inout Timestamp) { if moment == before { moment = now } }
        func move(_ moment: inout Timestamp?) { if moment == before { moment = now } }

        rounds += 1
        for index in delegation.hosts.indices { move(&delegation.hosts[index].lastListed) }
        for key in servers.keys { move(&servers[key, default: ServerMemory()].lastSeen) }
        for key in sets.keys { sets[key]?.passQuietRound(before: before, now: now) }
        for label in resolvers.keys {
            resolvers[label]?.polls += 1
            resolvers[label]?.bad <<= 1
            if resolvers[label]?.validatedAt == before { resolvers[label]?.validatedAt = now }
        }
        for index in chain.ds.indices { move(&chain.ds[index].lastSeen) }
        for index in chain.dnskey.indices { move(&chain.dnskey[index].lastSeen) }
        for key in book.suspicions.keys where book.suspicions[key]?.missed == 0 {
            book.suspicions[key]?.looks += 1
            book.suspicions[key]?.polls += 1
        }
        for index in book.open.indices {
            if book.open[index].lastFound == before {
                book.open[index].lastFound = now
            } else {
                book.open[index].missed += 1
            }
        }
    }

    /// The moment of the last round by a clock that does not jump.
    private var moment: Timestamp { clock.wall?.adding(seconds: -clock.offset) ?? Timestamp(milliseconds: .min) }
}

extension SetMemory {
    fileprivate mutating func passQuietRound(before: Timestamp, now: Timestamp) {
        var isSettled = false
        for index in served.indices where served[index].last == before {
            served[index].last = now
            isSettled = true
        }
        guard isSettled else { return }
        for member in pool.keys where pool[member] == before { pool[member] = now }
        for member in elsewhere.keys where elsewhere[member] == before { elsewhere[member] = now }
        if current?.isPresent == true, let known = ttl.current { ttl.note(known, at: now) }
        polls += 1
        strange <<= 1
        turns = (turns ?? 0) << 1
        if polls >= 2016 {
            polls /= 2
            changes /= 2
            varied /= 2
        }
    }
}
