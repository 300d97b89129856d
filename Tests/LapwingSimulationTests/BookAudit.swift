import LapwingCore
import LapwingStore

/// Writes the rounds of a story into a store, as the daemon does, and compares what its tables say with the book.
final class BookAudit {
    private let store: Store
    private var notices: Set<String> = []
    /// What did not hold, in words.
    private(set) var faults: [String] = []

    init() throws {
        store = try Store()
    }

    func note(_ round: JudgedRound) throws {
        let outcome = round.outcome
        guard !outcome.events.isEmpty || !outcome.changes.isEmpty else { return }
        try store.commit(
            RoundRecord(
                domain: round.watch.domain, at: round.snapshot.at, sightings: [], outcome: outcome, keepsState: true))
        try compare(outcome.state, of: round)
        try speak(at: round.snapshot.at)
    }

    private func compare(_ state: WatchState, of round: JudgedRound) throws {
        let book = state.book
        let open = try store.openIncidents()
        if open.map(Self.line).sorted() != book.open.map(Self.line).sorted() {
            faults.append("open in the table: \(open.map(Self.line)), in the book: \(book.open.map(Self.line))")
        }
        for incident in book.closed {
            guard let kept = try store.incident(incident.id) else {
                faults.append("\(incident.id) is in the book only")
                continue
            }
            if Self.line(kept) != Self.line(incident) {
                faults.append("table: \(Self.line(kept)), book: \(Self.line(incident))")
            }
        }
        guard case .state(var kept, _) = try store.recall(round.watch.domain, at: round.snapshot.at) else {
            faults.append("memory cannot be read back")
            return
        }
        kept.verdicts = state.verdicts
        if kept != state { faults.append("the memory that was kept is another at \(round.snapshot.at)") }
    }

    /// What a step of an incident writes; the moment of its last sight moves on without one.
    private static func line(_ incident: Incident) -> String {
        "\(incident.id) \(incident.cause) \(incident.code) \(incident.incidentClass.rawValue) \(incident.severity.rawValue) "
            + "\(incident.openedAt) \(incident.closedAt.map { "\($0)" } ?? "open") \(incident.steps.count) "
            + incident.text.headline
    }

    /// Tells it over two channels, out of the store.
    private func speak(at now: Timestamp) throws {
        let routes = [Route(channels: ["one", "other"], severity: .info)]
        try store.speak(at: now, due: now) { events, released, said in
            Flow.speak(events: events, released: released, said: said, routes: routes, silences: [], at: now)
        }
        var fresh: Set<String> = []
        for entry in try store.due(at: now, limit: 1000) {
            fresh.insert("\(entry.notice.id) \(entry.notice.channel)")
            try store.finish(notice: entry.notice.id, receipt: "200", at: now)
        }
        for notice in fresh where !notices.insert(notice).inserted { faults.append("\(notice) was told twice") }
    }
}
