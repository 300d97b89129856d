import DNSWire
import Foundation
import LapwingCore
import LapwingSimulation
import LapwingStore

/// Writes one year of simulated client domains as a daemon would have stored it, and beside it a log of all events, one
/// JSON object per line, as an independent basis for counting.
struct KeptYear {
    /// Seconds after which a receiver accepts a message, and after which a critical incident is acknowledged.
    private static let taken: Int64 = 7
    private static let answered: Int64 = 600
    /// Every third critical incident is acknowledged.
    private static let share = 3

    /// A line of the log; members that do not apply are absent.
    private struct Line: Encodable {
        var what: String
        var at: Int64
        var domain: String?
        var domains: [String]?
        var client: String?
        var incident: String?
        var event: String?
        var `class`: String?
        var code: String?
        var severity: String?
        var back: Bool?
        var resolved: Bool?
        var served: Bool?
        var blind: Bool?
    }

    let folder: URL

    /// Writes `lapwing.yml`, `lapwing.db` and `log.jsonl` into the folder, which must not contain them yet.
    func write(_ courses: [ClientPortfolio.Course]) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "lapwing.db").path
        try configuration(courses, store: path).write(
            to: folder.appending(path: "lapwing.yml"), atomically: true, encoding: .utf8)
        let store = try Store(path: path, role: .keeper)
        var lines: [Line] = []
        for course in courses { try keep(course, in: store, &lines) }
        var telling = Telling(store: store)
        let rounds = courses.flatMap { course in course.rounds.map { (domain: course.domain, round: $0) } }
            .sorted { ($0.round.at, $0.domain) < ($1.round.at, $1.domain) }
        for (domain, round) in rounds {
            try telling.catchUp(to: round.at)
            try store.commit(
                RoundRecord(
                    domain: domain, at: round.at, sightings: [], outcome: round.outcome, keepsState: false))
            lines += round.outcome.events.map { event in
                Line(
                    what: "incident", at: event.at.milliseconds, domain: Self.text(event.domain),
                    incident: event.incident, event: event.kind.rawValue, class: event.incidentClass.rawValue,
                    code: event.code.rawValue, severity: event.severity.rawValue, back: event.isBack)
            }
            lines += round.outcome.changes.map { change in
                Line(
                    what: "change", at: round.at.milliseconds, domain: Self.text(domain),
                    back: change.backSince != nil)
            }
            try telling.speak(at: round.at)
            try answer(round, of: domain, in: store, &lines)
        }
        if let last = rounds.last { try telling.catchUp(to: last.round.at.adding(seconds: 86_400)) }
        lines += telling.lines
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let log = try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
        try log.write(to: folder.appending(path: "log.jsonl"), atomically: true, encoding: .utf8)
    }

    private static func text(_ name: Name) -> String { String(name.description.dropLast()) }

    private func configuration(_ courses: [ClientPortfolio.Course], store: String) -> String {
        let domains = courses.map { "  - {name: \(Self.text($0.domain)), tags: [\($0.client)]}\n" }.joined()
        let clients = Set(courses.map(\.client)).sorted().map { "  \($0): {tags: [\($0)]}\n" }.joined()
        return "store: \(store)\ndomains:\n\(domains)clients:\n\(clients)"
    }

    /// Stores the looks at a domain as daily sums.
    private func keep(_ course: ClientPortfolio.Course, in store: Store, _ lines: inout [Line]) throws {
        var days: [DayNumber: DayTally] = [:]
        for look in course.looks {
            days[DayNumber(of: look.at), default: DayTally()].add(look.verdict)
            if let weaknesses = look.weaknesses { days[DayNumber(of: look.at)]?.weaknesses = weaknesses }
            let (isResolved, isServed) = (look.verdict.contains(.resolved), look.verdict.contains(.served))
            lines.append(
                Line(
                    what: "look", at: look.at.milliseconds, domain: Self.text(course.domain), client: course.client,
                    resolved: isResolved || look.verdict.contains(.unresolved) ? isResolved : nil,
                    served: isServed || look.verdict.contains(.unserved) ? isServed : nil,
                    blind: look.verdict.contains(.blind)))
        }
        try store.add(
            days.sorted { $0.key < $1.key }.map { DayRecord(domain: course.domain, day: $0.key, tally: $0.value) })
    }

    /// Acknowledges some of the new incidents.
    private func answer(
        _ round: ClientPortfolio.Kept, of domain: Name, in store: Store, _ lines: inout [Line]
    ) throws {
        for event in round.outcome.events
        where event.kind == .open && event.severity == .critical
            && Int(event.at.seconds / 60) % Self.share == 0
        {
            let at = event.at.adding(seconds: Self.answered)
            try store.add(
                Act(at: at, .acknowledge, by: Person("somebody"), incident: event.incident, domain: domain))
            lines.append(Line(what: "acknowledged", at: at.milliseconds, incident: event.incident))
        }
    }

    /// Sends the notices, on the clock of the simulated year.
    private struct Telling {
        let store: Store
        var due: Timestamp?
        var lines: [Line] = []

        /// Sends the notices that are due before a moment even if nothing happens.
        mutating func catchUp(to moment: Timestamp) throws {
            while let next = due, next <= moment {
                try speak(at: next)
                if due == next { break }
            }
        }

        mutating func speak(at now: Timestamp) throws {
            due = try store.speak(at: now, due: due) { events, released, said in
                Flow.speak(
                    events: events, released: released, said: said,
                    routes: [.standard(["desk"], digest: .standard)], silences: [], at: now)
            }
            for entry in try store.due(at: now) {
                let at = now.adding(seconds: KeptYear.taken)
                try store.finish(notice: entry.notice.id, receipt: "received", at: at)
                lines.append(
                    Line(
                        what: "message", at: now.milliseconds, domains: entry.notice.domains.map(KeptYear.text),
                        incident: entry.notice.incident, event: entry.notice.event.rawValue,
                        class: entry.notice.incidentClass.rawValue))
                lines.append(Line(what: "taken", at: at.milliseconds, incident: entry.notice.incident))
            }
        }
    }
}
