/// The facts about a domain whose registration is looked up.
struct RegistrationEntry: Sendable {
    var server: String
    /// The end of the registration; nil if it is unknown or if there is none.
    var end: Timestamp?
    var lastLook: Timestamp?
    var failures: Int64 = 0
    var isUrgent = false
    /// Whether the answer is awaited.
    var isAsked = false
    /// The version of the entry: its places in the queue with another number are outdated.
    fileprivate(set) var ticket = 0

    init(server: String, end: Timestamp?, lastLook: Timestamp?) {
        self.server = server
        self.end = end
        self.lastLook = lastLook
    }

    /// Whether it waits for its first look.
    var isFirst: Bool { lastLook == nil && !isAsked }

    /// Returns when the wall clock brings it nearer to its end, which changes its turn; nil if no such time is left.
    func nextNearness(after wall: Timestamp) -> Timestamp? {
        guard let end else { return nil }
        return RegistrationNearness.starts.map { end.adding(seconds: -$0) }.first { $0 > wall }
    }
}

/// The domains of all servers, by their numbers.
struct RegistrationEntries: Sendable {
    private var entries: [Int: RegistrationEntry] = [:]
    private var lastTicket = 0

    /// The domains, in no particular order.
    var ids: Dictionary<Int, RegistrationEntry>.Keys { entries.keys }

    /// A changed entry has no place in a queue until it is added to one again.
    subscript(_ id: Int) -> RegistrationEntry? {
        get { entries[id] }
        set {
            lastTicket += 1
            entries[id] = newValue
            entries[id]?.ticket = lastTicket
        }
    }
}

/// The nearness of a registration's end, and its consequences.
enum RegistrationNearness {
    private static let day: Int64 = 86_400
    /// Seconds before the end at which the last month and the last week begin.
    static let starts = [30 * day - 1, 7 * day - 1]

    /// Returns 1 in the last week and past the end, 2 in the last month, 3 before, and 4 if no end is known.
    static func of(end: Timestamp?, at wall: Timestamp) -> Int {
        guard let end else { return 4 }
        let days = end.seconds(since: wall) / day
        return days < 7 ? 1 : days < 30 ? 2 : 3
    }

    /// Returns the number of looks a day.
    static func looksADay(_ nearness: Int) -> Int64 {
        switch nearness {
        case 1: 4
        case 2: 2
        default: 1
        }
    }
}

/// The domains of one registry's server, arranged so that the next one is found without examining all of them.
///
/// A domain rests until its next look is wanted. It then joins a line of similar domains, in which the one that has
/// waited longest comes first. Only the first domains of the lines are compared.
struct RegistrationQueue: Sendable {
    /// One place of a domain; it is valid as long as the domain has the same ticket.
    private struct Place: Comparable {
        var moment: Timestamp
        var id: Int
        var ticket: Int

        func counts(_ entries: RegistrationEntries) -> Bool { entries[id]?.ticket == ticket }

        /// Returns the place of the same domain at another moment; nil is before all others.
        func since(_ moment: Timestamp?) -> Place { Place(moment: moment ?? .earliest, id: id, ticket: ticket) }

        static func < (one: Place, other: Place) -> Bool {
            one.moment == other.moment ? one.id < other.id : one.moment < other.moment
        }
    }

    /// The number of places for each domain beyond which outdated ones are removed.
    private static let mostPlaces = 4

    /// Domains that were added before the present time is known.
    private var coming: [(id: Int, ticket: Int)] = []
    /// Resting domains, by the moment at which their next look is wanted.
    private var resting = Heap<Place>()
    /// Domains by the time of the wall clock at which they get nearer to their end.
    private var nearing = Heap<Place>()
    /// Domains whose look is wanted, by the time they have waited: a line for each ``line(of:nearness:)``.
    private var lines = [Heap<Place>](repeating: Heap(), count: 16)

    /// Returns the line of a domain: four for each nearness, for urgent or not, and for looked at before or never.
    private static func line(of entry: RegistrationEntry, nearness: Int) -> Int {
        (nearness - 1) * 4 + (entry.isUrgent ? 2 : 0) + (entry.lastLook == nil ? 0 : 1)
    }

    private static func isOfFirsts(_ line: Int) -> Bool { line % 2 == 0 }

    /// Adds a domain; its earlier places are outdated.
    ///
    /// - Parameter domains: the number of domains at this server.
    mutating func add(_ id: Int, beside domains: Int, _ entries: RegistrationEntries) {
        guard let entry = entries[id] else { return }
        coming.append((id, entry.ticket))
        let places = coming.count + resting.count + nearing.count + lines.reduce(0) { $0 + $1.count }
        guard places > Self.mostPlaces * domains + 64 else { return }
        coming.removeAll { entries[$0.id]?.ticket != $0.ticket }
        resting.removeAll { !$0.counts(entries) }
        nearing.removeAll { !$0.counts(entries) }
        for line in lines.indices { lines[line].removeAll { !$0.counts(entries) } }
    }

    /// Returns the domain to ask now; nil if no look is wanted.
    ///
    /// - Parameters:
    ///   - onlyFirsts: whether only domains count that were never looked at.
    ///   - now: the time by the monotonic clock.
    mutating func next(
        onlyFirsts: Bool, at now: Timestamp, wall: Timestamp, _ entries: inout RegistrationEntries
    ) -> Int? {
        advance(to: now, wall: wall, &entries)
        var best: RegistrationRank?
        for line in lines.indices where !onlyFirsts || Self.isOfFirsts(line) {
            lines[line].dropFirst { !$0.counts(entries) }
            guard let id = lines[line].first?.id, let entry = entries[id] else { continue }
            let rank = RegistrationRank(entry, id: id, nearness: line / 4 + 1, at: now)
            if best.map({ rank < $0 }) ?? true { best = rank }
        }
        return best?.id
    }

    private mutating func advance(to now: Timestamp, wall: Timestamp, _ entries: inout RegistrationEntries) {
        let arrived = coming
        coming = []
        for (id, ticket) in arrived {
            if let entry = entries[id], entry.ticket == ticket { place(id, entry, at: now, wall: wall) }
        }
        while let due = nearing.first, due.moment <= wall {
            nearing.removeFirst()
            guard due.counts(entries), let entry = entries[due.id] else { continue }
            entries[due.id] = entry
            if let renewed = entries[due.id] { place(due.id, renewed, at: now, wall: wall) }
        }
        while let due = resting.first, due.moment <= now {
            resting.removeFirst()
            guard due.counts(entries), let entry = entries[due.id] else { continue }
            let nearness = RegistrationNearness.of(end: entry.end, at: wall)
            lines[Self.line(of: entry, nearness: nearness)].add(due.since(entry.lastLook))
        }
    }

    private mutating func place(_ id: Int, _ entry: RegistrationEntry, at now: Timestamp, wall: Timestamp) {
        let place = Place(moment: now, id: id, ticket: entry.ticket)
        if let nearer = entry.nextNearness(after: wall) { nearing.add(place.since(nearer)) }
        let interval = RegistrationPace.interval(end: entry.end, failures: entry.failures, at: wall)
        if !entry.isUrgent, let wanted = entry.lastLook?.adding(seconds: interval), wanted > now {
            resting.add(place.since(wanted))
        } else {
            let nearness = RegistrationNearness.of(end: entry.end, at: wall)
            lines[Self.line(of: entry, nearness: nearness)].add(place.since(entry.lastLook))
        }
    }
}

/// The order among domains of one server whose look is wanted; lower ranks come first.
private struct RegistrationRank: Comparable {
    private var group: Int
    private var lateness: Int64
    let id: Int

    init(_ entry: RegistrationEntry, id: Int, nearness: Int, at now: Timestamp) {
        self.id = id
        // Relative to the usual interval, so that a look every six hours becomes late sooner than a daily one, and a
        // mere retry does not displace others.
        let waited = entry.lastLook.map { now.milliseconds - $0.milliseconds }
        lateness = waited.map { $0 * RegistrationNearness.looksADay(nearness) } ?? .max
        group = entry.isUrgent ? 0 : nearness
        // No domain starves: after three missed turns it ranks like one near its end.
        if group > 2, waited != nil, lateness > 4 * 86_400_000 { group = 2 }
    }

    static func < (one: RegistrationRank, other: RegistrationRank) -> Bool {
        (one.group, -one.lateness, one.id) < (other.group, -other.lateness, other.id)
    }
}
