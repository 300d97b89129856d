import DNSWire
import LapwingCore

/// Reads the routes.
struct RouteReader {
    /// The largest number of routes; each event is compared with all of them.
    private static let most = 200

    let channels: [Channel]
    private let hours = HoursReader()

    init(channels: [Channel]) {
        self.channels = channels
    }

    func routes(_ value: ValueReader) -> [Route] {
        let members = value.list() ?? []
        if members.count > Self.most {
            value.fault("\(value.path): \(members.count) routes; at most \(Self.most) are taken")
            return []
        }
        return members.compactMap(route)
    }

    /// Returns the default routes, for a configuration without any; only channels that people read get a digest.
    static func standard(_ channels: [Channel]) -> [Route] {
        let readers = channels.filter(\.kind.takesDigests).map(\.name)
        let others = channels.filter { !$0.kind.takesDigests }.map(\.name)
        return [Route.standard(readers, digest: .standard), Route.standard(others)].filter { !$0.channels.isEmpty }
    }

    private func route(_ member: ValueReader) -> Route? {
        guard let fields = member.fields(.route) else { return nil }
        guard let to = fields["to"] else {
            member.fault("\(member.path): key `to` is missing")
            return nil
        }
        var route = Route.standard(names(to))
        route.severity = fields["severity"]?.choice(Severity.self) ?? route.severity
        route.changes = fields["changes"]?.boolean() ?? (fields["severity"] == nil && route.changes)
        route.types = fields["types"].flatMap(RecordTypeList.read) ?? []
        route.tags = fields["tags"]?.strings(orSingle: true) ?? []
        route.domains = Set((fields["domains"]?.list(orSingle: true) ?? []).compactMap(domain))
        route.classes = Set(
            (fields["classes"]?.list(orSingle: true) ?? []).compactMap { $0.choice(IncidentClass.self) })
        route.codes = (fields["codes"]?.list(orSingle: true) ?? []).compactMap(FindingCodes.pattern)
        route.hours = fields["hours"].flatMap { hours.hours($0, .hours) }
        route.quiet = fields["quiet"].flatMap { hours.hours($0, .quiet) }
        if let digest = fields["digest"] {
            route.digest = hours.digest(digest)
            let pagers = channels.filter { route.channels.contains($0.name) && !$0.kind.takesDigests }
            if route.digest != nil, let pager = pagers.first {
                digest.fault(
                    "\(digest.path): `\(pager.name)` keeps incidents and takes no digest; give it its own route")
            }
        }
        route.reminder = fields["remind"]?.duration(300...(30 * 86_400))
        route.escalations = fields["escalate"].map(escalations) ?? []
        route.fallback = fields["fallback"].map(names) ?? []
        route.goesOn = fields["continue"]?.boolean() ?? true
        return route
    }

    private func names(_ value: ValueReader) -> [String] {
        (value.list(orSingle: true) ?? []).compactMap { name in
            guard let text = name.string() else { return nil }
            if channels.contains(where: { $0.name == text }) { return text }
            let hint = Spelling.nearest(to: text, among: channels.map(\.name)).map { "; did you mean `\($0)`?" }
            name.fault("\(name.path): there is no channel `\(text)`\(hint ?? "")")
            return nil
        }
    }

    private func escalations(_ value: ValueReader) -> [Route.Escalation] {
        let members = value.isMapping ? [value] : value.list() ?? []
        return members.prefix(10).compactMap { member -> Route.Escalation? in
            guard let fields = member.fields(.escalation) else { return nil }
            for key in ["after", "to"] where fields[key] == nil {
                member.fault("\(member.path): key `\(key)` is missing")
            }
            guard let after = fields["after"]?.duration(60...(30 * 86_400)), let to = fields["to"] else { return nil }
            return Route.Escalation(after: after, channels: names(to))
        }.sorted { $0.after < $1.after }
    }

    private func domain(_ value: ValueReader) -> Name? {
        guard let text = value.string() else { return nil }
        if let name = try? Name(text) { return name.folded }
        value.fault("\(value.path): `\(text)` is no domain name")
        return nil
    }

}

extension Channel.Kind {
    /// Whether the channel takes digests; a service that keeps a list of open incidents would list a digest as one.
    package var takesDigests: Bool {
        switch self {
        case .pagerDuty, .opsgenie, .alertmanager: false
        default: true
        }
    }
}
