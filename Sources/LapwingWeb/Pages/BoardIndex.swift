import DNSWire
import LapwingCore
import Synchronization

/// All domains in the order of the board, computed at most once a second regardless of the number of viewers.
final class BoardIndex: Sendable {
    struct Entry: Sendable {
        var domain: Name
        var text: String
        var condition: DomainCondition
        var live: LiveFigures.Domain?
        /// The worst open incident.
        var worst: Incident?
        var tags: [String]
        var isFromFile: Bool
        var interval: Int64
        /// The options that were given when it was added at run time, a JSON object.
        var options: String?

        /// Whether the last check got no answer about it.
        var isUnseen: Bool { condition == .learning && (live?.learntAt != nil || live?.isSeen == false) }
        /// The reason why it has never been a domain, and the zone that says so.
        var absence: (kind: RoundSight.Absence, zone: Name)? {
            guard let live, live.learntAt == nil, let kind = live.sight?.absence else { return nil }
            return (kind, live.sight?.zoneAbove ?? .root)
        }
        /// The same as a sentence.
        var absenceSentence: String? {
            absence.map { kind, zone in
                kind.sentence(of: Shown.name(domain), in: zone.isRoot ? "" : Shown.name(zone))
            }
        }
        var word: String {
            switch absence?.kind {
            case .noName: "Not registered"
            case .noZone: "Not a domain"
            case nil: isUnseen ? "Unknown" : isBack ? Incident.backWord : condition.word
            }
        }
        var sign: String { isUnseen ? "?" : isBack ? Incident.backSign : condition.sign }
        /// Whether the worst open incident is undone and open only to keep watching.
        private var isBack: Bool { condition == .warning && worst?.backSince != nil }
        /// The reason why the state of the domain is not known.
        var unseen: String {
            live?.sight?.isIntercepted == true
                ? "Not known: DNS on this monitor's network is intercepted."
                : live?.learntAt == nil
                    ? "Not known: none of its name servers has answered since watching began."
                    : "Not known: none of its name servers answered the last check."
        }
    }

    struct Content: Sendable {
        let sources: WebSources
        let roster: BoardRoster
        /// One for each row of the roster.
        var glances: [Glance?]
        /// The place from which on changes are not in the glances yet.
        var place: Int
        var conditions: [DomainCondition]
        /// Rows of the roster, worst first.
        var order: [Int32]
        /// For each row the number of the cause that it shares with others, below `causeCount`; -1 if it shares none.
        var causes: [Int32] = []
        var causeCount = 0
        var counts: [DomainCondition: Int]
        var overdue: Int
        var figures: LiveFigures
        var at: Timestamp
        /// The same on the steady clock, by which the age is measured.
        var steadyAt = Timestamp(seconds: 0)

        func entry(_ domain: Name) -> Entry? { roster.row(of: domain).map(entry(row:)) }

        func entry(row number: Int) -> Entry {
            let row = roster.rows[number]
            let live = sources.domain(row.domain)
            return Entry(
                domain: row.domain, text: row.text, condition: live?.condition ?? .learning, live: live,
                worst: live?.open.worst, tags: row.tags,
                isFromFile: row.isFromFile, interval: row.interval, options: roster.options(of: row))
        }

        /// Returns the position of a row on the board.
        func position(_ row: Int) -> BoardPosition {
            BoardPosition(
                condition: conditions[row], openedAt: glances[row]?.openedAt, name: roster.rows[row].text)
        }
    }

    private let sources: WebSources
    private let shared: SharedIndex
    private let cached = Mutex<Content?>(nil)
    /// The tallies of saved filters at a moment of the steady clock.
    private let tallies = Mutex<(at: Timestamp, known: [String: BoardSelection.Tally])>((Timestamp(seconds: -1), [:]))
    private static let mostTallies = 500

    init(sources: WebSources) {
        self.sources = sources
        shared = SharedIndex(sources: sources)
    }

    /// Returns the properties that domains of the board share; their rows are those of the roster.
    func sharedParts(_ content: Content) -> SharedParts { shared.parts(content) }

    /// Returns the tally of the domains of a selection, computed once per second regardless of the number of viewers.
    func tally(_ selection: BoardSelection, _ content: Content) -> BoardSelection.Tally {
        let query = selection.query
        let known = tallies.withLock { $0.at == content.steadyAt ? $0.known[query] : nil }
        if let known { return known }
        let tally = selection.tally(in: content)
        tallies.withLock { tallies in
            if tallies.at != content.steadyAt || tallies.known.count >= Self.mostTallies {
                tallies = (content.steadyAt, [:])
            }
            tallies.known[query] = tally
        }
        return tally
    }

    /// Returns the present state of one domain without updating all others.
    func entry(_ domain: Name) -> Entry? {
        guard let watched = sources.watched(domain) else { return nil }
        let live = sources.domain(domain)
        return Entry(
            domain: watched.watch.domain, text: watched.watch.domain.description,
            condition: live?.condition ?? .learning, live: live, worst: live?.open.worst,
            tags: watched.watch.tags, isFromFile: watched.isFromFile, interval: watched.watch.interval,
            options: watched.options)
    }

    /// Returns the board as of this second; added and removed domains show at once.
    func content() -> Content {
        let (now, steady) = (sources.now(), sources.steady())
        let known = cached.withLock { $0 }
        let watched = sources.watches()
        let isSame = known?.roster.isMade(of: watched) ?? false
        if let known, isSame, steady.milliseconds - known.steadyAt.milliseconds < 1000 { return known }
        var fresh = build(at: now, from: isSame ? known : nil, watched)
        fresh.steadyAt = steady
        cached.withLock { $0 = fresh }
        return fresh
    }

    private func build(at now: Timestamp, from known: Content?, _ watched: [WatchedDomain]) -> Content {
        var content = known ?? whole(at: now, BoardRoster(watched))
        if let known {
            // Only changed glances are read again: reading all of them takes longer than everything else for a page.
            if let (changed, place) = sources.changedGlances(known.place) {
                content.place = place
                if content.take(changed) { content.sort(at: now) }
            } else {
                content = whole(at: now, known.roster)
            }
        }
        content.figures = sources.figures()
        content.at = now
        let steady = sources.steady()
        content.overdue = zip(content.roster.rows, content.glances).reduce(into: 0) { count, pair in
            guard let glance = pair.1, !glance.isRemembered else { return }
            if steady.seconds(since: glance.checkedSteady) > pair.0.interval * 2 + 60 { count += 1 }
        }
        return content
    }

    private func whole(at now: Timestamp, _ roster: BoardRoster) -> Content {
        let (glances, place) = sources.glances(roster.names)
        var content = Content(sources: sources, roster: roster, glances: glances, place: place, at: now)
        content.sort(at: now)
        return content
    }
}

extension BoardIndex.Content {
    init(sources: WebSources, roster: BoardRoster, glances: [Glance?], place: Int, at now: Timestamp) {
        self.init(
            sources: sources, roster: roster, glances: glances, place: place, conditions: [], order: [], counts: [:],
            overdue: 0, figures: LiveFigures(), at: now)
    }

    /// Updates the glances; true if this may change the order of the board.
    fileprivate mutating func take(_ changed: [(name: Name, glance: Glance?)]) -> Bool {
        var isOther = false
        for (name, glance) in changed {
            guard let row = roster.row(of: name) else { continue }
            let old = glances[row]
            glances[row] = glance
            isOther =
                isOther || old?.openedAt != glance?.openedAt || old?.cause != glance?.cause
                || old?.condition != glance?.condition
        }
        return isOther
    }

    /// Sorts all rows, the worst first.
    fileprivate mutating func sort(at now: Timestamp) {
        // Only rows with an open incident are sorted; the many others stay in the order of their names.
        var troubled = [[Int32]](repeating: [], count: DomainCondition.allCases.count)
        var quiet = troubled
        conditions = glances.map { $0?.condition ?? .learning }
        for (number, condition) in conditions.enumerated() {
            if glances[number]?.openedAt == nil {
                quiet[condition.rank].append(Int32(number))
            } else {
                troubled[condition.rank].append(Int32(number))
            }
        }
        order = []
        order.reserveCapacity(glances.count)
        for condition in DomainCondition.allCases {
            let first = troubled[condition.rank].map { (row: $0, at: glances[Int($0)]?.openedAt ?? now) }
            // Rows are in the order of names, which is the order of incidents that were opened at the same moment.
            order += first.sorted { ($1.at, $0.row) < ($0.at, $1.row) }.map(\.row)
            order += quiet[condition.rank]
            counts[condition] = first.count + quiet[condition.rank].count
        }
        var numbers: [String: Int32] = [:]
        causes = glances.map { glance in
            guard let cause = glance?.cause else { return -1 }
            let number = numbers[cause] ?? Int32(numbers.count)
            numbers[cause] = number
            return number
        }
        causeCount = numbers.count
    }
}
