import DNSWire
package import LapwingCore

/// The severities and changes that are sent at once, in the digest, or only stored, under the routes in force.
package struct RouteTable {
    /// A kind of event from the user's point of view.
    package struct Kind: Sendable {
        /// The description for users.
        package var text: String
        /// The severity.
        package var severity: Severity
        /// Whether it is a change of a record that was neither announced nor prepared, or a change back.
        package var isChange: Bool
    }

    /// The kinds of events, the most severe first.
    package static let kinds = [
        Kind(
            text: "A hijack, an outage, broken signatures, a registration that ends within days", severity: .critical,
            isChange: false),
        Kind(
            text: "A server that is down, a resolver with false answers, signatures or a registration that end soon",
            severity: .warning, isChange: false),
        Kind(
            text: "A change of a steady record, neither announced nor prepared; and its return",
            severity: .notice, isChange: true),
        Kind(
            text: "A change that was prepared or announced, a TTL that was cut, trouble of resolvers and registries",
            severity: .notice, isChange: false),
        Kind(text: "Rotation, new signatures, key rollovers, routine", severity: .info, isChange: false),
    ]

    let routes: [Route]
    /// The kind of each channel by its name; channels that keep lists of open incidents take no digest.
    let kinds: [String: String]

    package init(routes: [Route], kinds: [String: String]) {
        self.routes = routes
        self.kinds = kinds
    }

    /// Returns the channels that are notified of a kind of event at once, and those that get it in the digest.
    package func channels(for kind: Kind) -> (now: [String], digest: [String]) {
        var now: [String] = []
        var digest: [String] = []
        for route in routes {
            if kind.severity >= route.severity || route.changes && kind.isChange {
                now += route.channels
            } else if route.digest != nil, kind.severity >= .notice {
                digest += route.channels.filter { !["pagerduty", "alertmanager"].contains(kinds[$0] ?? "") }
            }
        }
        let told = Set(now)
        return (Self.unique(now), Self.unique(digest.filter { !told.contains($0) }))
    }

    var rows: [ChannelsModel.Told] {
        Self.kinds.map { kind in
            let (now, digest) = channels(for: kind)
            var words: [String] = []
            if !now.isEmpty { words.append("at once: \(Self.list(now))") }
            if !digest.isEmpty { words.append("in the digest: \(Self.list(digest))") }
            return ChannelsModel.Told(
                text: kind.text, severity: kind.severity.word, style: kind.severity.style, sign: kind.severity.sign,
                told: words.isEmpty ? "kept: page, API, log" : words.joined(separator: "; "))
        }
    }

    /// The routes in words.
    var routeRows: [ChannelsModel.RouteModel] {
        routes.map { route in
            let now =
                "\(route.severity.word)\(route.severity == .critical ? "" : " and worse")"
                + (route.changes ? ", changes of records" : "")
            return ChannelsModel.RouteModel(
                to: Self.list(route.channels), now: now, digest: digest(route), only: Self.limits(route),
                later: Self.later(route))
        }
    }

    private func digest(_ route: Route) -> String {
        guard let digest = route.digest else { return "–" }
        let minute = digest.hour.minute
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60)) \(digest.hour.clock.zone)"
            + (digest.quietDays ? ", quiet days too" : "")
    }

    /// The conditions of a route in words.
    private static func limits(_ route: Route) -> String {
        var parts: [String] = []
        if !route.domains.isEmpty { parts.append(list(route.domains.map(Shown.name).sorted())) }
        if !route.tags.isEmpty { parts.append("tags \(list(route.tags))") }
        if !route.types.isEmpty { parts.append("types \(list(route.types.map { "\($0)" }))") }
        if !route.classes.isEmpty { parts.append(list(route.classes.map(\.rawValue).sorted())) }
        if !route.codes.isEmpty { parts.append(list(route.codes)) }
        if route.hours != nil { parts.append("in its working hours") }
        return parts.isEmpty ? "everything" : parts.joined(separator: "; ")
    }

    private static func later(_ route: Route) -> String {
        var parts: [String] = []
        if route.quiet != nil { parts.append("waits in quiet hours, unless critical") }
        if let reminder = route.reminder { parts.append("again every \(Shown.span(reminder))") }
        for step in route.escalations { parts.append("after \(Shown.span(step.after)) \(list(step.channels))") }
        if !route.fallback.isEmpty { parts.append("if unreachable \(list(route.fallback))") }
        if !route.goesOn { parts.append("later routes are skipped") }
        return parts.isEmpty ? "–" : parts.joined(separator: "; ")
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(12).map { Shown.text($0, limit: 100) }.joined(separator: ", ")
        return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
    }
}
