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

    private struct Entry {
        var server: String
        /// The end of the registration; nil while it is not known, or where there is none.
        var end: Timestamp?
        var lastLook: Timestamp?
        var failures: Int64 = 0
        var isUrgent = false
        /// Set while the answer is awaited.
        var isAsked = false
    }

    private struct Server {
        var budget: Budget
        var domains: Set<Int> = []
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

        /// Domains that were never looked at, and are not being looked at now.
        var firsts: Set<Int> = []

        var nextTurn: Timestamp { max(firsts.isEmpty ? nextFree : min(nextFree, nextFirst), idleUntil, silentUntil) }
    }

    private var entries: [Int: Entry] = [:]
    private var servers: [String: Server] = [:]
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
        entries[id] = Entry(server: server, end: end, lastLook: lastLook)
        servers[server, default: Server(budget: budgets[server] ?? standard)].domains.insert(id)
        if lastLook == nil { servers[server]?.firsts.insert(id) }
        servers[server]?.idleUntil = Timestamp.earliest
    }

    /// Forgets a domain; the budget that it used is not given back.
    package mutating func remove(_ id: Int) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        servers[entry.server]?.domains.remove(id)
        servers[entry.server]?.firsts.remove(id)
    }

    /// The DNS gave reason to look at once: NS or DS changed at the parent, or the name is gone there.
    package mutating func hurry(_ id: Int) {
        guard let entry = entries[id] else { return }
        entries[id]?.isUrgent = true
        servers[entry.server]?.idleUntil = Timestamp.earliest
    }

    /// Takes out what may be asked now, at most one domain a server.
    package mutating func due(at now: Timestamp, wall: Timestamp) -> [Int] {
        var due: [Int] = []
        for name in servers.keys.sorted() {
            guard let server = servers[name], server.nextTurn <= now else { continue }
            let inBurst = server.nextFree > now
            guard let id = first(among: inBurst ? server.firsts : server.domains, at: now, wall: wall)
            else {
                servers[name]?.idleUntil = now.adding(seconds: 30)
                continue
            }
            servers[name]?.spend(at: now)
            servers[name]?.askedAt = now
            servers[name]?.firsts.remove(id)
            entries[id]?.isAsked = true
            entries[id]?.isUrgent = false
            due.append(id)
        }
        return due
    }

    /// An answer came: facts, whatever they are.
    package mutating func answered(_ id: Int, end: Timestamp?, at now: Timestamp) {
        entries[id]?.isAsked = false
        entries[id]?.failures = 0
        entries[id]?.end = end
        entries[id]?.lastLook = now
    }

    /// No answer came: what is known stays, and the next try waits longer each time.
    ///
    /// `wait` is how many seconds the server wants no questions at all.
    package mutating func failed(_ id: Int, at now: Timestamp, wait: Int64? = nil) {
        guard let entry = entries[id] else { return }
        entries[id]?.isAsked = false
        entries[id]?.failures = min(entry.failures + 1, 16)
        entries[id]?.lastLook = now
        guard let wait, let server = servers[entry.server] else { return }
        let end = now.adding(seconds: min(max(wait, 1), 86_400))
        servers[entry.server]?.silentUntil = max(server.silentUntil, end)
    }

    /// The earliest moment at which some server is free again; nil when there are no domains.
    package var nextWake: Timestamp? {
        servers.values.filter { !$0.domains.isEmpty }.map(\.nextTurn).min()
    }

    private func first(among ids: Set<Int>, at now: Timestamp, wall: Timestamp) -> Int? {
        var best: (id: Int, rank: Rank)?
        for id in ids {
            guard let entry = entries[id], !entry.isAsked, let rank = Rank(entry, id: id, at: now, wall: wall) else {
                continue
            }
            if let known = best, known.rank <= rank { continue }
            best = (id, rank)
        }
        return best?.id
    }

    /// The order among domains of one server; smaller comes first.
    private struct Rank: Comparable {
        var group: Int
        var lateness: Int64
        var id: Int

        /// Nil while the domain's next look is not yet wanted.
        init?(_ entry: Entry, id: Int, at now: Timestamp, wall: Timestamp) {
            self.id = id
            let interval = RegistrationPace.interval(end: entry.end, failures: entry.failures, at: wall)
            let waited = entry.lastLook.map { now.seconds(since: $0) }
            if !entry.isUrgent, let waited, waited < interval { return nil }
            // In thousandths of the usual interval, so that a look every six hours falls behind sooner than a daily one,
            // and one that is only tried again does not push others aside.
            let usual = RegistrationPace.interval(end: entry.end, failures: 0, at: wall)
            lateness = waited.map { $0.multipliedReportingOverflow(by: 1000).partialValue / usual } ?? .max
            group = entry.isUrgent ? 0 : RegistrationPace.nearness(end: entry.end, at: wall)
            // Nobody starves: a domain that missed three turns is as good as one near its end.
            if group > 2, lateness > 4000, waited != nil { group = 2 }
        }

        static func < (one: Rank, other: Rank) -> Bool {
            (one.group, -one.lateness, one.id) < (other.group, -other.lateness, other.id)
        }
    }
}

extension RegistrationPace {
    /// 1 in the last week and past the end, 2 in the last month, 3 before, 4 where no end is known.
    private static func nearness(end: Timestamp?, at now: Timestamp) -> Int {
        guard let end else { return 4 }
        let days = end.seconds(since: now) / 86_400
        return days < 7 ? 1 : days < 30 ? 2 : 3
    }

    /// Seconds between two looks at one domain: a day, less near the end; after failures a quarter of an hour, doubled
    /// each time up to the usual interval.
    package static func interval(end: Timestamp?, failures: Int64, at now: Timestamp) -> Int64 {
        let usual: Int64 =
            switch nearness(end: end, at: now) {
            case 1: 6 * 3600
            case 2: 12 * 3600
            default: 86_400
            }
        return failures > 0 ? min(900 << min(failures - 1, 7), usual) : usual
    }
}
