/// Decides which registrations are due, so that no registry is asked more often than it accepts.
///
/// Each server has a budget, spread evenly over the day. Only the first looks at a few domains may come in a burst,
/// which is then made up for, so that a user who begins with a dozen domains learns their expiry dates at once. Within
/// the budget, domains for which the DNS gave reason come first, then those near their end, then the one that has
/// waited longest.
///
/// Waiting times use a monotonic clock; only the nearness of an end uses the wall clock.
package struct RegistrationPace: Sendable {
    /// The load that one server accepts.
    package struct Budget: Sendable, Hashable {
        /// Questions a day, 1 to ``most``.
        package var perDay: Int64
        package init(perDay: Int64) { self.perDay = min(max(1, perDay), Self.most) }

        /// The budget of servers without a setting: one question in twenty seconds.
        package static let standard = Budget(perDay: 4320)

        /// One question a second, the highest rate at which due registrations are looked up.
        package static let most: Int64 = 86_400

        /// The seconds between two questions, rounded down.
        var gap: Int64 { Self.most / perDay }

        /// The number of first looks that may follow each other directly: a dozen, or about half an hour's budget of a
        /// server with a small one.
        var burst: Int64 { min(12, max(1, perDay / 48)) }
    }

    private struct Server {
        var budget: Budget
        /// The number of its domains, and of those that wait for their first look.
        var domains = 0
        var firsts = 0
        var queue = RegistrationQueue()
        /// When the budget allows the next question, taking account of all questions asked in advance.
        var nextFree = Timestamp.earliest
        /// The fraction of a second by which the last gaps were too short, in units of 1/`perDay`.
        var remainder: Int64 = 0
        /// When the server was last asked.
        var askedAt: Timestamp?
        /// The time until which the server refuses all questions.
        var silentUntil = Timestamp.earliest
        /// The time before which the queue is not searched again, since no look was wanted in the last search.
        var idleUntil = Timestamp.earliest

        init(budget: Budget) { self.budget = budget }

        /// When a first look may be asked: a second after the last question, as long as the burst is not used up.
        var nextFirst: Timestamp {
            let room = nextFree.adding(seconds: -(budget.burst - 1) * budget.gap)
            return max(silentUntil, room, askedAt?.adding(seconds: 1) ?? Timestamp.earliest)
        }

        /// Changes the budget; the number of questions asked in advance carries over.
        mutating func take(_ other: Budget) {
            if other != budget, let askedAt, nextFree > askedAt {
                let ahead = (nextFree.seconds(since: askedAt) + budget.gap - 1) / budget.gap
                nextFree = askedAt.adding(seconds: ahead * other.gap)
            }
            budget = other
        }

        /// Takes the next question out of the budget, which is exact to the question over a day.
        mutating func spend(at now: Timestamp) {
            let whole = Budget.most + remainder % budget.perDay
            nextFree = max(nextFree, now).adding(seconds: whole / budget.perDay)
            remainder = whole % budget.perDay
        }

        var nextTurn: Timestamp { max(firsts == 0 ? nextFree : min(nextFree, nextFirst), idleUntil, silentUntil) }
    }

    /// Seconds by which the wall clock may go back before all queues are rebuilt: a domain may count as near its end
    /// that much too early.
    private static let fallBack: Int64 = 60

    private var entries = RegistrationEntries()
    private var servers: [String: Server] = [:]
    /// The latest time that the wall clock showed.
    private var wall = Timestamp.earliest
    private let standard: Budget
    private var budgets: [String: Budget] = [:]

    /// - Parameter standard: the budget of servers without one of their own.
    package init(standard: Budget = .standard) {
        self.standard = standard
    }

    /// Replaces the budgets of servers by their names; questions that were already asked of a server still count.
    package mutating func setBudgets(_ budgets: [String: Budget]) {
        for name in servers.keys { servers[name]?.take(budgets[name] ?? standard) }
        self.budgets = budgets
    }

    /// Adds a domain, or updates what is known of it.
    package mutating func set(_ id: Int, server: String, end: Timestamp?, lastLook: Timestamp?) {
        remove(id)
        entries[id] = RegistrationEntry(server: server, end: end, lastLook: lastLook)
        servers[server, default: Server(budget: budgets[server] ?? standard)].domains += 1
        if lastLook == nil { servers[server]?.firsts += 1 }
        servers[server]?.idleUntil = Timestamp.earliest
        queue(id, at: server)
    }

    /// Removes a domain; the budget that it used is not given back.
    package mutating func remove(_ id: Int) {
        guard let entry = entries[id] else { return }
        entries[id] = nil
        servers[entry.server]?.domains -= 1
        if entry.isFirst { servers[entry.server]?.firsts -= 1 }
    }

    /// Requests a look as soon as possible: NS or DS changed at the parent, or the name is gone there.
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

    /// Removes and returns the domains that may be asked now, at most one per server.
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

    /// Rebuilds the queues if the wall clock was set back, since they assume a later time.
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

    /// Records an answer, whatever it says.
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

    /// Records a failed look-up: earlier facts stay, and the next attempt waits longer each time.
    ///
    /// - Parameter wait: the seconds for which the server refuses all questions.
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

    /// The earliest moment at which a server may be asked again; nil if there are no domains.
    package var nextWake: Timestamp? {
        servers.values.filter { $0.domains > 0 }.map(\.nextTurn).min()
    }
}

extension RegistrationPace {
    /// Returns the seconds between two looks at one domain: a day, less near the end; after failures a quarter of an
    /// hour, doubled each time up to the usual interval.
    package static func interval(end: Timestamp?, failures: Int64, at now: Timestamp) -> Int64 {
        let usual = 86_400 / RegistrationNearness.looksADay(RegistrationNearness.of(end: end, at: now))
        return failures > 0 ? min(900 << min(failures - 1, 7), usual) : usual
    }
}
