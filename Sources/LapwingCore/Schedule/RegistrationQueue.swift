/// What is known of a domain whose registration is looked up.
struct RegistrationEntry: Sendable {
    var server: String
    /// The end of the registration; nil while it is not known, or where there is none.
    var end: Timestamp?
    var lastLook: Timestamp?
    var failures: Int64 = 0
    var isUrgent = false
    /// Set while the answer is awaited.
    var isAsked = false
    /// Its places in the queue that have another number are left over from before it was changed.
    fileprivate(set) var ticket = 0

    init(server: String, end: Timestamp?, lastLook: Timestamp?) {
        self.server = server
        self.end = end
        self.lastLook = lastLook
    }

    /// Waits for its first look ever.
    var isFirst: Bool { lastLook == nil && !isAsked }

    /// When the wall clock brings it nearer to its end, so that its turn comes otherwise; nil when that is past.
    func nextNearness(after wall: Timestamp) -> Timestamp? {
        guard let end else { return nil }
        return RegistrationNearness.starts.map { end.adding(seconds: -$0) }.first { $0 > wall }
    }
}

/// The domains of all servers by their numbers.
struct RegistrationEntries: Sendable {
    private var entries: [Int: RegistrationEntry] = [:]
    private var lastTicket = 0

    /// The domains, in no order.
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

/// How near the end of a registration is, and what follows from that.
enum RegistrationNearness {
    private static let day: Int64 = 86_400
    /// Seconds before the end at which the last month and the last week begin: from then on it is nearer.
    static let starts = [30 * day - 1, 7 * day - 1]

    /// 1 in the last week and past the end, 2 in the last month, 3 before, 4 where no end is known.
    static func of(end: Timestamp?, at wall: Timestamp) -> Int {
        guard let end else { return 4 }
        let days = end.seconds(since: wall) / day
        return days < 7 ? 1 : days < 30 ? 2 : 3
    }

    /// How many looks a day it is worth.
    static func looksADay(_ nearness: Int) -> Int64 {
        switch nearness {
        case 1: 4
        case 2: 2
        default: 1
        }
    }
}

/// The domains of one registry's server, arranged so that the next one to be asked is found without looking at all.
///
/// Who waits for the next look rests until its moment comes, and goes then to a line of those like it, in which whoever has
/// waited longest is first. Only the first of each line are compared.
struct RegistrationQueue: Sendable {
    /// One place of a domain; it counts as long as the domain has the same ticket.
    private struct Place: Comparable {
        var moment: Timestamp
        var id: Int
        var ticket: Int

        func counts(_ entries: RegistrationEntries) -> Bool { entries[id]?.ticket == ticket }

        /// The same domain by another moment; nil is before all.
        func since(_ moment: Timestamp?) -> Place { Place(moment: moment ?? .earliest, id: id, ticket: ticket) }

        static func < (one: Place, other: Place) -> Bool {
            one.moment == other.moment ? one.id < other.id : one.moment < other.moment
        }
    }

    /// Places for each domain beyond which those that no longer count are cleared away.
    private static let mostPlaces = 4

    /// Domains that come in before it is known what time it is.
    private var coming: [(id: Int, ticket: Int)] = []
    /// By the moment at which their next look is wanted.
    private var resting = Heap<Place>()
    /// By the moment of the wall clock at which they are nearer to their end.
    private var nearing = Heap<Place>()
    /// Those whose look is wanted, by how long they have waited: a line for each ``line(of:nearness:)``.
    private var lines = [Heap<Place>](repeating: Heap(), count: 16)

    /// Four for each nearness: urgent or not, looked at before or never.
    private static func line(of entry: RegistrationEntry, nearness: Int) -> Int {
        (nearness - 1) * 4 + (entry.isUrgent ? 2 : 0) + (entry.lastLook == nil ? 0 : 1)
    }

    private static func isOfFirsts(_ line: Int) -> Bool { line % 2 == 0 }

    /// Takes a domain in, whose other places no longer count by now.
    ///
    /// - Parameter domains: how many there are at this server.
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

    /// The domain that is to be asked now; nil while no look is wanted.
    ///
    /// - Parameters:
    ///   - onlyFirsts: whether only those count that were never looked at.
    ///   - now: by the monotonic clock.
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

/// The order among domains of one server whose look is wanted; smaller comes first.
private struct RegistrationRank: Comparable {
    private var group: Int
    private var lateness: Int64
    let id: Int

    init(_ entry: RegistrationEntry, id: Int, nearness: Int, at now: Timestamp) {
        self.id = id
        // Measured by the usual interval, so that a look every six hours falls behind sooner than a daily one, and one
        // that is only tried again does not push others aside.
        let waited = entry.lastLook.map { now.milliseconds - $0.milliseconds }
        lateness = waited.map { $0 * RegistrationNearness.looksADay(nearness) } ?? .max
        group = entry.isUrgent ? 0 : nearness
        // Nobody starves: a domain that missed three turns is as good as one near its end.
        if group > 2, waited != nil, lateness > 4 * 86_400_000 { group = 2 }
    }

    static func < (one: RegistrationRank, other: RegistrationRank) -> Bool {
        (one.group, -one.lateness, one.id) < (other.group, -other.lateness, other.id)
    }
}
