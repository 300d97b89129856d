/// How the memory passes rounds without new observations.
extension WatchState {
    /// Passes regular rounds, spread evenly up to this moment, whose observations equalled those of the round before
    /// them.
    ///
    /// It does what ``Flow/round(watch:state:snapshot:verifier:rules:)`` would do in each: moments of last sight
    /// advance, and rounds are counted. This equality is checked: a domain rests only after a round in which both gave
    /// the same result.
    package mutating func passQuietRounds(_ rounds: Int, until wall: Timestamp, monotonic: Int64) {
        guard rounds > 0 else { return }
        let before = moment
        passClock(rounds, until: wall, monotonic: monotonic)
        let now = moment
        func move(_ moment: inout Timestamp) { if moment == before { moment = now } }
        func move(_ moment: inout Timestamp?) { if moment == before { moment = now } }

        self.rounds += rounds
        for index in delegation.hosts.indices {
            move(&delegation.hosts[index].lastListed)
            move(&delegation.hosts[index].answeredAt)
        }
        for key in servers.keys { move(&servers[key, default: ServerMemory()].lastSeen) }
        for key in sets.keys { sets[key]?.passQuietRounds(rounds, before: before, now: now) }
        for label in resolvers.keys {
            resolvers[label]?.polls += rounds
            resolvers[label]?.bad <<= rounds
            if resolvers[label]?.validatedAt == before { resolvers[label]?.validatedAt = now }
        }
        for index in chain.ds.indices { move(&chain.ds[index].lastSeen) }
        for index in chain.dnskey.indices { move(&chain.dnskey[index].lastSeen) }
        for index in chain.signers?.indices ?? 0..<0 {
            if chain.signers?[index].lastSeen == before { chain.signers?[index].lastSeen = now }
        }
        for key in book.suspicions.keys where book.suspicions[key]?.missed == 0 {
            book.suspicions[key]?.looks += rounds
            book.suspicions[key]?.polls += rounds
            move(&book.suspicions[key, default: IncidentBook.Suspicion(since: now, looks: 0, polls: 0)].lastFound)
        }
        for index in book.open.indices {
            if book.open[index].lastFound == before {
                book.open[index].lastFound = now
            } else {
                book.open[index].missed += rounds
            }
        }
    }

    private mutating func passClock(_ rounds: Int, until wall: Timestamp, monotonic: Int64) {
        let start = clock.wall ?? wall
        let startMonotonic = clock.monotonic
        let span = wall.milliseconds - start.milliseconds
        let all = Int64(rounds)
        for round in 1...all {
            clock.note(
                wall: Timestamp(milliseconds: start.milliseconds + span / all * round + span % all * round / all),
                monotonic: startMonotonic + (monotonic - startMonotonic) * round / all)
        }
    }

    /// The time of the last round by the steady clock.
    private var moment: Timestamp { clock.wall?.adding(seconds: -clock.offset) ?? Timestamp(milliseconds: .min) }
}

extension SetMemory {
    fileprivate mutating func passQuietRounds(_ rounds: Int, before: Timestamp, now: Timestamp) {
        var isSettled = false
        for index in served.indices where served[index].last == before {
            served[index].last = now
            isSettled = true
        }
        guard isSettled else { return }
        for member in pool.keys where pool[member] == before { pool[member] = now }
        for member in elsewhere.keys where elsewhere[member] == before { elsewhere[member] = now }
        if current?.isPresent == true, let known = ttl.current { ttl.note(known, at: now) }
        strange <<= rounds
        turns = (turns ?? 0) << rounds
        for _ in 0..<rounds {
            polls += 1
            if polls >= 2016 {
                polls /= 2
                changes /= 2
                varied /= 2
            }
        }
    }
}
