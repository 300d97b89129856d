import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// Accepting changes, for forms, links and the API.
extension Site {
    /// Accepts all open incidents of a domain that can be accepted; succeeds if none is open.
    func acceptChanges(of domain: Name, by person: Person) throws {
        let open = try sources.store.incidents(of: domain, openOnly: true)
        if let fault = open.first, !open.contains(where: \.code.nature.canBeAccepted) { throw Self.refusal(fault) }
        try sources.store.add(.accept, domain: domain, by: person, at: sources.now())
    }

    func accept(_ incident: Incident, by person: Person) throws {
        guard incident.code.nature.canBeAccepted else {
            throw Self.refusal(incident)
        }
        try sources.store.add(
            .accept, domain: incident.domain, incident: incident.id, by: person, at: sources.now())
    }

    /// Returns the incidents that need a confirmation before they are accepted: critical ones that are open and not
    /// undone.
    func grave(_ incidents: [Incident], _ request: WebRequest) throws -> [Incident] {
        let pages = IncidentPages(frame: frame(request), sources: sources)
        return try incidents.filter { incident in
            let isGrave = incident.severity == .critical && incident.closedAt == nil
            return try isGrave && incident.code.nature.canBeAccepted && pages.recovering(incident) == nil
        }
    }

    /// Returns the page that asks for confirmation before a critical change becomes normal; nil if none is critical, or
    /// the form has the confirmation.
    func question(_ incidents: [Incident], _ form: AcceptForm, _ request: WebRequest) throws -> Response? {
        guard form.sure != "yes" else { return nil }
        let grave = try grave(incidents, request)
        guard !grave.isEmpty else { return nil }
        guard request.wantsPage else {
            throw Failure(.conflict, "Nothing was accepted: it is critical. Send sure=yes to accept it.")
        }
        let model = SureModel(
            path: "/" + request.visit.segments.map(Escape.path).joined(separator: "/"),
            by: Shown.text(form.by ?? "", limit: 60),
            found: grave.prefix(10).map { Shown.text($0.text.headline, limit: 600) },
            normal: grave.prefix(10).map { Shown.text($0.normal, limit: 600) })
        let page = try frame(request).render(model, title: "Accept a critical change?", path: "/incidents")
        return WebAnswer.html(page, status: .conflict)
    }

    private static func refusal(_ fault: Incident) -> Failure {
        Failure(
            .conflict,
            "\(fault.code) is a fault, not a change: it cannot be accepted and ends when it is fixed. "
                + "Acknowledge it to stop reminders, silence it to mute it.")
    }
}
