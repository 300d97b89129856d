package import LapwingCore

/// Checks invariants after each round that hold in every scenario: of the memory, the events and the reports.
package struct StateChecker: Sendable {
    /// The violations, in words and without duplicates; at most ``mostFaults``.
    package private(set) var faults: [String] = []
    private static let mostFaults = 20
    private static let channels = ["one", "other"]

    private var said = SaidLog()
    private var notices: Set<String> = []
    private var events: Set<String> = []

    package init() {}

    /// Checks the results of a round.
    package mutating func note(_ outcome: RoundOutcome, of watch: Watch) {
        check(outcome.state.book, outcome.events)
        for bound in Self.bounds(outcome.state, of: watch) where bound.count > bound.most {
            add("\(watch.domain) has \(bound.count) \(bound.name), at most \(bound.most)")
        }
        tell(outcome.events)
    }

    private mutating func add(_ fault: String) {
        guard faults.count < Self.mostFaults, !faults.contains(fault) else { return }
        faults.append(fault)
    }

    private mutating func check(_ book: IncidentBook, _ events: [IncidentEvent]) {
        if Set(book.open.map(\.cause)).count < book.open.count {
            add("two open incidents of one cause: \(book.open.map { "\($0.id) \($0.cause)" }.joined(separator: ", "))")
        }
        let all = book.open + book.closed
        if Set(all.map(\.id)).count < all.count { add("one incident twice in the book") }
        for incident in book.open where incident.closedAt != nil { add("\(incident.id) is open and closed") }
        for incident in book.closed where incident.closedAt == nil { add("\(incident.id) is closed without a moment") }
        for event in events {
            if !self.events.insert(event.id).inserted { add("event \(event.id) happened twice") }
            if !all.contains(where: { $0.id == event.incident }) {
                add("event \(event.id) is of no incident in the book")
            }
        }
    }

    /// Sends the events over two channels, with the daemon's flow and routes for everything.
    private mutating func tell(_ events: [IncidentEvent]) {
        guard let last = events.last else { return }
        let routes = [Route(channels: Self.channels, severity: .info)]
        let speech = Flow.speak(events: events, said: said, routes: routes, silences: [], at: last.at)
        said = speech.said
        for notice in speech.notices where !notices.insert("\(notice.id) \(notice.channel)").inserted {
            add("notice \(notice.id) was made twice")
        }
        for incident in Set(events.map(\.incident)) {
            let count = events.count { $0.incident == incident }
            for channel in Self.channels
            where speech.notices.count(where: { $0.incident == incident && $0.channel == channel }) > count {
                add("\(incident) was told more often over channel \(channel) than something happened to it")
            }
        }
    }

    /// A bounded quantity: its name, its present value, and its bound.
    private typealias Bound = (name: String, count: Int, most: Int)

    private static func bounds(_ state: WatchState, of watch: Watch) -> [Bound] {
        book(state.book, of: watch) + memory(state, of: watch) + state.sets.values.flatMap(set)
    }

    private static func book(_ book: IncidentBook, of watch: Watch) -> [Bound] {
        var bounds: [Bound] = []
        bounds.append(("closed incidents", book.closed.count, IncidentBook.closedLimit))
        bounds.append(("open incidents", book.open.count, mostOpen))
        bounds.append(("suspicions", book.suspicions.count, mostSuspicions(watch)))
        for incident in book.open {
            bounds.append(("pieces of evidence of an incident", incident.evidence.count, Evidence.limit))
            let longest = incident.evidence.map(\.wire.answer.count).max() ?? 0
            bounds.append(("bytes in a message of evidence", longest, Evidence.sizeLimit))
        }
        return bounds
    }

    private static func memory(_ state: WatchState, of watch: Watch) -> [Bound] {
        var bounds: [Bound] = []
        bounds.append(("RRsets", state.sets.count, watch.sets.count + ofTheApex))
        bounds.append(("serials", state.serials.count, 8))
        bounds.append(("announcements", state.announcements.count, Announcement.limit))
        bounds.append(("announced changes", state.announced?.count ?? 0, AnnouncedMemory.limit))
        bounds.append(("DS sets", state.chain.ds.count, ChainMemory.limit))
        bounds.append(("DNSKEY sets", state.chain.dnskey.count, ChainMemory.limit))
        bounds.append(("sets of signing keys", state.chain.signers?.count ?? 0, ChainMemory.limit))
        bounds.append(("steps of a rollover", state.chain.steps?.count ?? 0, RolloverStep.limit))
        bounds.append(("signing times", state.chain.signings.count, 8))
        bounds.append(("hosts to ask", state.delegation.hosts.count, 32))
        bounds.append(("names relied on", state.delegation.dependencies.count, RoundWalk.Limit.dependencies))
        bounds.append(("steady RRsets", state.delegation.steady?.count ?? 0, DelegationMemory.steadyLimit))
        for memory in state.resolvers.values {
            bounds.append(("rewriters of a resolver", memory.rewriters.count, ResolverMemory.rewriterLimit))
        }
        for memory in state.servers.values {
            bounds.append(("earlier serials of a server", memory.earlierSerials.count, 4))
        }
        return bounds
    }

    private static func set(_ memory: SetMemory) -> [Bound] {
        [
            ("values of an RRset", memory.served.count, SetMemory.historyLimit),
            ("members of a pool", memory.pool.count, SetMemory.poolLimit),
            ("members seen elsewhere", memory.elsewhere.count, SetMemory.poolLimit),
        ]
    }

    /// RRsets of the apex that are always observed, watched or not.
    private static let ofTheApex = 2

    /// More than there are kinds of causes, so that a book that only grows is detected.
    private static let mostOpen = 64

    /// Each RRset may have a suspicion at each of some sources, for some reasons.
    private static func mostSuspicions(_ watch: Watch) -> Int { 64 + 16 * watch.sets.count }
}
