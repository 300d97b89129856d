import CTrialDisk
import DNSWire
import Foundation
import LapwingCore
import LapwingEngine
import LapwingStore
import LapwingWeb

/// Page, API, metrics, memory and the table of incidents say the same at each look, and say that nothing is known where
/// nothing is.
struct WebChecks {
    private struct Status: Decodable {
        var domains: [String: Int]
        var overdue: Int
    }

    private struct List: Decodable {
        struct Row: Decodable {
            var name: String
            var status: String
            var incidents: [String]
        }

        var domains: [Row]
    }

    private struct Open: Decodable {
        struct Row: Decodable {
            var id: String
            var severity: String
            var status: String
        }

        var incidents: [Row]
    }

    /// Milliseconds after a round within which its result may not be everywhere yet.
    private static let settling: Int64 = 2000

    /// - Parameter mayBeLate: whether rounds may be late now.
    static func look(_ trial: Trial, mayBeLate: Bool) throws {
        guard trial_disk_is_dead() == 0 else { return }
        guard trial.life.store.trouble == nil else { return try trouble(trial) }
        guard trial.isDiskWell else { return }
        let anna = Visitor.all[0]
        guard let metrics = try text("/metrics", trial, as: anna),
            let status: Status = try json("/api/v1/status", trial, as: anna),
            let list: List = try json("/api/v1/domains?limit=500", trial, as: anna),
            let open: Open = try json("/api/v1/incidents?status=open&limit=500", trial, as: anna),
            let board = try text("/", trial, as: anna), let page = try text("/incidents?state=open", trial, as: anna),
            let calendar = try text("/calendar.ics", trial, as: anna)
        else { return }
        let table = Dictionary(grouping: try trial.life.store.openIncidents(), by: \.domain)
        let watches = trial.settings.watches
        var samples = samples(metrics)
        var counts: [DomainCondition: Int] = [:]
        guard list.domains.count == watches.count else {
            throw Violation("the API lists \(list.domains.count) domains of \(watches.count)")
        }
        for watch in watches {
            let name = "\(watch.domain)"
            // One that was put back a moment ago is as new until its first round.
            let isNew = trial.life.status.read { $0.domains[watch.domain] == nil }
            let incidents = isNew ? [] : table[watch.domain] ?? []
            let condition = try condition(of: watch, incidents, trial)
            counts[condition, default: 0] += 1
            guard let row = list.domains.first(where: { $0.name == name }) else {
                throw Violation("the API does not list \(name)")
            }
            try agree("the API", Set(row.incidents), "the table", Set(incidents.map(\.id)), name)
            try agree("the API", row.status, "what is open", condition.rawValue, name)
            try agree(
                "the metrics", samples.removeValue(forKey: "lapwing_domain_status{domain=\"\(name)\"}"),
                "what is open", Double(condition.code), name)
            for severity in Severity.allCases {
                let key = "lapwing_domain_findings{domain=\"\(name)\",severity=\"\(severity.rawValue)\"}"
                let count = incidents.count { $0.severity == severity }
                try agree("the metrics", samples.removeValue(forKey: key) ?? 0, "the table", Double(count), key)
            }
            let isGrave = condition == .failing || condition == .warning
            if isGrave, !board.contains(plain(watch.domain)) { throw Violation("the board does not show \(name)") }
        }
        let stray = samples.keys.sorted().first { $0.hasPrefix("lapwing_domain_status{") }
        if let stray { throw Violation("\(stray) is not of a watched domain") }
        for condition in DomainCondition.allCases {
            let count = counts[condition] ?? 0
            let key = "lapwing_domains{status=\"\(condition.rawValue)\"}"
            try agree("the metrics", samples[key], "the domains", Double(count), key)
            try agree("the API", status.domains[condition.rawValue] ?? 0, "the domains", count, condition.rawValue)
        }
        try counters(board, counts, overdue: status.overdue)
        try agree("the API", Set(open.incidents.map(\.id)), "the table", Set(table.values.joined().map(\.id)), "all")
        if let closed = open.incidents.first(where: { $0.status != "open" }) {
            throw Violation("the API lists \(closed.id) as open and as \(closed.status)")
        }
        for incident in table.values.joined() where table.values.joined().count <= 20 {
            guard !page.contains("/incidents/\(incident.id)\"") else { continue }
            throw Violation("the page of incidents does not list \(incident.id)")
        }
        try agree("the metrics", samples["lapwing_store_failing"], "the store", 0, "lapwing_store_failing")
        try agree(
            "the metrics", samples["lapwing_checks_overdue"], "the API", Double(status.overdue), "overdue checks")
        if !mayBeLate { try agree("the API", status.overdue, "the rounds", 0, "overdue checks") }
        try dates(calendar, trial)
        try narrowed(trial, table)
    }

    /// What a domain has to be called, by what is open in the table and what was seen last.
    private static func condition(of watch: Watch, _ open: [Incident], _ trial: Trial) throws -> DomainCondition {
        guard let report = trial.life.status.read({ $0.domains[watch.domain] }) else { return .learning }
        let inMemory = Set(report.open.map(\.id))
        try agree("the status", inMemory, "the table", Set(open.map(\.id)), "\(watch.domain)")
        if let state = try trial.life.store.state(of: watch.domain) {
            let kept = Set(state.book.open.map(\.id))
            try agree("the memory", kept, "the table", inMemory, "\(watch.domain)")
        }
        if open.contains(where: { $0.presentSeverity == .critical }) { return .failing }
        let sight = trial.sights[watch.domain]
        let isSettled = sight.map { trial.time.passed - $0.at > settling } ?? false
        // What the world has answered decides here, and not what the engine has made of it.
        let sawNothing = isSettled ? sight?.sawNothing ?? false : report.sight?.isKnown == false
        if sawNothing { return .learning }
        if report.sight?.isKnown == false { return .learning }
        if open.contains(where: { $0.presentSeverity == .warning }) { return .warning }
        return report.learntAt == nil ? .learning : .healthy
    }

    /// While the store takes nothing it is said wherever people and programs look.
    private static func trouble(_ trial: Trial) throws {
        let anybody = PlainRequest("GET", "/-/ready")
        guard let ready = trial.ask(anybody) else { return }
        if ready.status != 503 { throw Violation("the store takes nothing, and /-/ready says \(ready.status)") }
        guard let metrics = trial.ask(PlainRequest("GET", "/metrics")), metrics.status == 200 else { return }
        try agree(
            "the metrics", samples(metrics.body)["lapwing_store_failing"], "the store", 1, "lapwing_store_failing")
    }

    /// The counters of the board, which has none for what is unknown while checks are overdue.
    private static func counters(_ board: String, _ counts: [DomainCondition: Int], overdue: Int) throws {
        let unknown = overdue > 0 ? (overdue, "overdue checks") : (counts[.learning] ?? 0, "not known yet")
        let wanted = [
            (counts[.failing] ?? 0, "failing now"), (counts[.warning] ?? 0, "with warnings"),
            (counts[.healthy] ?? 0, "healthy"), unknown,
        ]
        for (count, word) in wanted where !board.contains("<b>\(count)</b><span>\(word)</span>") {
            throw Violation("the board does not say that \(count) are \(word)")
        }
    }

    /// Every registration that ends and every announced time is in the calendar.
    private static func dates(_ calendar: String, _ trial: Trial) throws {
        let text = calendar.replacing("\r\n ", with: "")
        let ends = try trial.life.store.registrationEnds(before: .latest, limit: 10_000).map(\.0)
        for watch in trial.settings.watches {
            let isThere = text.contains("UID:\(plain(watch.domain))-registration@")
            try agree("the calendar", isThere, "the store", ends.contains(watch.domain), "\(watch.domain) ends")
        }
        for announced in try trial.life.store.announcements(at: trial.time.wall) {
            guard announced.window.to > trial.time.wall, let domain = announced.domain,
                trial.settings.watches.contains(where: { $0.domain == domain })
            else { continue }
            guard !text.contains("UID:announcement-\(announced.id)-") else { continue }
            throw Violation("announcement \(announced.id) is not in the calendar")
        }
    }

    /// Who may see some of the domains sees all of these and nothing else.
    private static func narrowed(_ trial: Trial, _ table: [Name: [Incident]]) throws {
        guard let visitor = Visitor.all.first(where: { $0.rights.tags != nil }),
            let list: List = try json("/api/v1/domains?limit=500", trial, as: visitor),
            let open: Open = try json("/api/v1/incidents?status=open&limit=500", trial, as: visitor)
        else { return }
        let own = trial.settings.watches.filter { visitor.rights.sees($0.tags) }.map(\.domain)
        try agree("the API", Set(list.domains.map(\.name)), "the tag", Set(own.map { "\($0)" }), visitor.name)
        let incidents = Set(own.flatMap { table[$0] ?? [] }.map(\.id))
        try agree("the API", Set(open.incidents.map(\.id)), "the tag", incidents, visitor.name)
    }

    // MARK: Asking

    private static func text(_ target: String, _ trial: Trial, as visitor: Visitor) throws -> String? {
        guard let answer = trial.ask(visitor.request("GET", target)) else { return nil }
        guard answer.status == 200 else { throw Violation("\(target) gives \(answer.status): \(answer.body)") }
        return answer.body
    }

    private static func json<Value: Decodable>(
        _ target: String, _ trial: Trial, as visitor: Visitor
    ) throws -> Value? {
        guard let text = try text(target, trial, as: visitor) else { return nil }
        return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    /// Each sample of a page of metrics by its name and labels.
    private static func samples(_ text: String) -> [String: Double] {
        var samples: [String: Double] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let blank = line.lastIndex(of: " ") else { continue }
            samples[String(line[..<blank])] = Double(line[line.index(after: blank)...])
        }
        return samples
    }

    /// A name without its final dot, as pages have it.
    private static func plain(_ name: Name) -> String {
        let text = "\(name)"
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func agree<Value: Equatable>(
        _ one: String, _ first: Value, _ other: String, _ second: Value, _ subject: String
    ) throws {
        guard first != second else { return }
        throw Violation("\(subject): \(one) says \(first), \(other) \(second)")
    }
}
