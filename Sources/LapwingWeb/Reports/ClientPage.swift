import DNSWire
import LapwingCore

/// What a client sees: how its domains are, how they were, and what is ahead.
struct ClientPage {
    /// Days that are shown.
    static let days = 90
    private static let mostIncidents = 50
    private static let mostRows = 200

    var client: Client
    /// Of the last ``days`` days, as the client may see it.
    var report: Report
    /// How each of its domains is, in the order of the report.
    var conditions: [DomainCondition]
    /// When the domain that was looked at least lately was looked at; nil where one was not yet.
    var lookedAt: Timestamp?
    /// The path of the page, without a slash at its end.
    var path: String

    var model: ClientModel {
        let now = report.madeAt
        let worst = conditions.min()
        let (style, sign) = worst.map(Self.look) ?? ("idle", "–")
        // What lasts comes first.
        let incidents = report.incidents.sorted { one, other in
            (one.ended == nil ? 0 : 1, other.opened) < (other.ended == nil ? 0 : 1, one.opened)
        }
        let rows = zip(report.domains, conditions).prefix(Self.mostRows).map { domain, condition in
            ClientModel.Domain(
                domain: domain.domain, word: Self.word(condition), style: Self.look(condition).style,
                bars: DayBars.svg(domain.byDay), words: DayBars.words(domain.byDay),
                share: domain.resolution.basisPoints == nil
                    ? "How often it was resolved is not recorded" : "\(domain.resolution.words) resolved")
        }
        return ClientModel(
            sheet: "\(path)/style.css", logo: client.logo == nil ? nil : "\(path)/logo", owner: client.name,
            style: style, sign: sign, state: state, detail: detail(now), made: now.sentence, domains: rows,
            hasDomains: !rows.isEmpty, firstDay: report.domains.first?.byDay.first?.day ?? "",
            incidents: incidents.prefix(Self.mostIncidents).map(Self.incident),
            hasIncidents: !incidents.isEmpty,
            moreIncidents: incidents.count > Self.mostIncidents
                ? "\(Shown.count(incidents.count - Self.mostIncidents)) more are in the reports." : nil,
            works: report.planned.prefix(Self.mostRows).map { work in
                ClientModel.Work(
                    span: "\(work.from.sentence) to \(work.to.sentence)", domain: work.domain ?? "all domains",
                    text: work.text.isEmpty ? "Announced work" : Shown.text(work.text, limit: 400))
            },
            hasWorks: !report.planned.isEmpty,
            endings: report.endings.prefix(Self.mostRows).map { ending in
                let row = ReportModel.Ending(ending, at: now)
                return ClientModel.Ending(
                    day: String(ending.at.description.prefix(10)), domain: row.domain, what: row.what, left: row.left,
                    style: row.style)
            },
            hasEndings: !report.endings.isEmpty, reports: Self.months(at: now, path: path))
    }

    /// The months before this one, the newest first, and this one as far as it has come.
    static func months(at now: Timestamp, path: String, query: String = "") -> [ClientModel.ReportLink] {
        var periods = [ReportPeriod.month(of: now)]
        for _ in 0..<6 { periods.append(.lastMonth(before: periods.last?.start ?? now)) }
        return periods.map {
            ClientModel.ReportLink(path: "\(path)/report.html?period=\($0.code)\(query)", title: $0.title)
        }
    }

    private var state: String {
        let failing = conditions.count { $0 == .failing }
        let warned = conditions.count { $0 == .warning }
        let unknown = conditions.count { $0 == .learning }
        func domains(_ count: Int) -> String { count == 1 ? "1 domain" : "\(Shown.count(count)) domains" }
        if conditions.isEmpty { return "No domain is watched." }
        if failing > 0 { return "\(domains(failing)) of \(Shown.count(conditions.count)) failing" }
        if warned > 0 { return "\(domains(warned)) of \(Shown.count(conditions.count)) with a warning" }
        if unknown == conditions.count { return "It is not known how the domains are" }
        if unknown > 0 {
            return "Of \(domains(conditions.count)), it is not known of \(Shown.count(unknown)) how they are"
        }
        return conditions.count == 1 ? "The domain is well" : "All \(Shown.count(conditions.count)) domains are well"
    }

    private func detail(_ now: Timestamp) -> String {
        guard let lookedAt else { return "Not all of them have been looked at since the monitor was started." }
        return "The oldest look at one of them was \(Shown.ago(lookedAt, now))."
    }

    private static func word(_ condition: DomainCondition) -> String {
        switch condition {
        case .failing: "failing"
        case .warning: "warning"
        case .learning: "not known"
        case .healthy: "well"
        }
    }

    private static func look(_ condition: DomainCondition) -> (style: String, sign: String) {
        switch condition {
        case .failing: ("bad", "✕")
        case .warning: ("warn", "!")
        case .learning: ("idle", "…")
        case .healthy: ("good", "✓")
        }
    }

    private static func incident(_ trouble: Report.Trouble) -> ClientModel.Incident {
        let span =
            trouble.ended.map { ended in
                let lasted = Shown.span(ended.seconds(since: trouble.opened))
                return "\(trouble.opened.sentence) to \(ended.sentence), \(lasted)"
            } ?? "since \(trouble.opened.sentence)"
        return ClientModel.Incident(
            domain: trouble.domain, style: trouble.ended == nil ? trouble.severity.style : "good",
            word: trouble.ended == nil ? trouble.severity.word : "over", text: Shown.text(trouble.text, limit: 400),
            span: span)
    }
}
