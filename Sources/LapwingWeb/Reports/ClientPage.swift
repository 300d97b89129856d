import DNSWire
import LapwingCore

/// The page for a client: the present state of its domains, their history, and upcoming dates.
struct ClientPage {
    /// The number of days that are shown.
    static let days = 90
    private static let mostIncidents = 50
    private static let mostRows = 200

    var client: Client
    /// The report of the last ``days`` days, restricted to the data that the client may see.
    var report: Report
    /// The state of each domain, in the order of the report.
    var conditions: [DomainCondition]
    /// The time of the least recent check among the domains; nil if one was never checked.
    var lookedAt: Timestamp?
    /// The path of the page, without a trailing slash.
    var path: String
    /// The query that selects the language chosen on the page, for the addresses of reports.
    var query = ""

    private var wording: Wording { report.wording }

    var model: ClientModel {
        let now = report.madeAt
        let worst = conditions.min()
        let (style, sign) = worst.map(Self.look) ?? ("idle", "–")
        // Open incidents come first.
        let incidents = report.incidents.sorted { one, other in
            (one.ended == nil ? 0 : 1, other.opened) < (other.ended == nil ? 0 : 1, one.opened)
        }
        let rows = zip(report.domains, conditions).prefix(Self.mostRows).map(domain)
        let more = incidents.count - Self.mostIncidents
        return ClientModel(
            page: LocalPageModel(
                wording, sheet: "\(path)/style.css", script: "\(path)/times.js",
                place: { "\(path)?lang=\($0.rawValue)" }),
            labels: labels, logo: client.logo == nil ? nil : "\(path)/logo", owner: client.name, style: style,
            sign: sign, state: state, detail: detail(now), made: TimeModel(now, wording), domains: rows,
            hasDomains: !rows.isEmpty,
            firstDay: report.domains.first?.byDay.first.map { wording.day($0.number) } ?? "",
            legend: LegendModel.all(wording), incidents: incidents.prefix(Self.mostIncidents).map(incident),
            hasIncidents: !incidents.isEmpty, moreIncidents: more > 0 ? wording.say(.moreIncidents(more)) : nil,
            works: report.planned.prefix(Self.mostRows).map(work), hasWorks: !report.planned.isEmpty,
            endings: report.endings.prefix(Self.mostRows).map { ending in
                let row = ReportModel.Ending(ending, at: now, wording)
                return ClientModel.Ending(
                    day: wording.day(ending.at), domain: row.domain, what: row.what, left: row.left, style: row.style)
            },
            hasEndings: !report.endings.isEmpty, reports: Self.months(at: now, path: path, query: query, wording))
    }

    /// The previous months, newest first, preceded by the current month so far.
    static func months(
        at now: Timestamp, path: String, query: String = "", _ wording: Wording = .plain
    ) -> [ClientModel.ReportLink] {
        var periods = [ReportPeriod.month(of: now)]
        for _ in 0..<6 { periods.append(.lastMonth(before: periods.last?.start ?? now)) }
        return periods.map {
            ClientModel.ReportLink(
                path: "\(path)/report.html?period=\($0.code)\(query)", title: Wording.opening(wording.title($0)))
        }
    }

    private var labels: ClientModel.Labels {
        ClientModel.Labels(
            domains: wording[.domains], subtitle: wording[.subtitle], lastDays: wording[.lastDays],
            noDomain: wording[.noDomain], today: wording[.today], incidents: wording[.incidents],
            noIncidents: wording[.noRecentIncidents], plannedWork: wording[.plannedWork],
            noPlannedWork: wording[.noPlannedWork], endings: wording[.endings], noEndings: wording[.noEndings],
            reports: wording[.reports], explanation: wording[.explanation], when: wording[.when],
            domain: wording[.domain], what: wording[.what], left: wording[.left])
    }

    private var state: String {
        let failing = conditions.count { $0 == .failing }
        let warned = conditions.count { $0 == .warning }
        let unknown = conditions.count { $0 == .learning }
        if conditions.isEmpty { return wording[.noDomain] }
        if failing > 0 { return wording.say(.failing(failing, of: conditions.count)) }
        if warned > 0 { return wording.say(.warned(warned, of: conditions.count)) }
        if unknown == conditions.count { return wording[.allUnknown] }
        if unknown > 0 { return wording.say(.someUnknown(unknown, of: conditions.count)) }
        return wording.say(.allWell(conditions.count))
    }

    private func detail(_ now: Timestamp) -> String {
        lookedAt.map { wording.say(.lookedAgo(wording.span(now.seconds(since: $0)))) } ?? wording[.notAllSeen]
    }

    private func domain(_ domain: Report.Domain, _ condition: DomainCondition) -> ClientModel.Domain {
        let share =
            domain.resolution.basisPoints == nil
            ? wording[.resolutionUnknown] : wording.say(.resolvedShare(wording.share(domain.resolution)))
        return ClientModel.Domain(
            domain: domain.domain, word: wording.word(condition), style: Self.look(condition).style,
            bars: DayBars.svg(domain.byDay, wording), words: DayBars.words(domain.byDay, wording), share: share)
    }

    private static func look(_ condition: DomainCondition) -> (style: String, sign: String) {
        switch condition {
        case .failing: ("bad", "✕")
        case .warning: ("warn", "!")
        case .learning: ("idle", "…")
        case .healthy: ("good", "✓")
        }
    }

    private func work(_ work: Report.Work) -> ClientModel.Work {
        ClientModel.Work(
            span: SpanModel(from: work.from, to: work.to, wording), domain: work.domain ?? wording[.allDomains],
            text: work.text.isEmpty ? wording[.announcedWork] : Shown.text(work.text, limit: 400))
    }

    private func incident(_ trouble: Report.Trouble) -> ClientModel.Incident {
        let length = trouble.ended.map { wording.span($0.seconds(since: trouble.opened)) }
        return ClientModel.Incident(
            domain: trouble.domain, style: trouble.ended == nil ? trouble.severity.style : "good",
            word: trouble.ended == nil ? wording.word(trouble.severity) : wording[.over],
            text: Shown.text(wording.text(trouble), limit: 400),
            detail: wording.detail(trouble).map { Shown.text($0, limit: 400) },
            span: SpanModel(from: trouble.opened, to: trouble.ended, wording, length: length))
    }
}
