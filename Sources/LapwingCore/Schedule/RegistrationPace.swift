/// Says which registrations are due, so that no registry is asked more often than it bears.
///
/// Each server has a budget, spread evenly over the day. Only the first looks ever at a few domains may come in a burst,
/// which is saved up for afterwards, so that somebody who begins with a dozen domains knows their ends at once. Within the
/// budget come first the domains for which the DNS gave reason,
/// then those near their end, then whichever has waited longest for its turn.
///
/// Waiting goes by a monotonic clock; only how near an end is goes by the wall clock.
package struct RegistrationPace: Sendable {
    /// What one server bears.
    package struct Budget: Sendable, Hashable {
        /// Questions a day, 1 to ``most``.
        package var perDay: Int64
        package init(perDay: Int64) { self.perDay = min(max(1, perDay), Self.most) }

        /// Of servers that nothing is said of: one question in twenty seconds.
        package static let standard = Budget(perDay: 4320)

        /// One each second: what is due is looked up no more often.
        package static let most: Int64 = 86_400

        /// Seconds between two questions, without the fraction.
        var gap: Int64 { Self.most / perDay }

        /// How many first looks may come in a row: a dozen, and no more than half an hour's budget or so of a server that
        /// bears little.
        var burst: Int64 { min(12, max(1, perDay / 48)) }
    }

    private struct Server {
        var budget: Budget
        /// How many domains there are at it, and how many of them wait for their first look ever.
        var domains = 0
        var firsts = 0
        var queue = RegistrationQueue()
        /// When the budget, with all that was asked ahead of it, allows the next question.
        var nextFree = Timestamp.earliest
        /// The fraction of a second that the last gaps were too short, in parts of the questions a day.
        var remainder: Int64 = 0
        /// When the server was asked last.
        var askedAt: Timestamp?
        /// Until then the server wants no questions at all.
        var silentUntil = Timestamp.earliest
        /// Nothing was wanted when it was last looked through; not looked through again before this.
        var idleUntil = Timestamp.earliest

        init(budget: Budget) { self.budget = budget }

        /// When a first look may be asked: a second after the last question, as long as the burst has room.
        var nextFirst: Timestamp {
            let room = nextFree.adding(seconds: -(budget.burst - 1) * budget.gap)
            return max(silentUntil, room, askedAt?.adding(seconds: 1) ?? Timestamp.earliest)
        }

        /// Goes on with another budget: as many questions as were asked ahead of the old one are ahead of the new one.
        mutating func take(_ other: Budget) {
            if other != budget, let askedAt, nextFree > askedAt {
                let ahead = (nextFree.seconds(since: askedAt) + budget.gap - 1) / budget.gap
                nextFree = askedAt.adding(seconds: ahead * other.gap)
            }
            budget = other
        }

        /// Takes the next question out of the budget, which is kept to the question over a day.
        mutating func spend(at now: Timestamp) {
            let whole = Budget.most + remainder % budget.perDay
            nextFree = max(nextFree, now).adding(seconds: whole / budget.perDay)
            remainder = whole % budget.perDay
        }

        var nextTurn: Timestamp { max(firsts == 0 ? nextFree : min(nextFree, nextFirst), idleUntil, silentUntil) }
    }

    /// Seconds by which the wall clock may fall back before all is arranged anew: so much sooner may a domain count as
    /// near its end.
    private static let fallBack: Int64 = 60

    private var entries = RegistrationEntries()
    private var servers: [String: Server] = [:]
    /// The latest that the wall clock showed.
    private var wall = Timestamp.earliest
    private let standard: Budget
    private var budgets: [String: Budget] = [:]

    /// - Parameter standard: the budget of servers for which none is set.
    package init(standard: Budget = .standard) {
        self.standard = standard
    }

    /// Sets the budgets of servers by their names, in place of those that were set before; what was already asked of a
    /// server still counts.
    package mutating func setBudgets(_ budgets: [String: Budget]) {
        for name in servers.keys { servers[name]?.take(budgets[name] ?? standard) }
        self.budgets = budgets
    }

    /// Adds a domain, or tells what is known of it by now.
    package mutating func set(_ id: Int, server: String, end: Timestamp?, lastLook: Timestamp?) {
        remove(id)
        entries[id] = RegistrationEntry(server: server, end: end, lastLook: lastLook)
        servers[server, default: Server(budget: budgets[server] ?? standard)].domains += 1
        if lastLook == nil { servers[server]?.firsts += 1 }
        servers[server]?.idleUntil = Timestamp.earliest
        queue(id, at: server)
    }

    /// Forgets a domain; the budget that it used is not given back.
    package mutating func remove(_ id: Int) {
        guard let entry = entries[id] else { return }
        entries[id] = nil
        servers[entry.server]?.domains -= 1
        if entry.isFirst { servers[entry.server]?.firsts -= 1 }
    }

    /// The DNS gave reason to look at once: NS or DS changed at the parent, or the name is gone there.
    package mutating func hurry(_ id: Int) {
        guard var entry = entries[id] else { return }
        servers[entry.server]?.idleUntil = Timestamp.earliest
        guard !entry.isUrgent else { return }
        entry.isUrgent = true
        entries[id] = entry
        if !entry.isAsked { queue(id, at: entry.server) }
    }

    private mutating func queue(_ id: Int, at server: String) {
        let domains = servers[server]?.domains ?? 0
        servers[server]?.queue.add(id, beside: domains, entries)
    }

    /// Takes out what may be asked now, at most one domain a server.
    package mutating func due(at now: Timestamp, wall: Timestamp) -> [Int] {
        note(wall)
        var due: [Int] = []
        for name in servers.keys.sorted() {
            guard let nextTurn = servers[name]?.nextTurn, nextTurn <= now else { continue }
            let inBurst = servers[name].map { $0.nextFree > now } ?? false
            guard let id = servers[name]?.queue.next(onlyFirsts: inBurst, at: now, wall: wall, &entries) else {
                servers[name]?.idleUntil = now.adding(seconds: 30)
                continue
            }
            servers[name]?.spend(at: now)
            servers[name]?.askedAt = now
            if entries[id]?.isFirst == true { servers[name]?.firsts -= 1 }
            entries[id]?.isAsked = true
            entries[id]?.isUrgent = false
            due.append(id)
        }
        return due
    }

    /// How near an end is was reckoned by a later wall clock where that was set back.
    private mutating func note(_ wall: Timestamp) {
        guard wall < self.wall.adding(seconds: -Self.fallBack) else {
            self.wall = max(self.wall, wall)
            return
        }
        self.wall = wall
        for name in servers.keys { servers[name]?.queue = RegistrationQueue() }
        for id in entries.ids {
            guard let entry = entries[id], !entry.isAsked else { continue }
            queue(id, at: entry.server)
        }
    }

    /// An answer came: facts, whatever they are.
    package mutating func answered(_ id: Int, end: Timestamp?, at now: Timestamp) {
        guard var entry = entries[id] else { return }
        if entry.isFirst { servers[entry.server]?.firsts -= 1 }
        entry.isAsked = false
        entry.failures = 0
        entry.end = end
        entry.lastLook = now
        entries[id] = entry
        queue(id, at: entry.server)
    }

    /// No answer came: what is known stays, and the next try waits longer each time.
    ///
    /// `wait` is how many seconds the server wants no questions at all.
    package mutating func failed(_ id: Int, at now: Timestamp, wait: Int64? = nil) {
        guard var entry = entries[id] else { return }
        if entry.isFirst { servers[entry.server]?.firsts -= 1 }
        entry.isAsked = false
        entry.failures = min(entry.failures + 1, 16)
        entry.lastLook = now
        entries[id] = entry
        queue(id, at: entry.server)
        guard let wait, let known = servers[entry.server]?.silentUntil else { return }
        servers[entry.server]?.silentUntil = max(known, now.adding(seconds: min(max(wait, 1), 86_400)))
    }

    /// The earliest moment at which some server is free again; nil when there are no domains.
    package var nextWake: Timestamp? {
        servers.values.filter { $0.domains > 0 }.map(\.nextTurn).min()
    }
}

extension RegistrationPace {
    /// Seconds between two looks at one domain: a day, less near the end; after failures a quarter of an hour, doubled
    /// each time up to the usual interval.
    package static func interval(end: Timestamp?, failures: Int64, at now: Timestamp) -> Int64 {
        let usual = 86_400 / RegistrationNearness.looksADay(RegistrationNearness.of(end: end, at: now))
        return failures > 0 ? min(900 << min(failures - 1, 7), usual) : usual
    }
}
