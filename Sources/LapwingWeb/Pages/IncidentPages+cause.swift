import LapwingCore
import LapwingStore

extension IncidentPages {
    /// Domains of a shared cause that a page names.
    private static let mostDomains = 200

    /// The cause that an incident shares with others, and all domains that it hit meanwhile; nil where it is alone.
    func cause(_ incident: Incident) throws -> [String: Any]? {
        let all = try sources.store.incidents(sharingCauseOf: incident)
        guard let shared = incident.shared, all.count > 1 else { return nil }
        return [
            "name": Shown.text(shared, limit: 300), "count": Shown.count(all.count),
            "domains": all.prefix(Self.mostDomains).map { other -> [String: Any] in
                [
                    "domain": Shown.name(other.domain), "id": Escape.path(other.id), "here": other.id == incident.id,
                    "style": other.closedAt == nil ? other.severity.style : "good",
                    "word": other.closedAt == nil ? "open" : "over",
                ]
            },
            "more": all.count > Self.mostDomains ? "and \(Shown.count(all.count - Self.mostDomains)) more" : "",
        ]
    }
}
