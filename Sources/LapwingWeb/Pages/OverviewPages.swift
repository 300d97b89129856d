import DNSWire
import LapwingCore
import LapwingStore

/// The pages of resolvers and of expiry dates.
struct OverviewPages {
    let frame: PageFrame
    let sources: WebSources

    /// The largest number of dates that are drawn, and the smaller number that are listed.
    private static let mostDates = 5000
    private static let mostRows = 200

    func resolvers() throws -> String {
        let open = try sources.store.incidents(openOnly: true).filter { $0.code.rawValue.hasPrefix("resolver.") }
        let rows = frame.content.figures.resolvers.sorted { $0.label < $1.label }.map { resolver in
            let failures = resolver.failures.values.reduce(0, +)
            let share = resolver.queries > 0 ? Double(failures) / Double(resolver.queries) : 0
            let style = resolver.queries == 0 ? "idle" : share > 0.2 ? "bad" : share > 0.02 ? "warn" : "good"
            let reasons = resolver.failures.sorted { $0.value > $1.value }
            let about = open.filter { $0.text.headline.contains(resolver.label) }
            let mean = resolver.queries > 0 ? resolver.seconds / Double(resolver.queries) * 1000 : nil
            let last = resolver.lastFailure.map {
                "\(Shown.text($0.reason, limit: 40)), \(Shown.ago($0.at, frame.now))"
            }
            return ResolversModel.Row(
                label: Shown.text(resolver.label, limit: 80),
                region: sources.region(resolver.label).map { Shown.text($0, limit: 80) }, style: style,
                sign: ["good": "✓", "warn": "!", "bad": "✕"][style] ?? "…", queries: Shown.count(resolver.queries),
                failures: failures == 0 ? "none" : Shown.count(failures),
                reasons: reasons.prefix(4).map { "\(Shown.text($0.key, limit: 40)) \($0.value)" }.joined(
                    separator: ", "),
                mean: mean.map { "\(Int($0.rounded())) ms" } ?? "–", histogram: LatencyHistogram.svg(resolver),
                last: last ?? "–",
                filters: about.first.map { Shown.text($0.text.headline, limit: 200) } ?? "nothing seen")
        }
        return try frame.render(
            ResolversModel(rows: rows, hasRows: !rows.isEmpty), title: "Resolvers", path: "/resolvers")
    }

    /// One expiry date.
    struct Ending {
        var domain: Name
        var at: Timestamp
        var isSignature: Bool
        var what: String { isSignature ? "earliest signature" : "registration" }
    }

    /// Returns all known expiry dates, the earliest first.
    func endings(before end: Timestamp = .latest) throws -> [Ending] {
        var items: [Ending] = []
        for (domain, at) in try sources.registrationEnds() where at < end {
            guard frame.content.roster.row(of: domain) != nil else { continue }
            items.append(Ending(domain: domain, at: at, isSignature: false))
        }
        for (row, glance) in zip(frame.content.roster.rows, frame.content.glances) {
            if let at = glance?.signaturesEnd, at < end {
                items.append(Ending(domain: row.domain, at: at, isSignature: true))
            }
        }
        return items.sorted { ($0.at, $0.domain) < ($1.at, $1.domain) }
    }

    /// - Parameter days: the number of days ahead to list; nil for all.
    func expiry(days: Int?) throws -> String {
        let all = try endings()
        let end = days.map { frame.now.adding(seconds: Int64($0) * 86_400) } ?? .latest
        let items = all.filter { $0.at < end }
        let strip = ExpiryStrip.svg(
            all.prefix(Self.mostDates).map {
                .init(at: $0.at, title: "\(Shown.name($0.domain)): \($0.what)", isSignature: $0.isSignature)
            }, now: frame.now)
        let rows = try items.prefix(Self.mostRows).map { item in
            let registrar = item.isSignature ? nil : try sources.store.registration(of: item.domain)?.registrar
            let left = item.at.seconds(since: frame.now)
            let critical: Int64 = item.isSignature ? 86_400 : 7 * 86_400
            return ExpiryModel.Row(
                at: Shown.time(item.at, frame.now), domain: Shown.name(item.domain),
                path: Escape.path(Shown.name(item.domain)),
                what: Shown.text(item.what + (registrar.map { " at \($0)" } ?? ""), limit: 200),
                left: left < 0 ? "expired" : Shown.span(left),
                style: left < critical ? "bad" : left < critical * 4 ? "warn" : "good")
        }
        let known = Set(all.filter { !$0.isSignature }.map(\.domain))
        let unknown = frame.content.roster.names.filter { !known.contains($0) }
        let spans: [Int?] = [30, 90, nil]
        let model = ExpiryModel(
            tabs: spans.map { span in
                TabModel(
                    path: span.map { "/expiry?days=\($0)" } ?? "/expiry?days=all",
                    word: span.map { "\($0) days" } ?? "All", here: span == days)
            },
            strip: strip, rows: rows, hasRows: !rows.isEmpty,
            empty: days.map { "Nothing is known to end in the next \($0) days." } ?? "No end is known yet.",
            more: items.count > rows.count ? Shown.count(items.count - rows.count) : nil, hasUnknown: !unknown.isEmpty,
            unknownText:
                "No registration end is known of \(Shown.count(unknown.count)) domains: not asked yet, or "
                + "not published. Each domain's page says which.",
            unknown: unknown.prefix(Self.mostRows).map {
                DomainLinkModel(path: Escape.path(Shown.name($0)), domain: Shown.name($0))
            })
        return try frame.render(model, title: "Expiry", path: "/expiry")
    }

    /// Returns all expiry dates as comma-separated values (RFC 4180).
    func expiryTable() throws -> String {
        let lines = try endings().map { "\(Shown.name($0.domain)),\($0.what),\($0.at)" }
        return (["domain,what,ends"] + lines).joined(separator: "\r\n") + "\r\n"
    }

    /// - Parameter back: the path of the previous page.
    func message(_ title: String, _ text: String, back: String? = nil) throws -> String {
        try frame.render(MessageModel(text: Shown.text(text), back: back), title: title, path: "")
    }
}
