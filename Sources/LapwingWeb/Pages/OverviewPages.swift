import DNSWire
import LapwingCore
import LapwingStore

/// Resolvers, and what ends soon.
struct OverviewPages {
    let frame: PageFrame
    let sources: WebSources

    /// More dates than these are not drawn, and fewer are listed.
    private static let mostDates = 5000
    private static let mostRows = 200

    func resolvers() throws -> String {
        let open = try sources.store.incidents(openOnly: true).filter { $0.code.rawValue.hasPrefix("resolver.") }
        let rows = frame.content.figures.resolvers.sorted { $0.label < $1.label }.map { resolver -> [String: Any] in
            let failures = resolver.failures.values.reduce(0, +)
            let share = resolver.queries > 0 ? Double(failures) / Double(resolver.queries) : 0
            let style = resolver.queries == 0 ? "idle" : share > 0.2 ? "bad" : share > 0.02 ? "warn" : "good"
            let reasons = resolver.failures.sorted { $0.value > $1.value }
            let about = open.filter { $0.text.headline.contains(resolver.label) }
            let mean = resolver.queries > 0 ? resolver.seconds / Double(resolver.queries) * 1000 : nil
            return [
                "label": Shown.text(resolver.label, limit: 80), "queries": Shown.count(resolver.queries),
                "failures": failures == 0 ? "none" : Shown.count(failures), "style": style,
                "sign": ["good": "✓", "warn": "!", "bad": "✕"][style] ?? "…",
                "reasons": reasons.prefix(4).map { "\(Shown.text($0.key, limit: 40)) \($0.value)" }.joined(
                    separator: ", "),
                "mean": mean.map { "\(Int($0.rounded())) ms" } ?? "–", "histogram": LatencyHistogram.svg(resolver),
                "last": resolver.lastFailure.map {
                    "\(Shown.text($0.reason, limit: 40)), \(Shown.ago($0.at, frame.now))"
                } ?? "–",
                "filters": about.first.map { Shown.text($0.text.headline, limit: 200) } ?? "nothing seen",
            ]
        }
        return frame.render(
            "resolvers", title: "Resolvers", path: "/resolvers", ["rows": rows, "hasRows": !rows.isEmpty])
    }

    func expiry() throws -> String {
        let end = frame.now.adding(seconds: Int64(ExpiryStrip.days) * 86_400)
        var items: [(domain: Name, at: Timestamp, what: String, isSignature: Bool)] = []
        for (domain, at) in try sources.store.registrationEnds(before: end, limit: Self.mostDates) {
            guard frame.content.roster.row(of: domain) != nil else { continue }
            items.append((domain, at, "registration", false))
        }
        for (row, glance) in zip(frame.content.roster.rows, frame.content.glances) {
            if let at = glance?.signaturesEnd, at < end { items.append((row.domain, at, "first signature", true)) }
        }
        items.sort { $0.at < $1.at }
        items = Array(items.prefix(Self.mostDates))
        let strip = ExpiryStrip.svg(
            items.map { .init(at: $0.at, title: "\(Shown.name($0.domain)): \($0.what)", isSignature: $0.isSignature) },
            now: frame.now)
        let rows = try items.prefix(Self.mostRows).map { item -> [String: Any] in
            let registrar = item.isSignature ? nil : try sources.store.registration(of: item.domain)?.registrar
            let left = item.at.seconds(since: frame.now)
            let critical: Int64 = item.isSignature ? 86_400 : 7 * 86_400
            return [
                "at": Shown.time(item.at, frame.now), "domain": Shown.name(item.domain),
                "path": Escape.path(Shown.name(item.domain)),
                "what": Shown.text(item.what + (registrar.map { " at \($0)" } ?? ""), limit: 200),
                "left": left < 0 ? "over" : Shown.span(left),
                "style": left < critical ? "bad" : left < critical * 4 ? "warn" : "good",
            ]
        }
        return frame.render(
            "expiry", title: "Expiry", path: "/expiry", ["strip": strip, "rows": rows, "hasRows": !rows.isEmpty])
    }

    func message(_ title: String, _ text: String) -> String {
        frame.render("message", title: title, path: "", ["title": title, "text": text])
    }
}
