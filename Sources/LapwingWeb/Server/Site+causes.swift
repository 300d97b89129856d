import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

extension Site {
    /// The page of a cause that several domains share, and the actions on all of them.
    static let causeRoutes: [Route] = [
        Route(.get, "/incidents/:id/cause", .linked) { site, request in
            let incident = try site.incident(request)
            let members = try site.sources.store.members(ofCauseOf: incident, limit: IncidentPages.mostDomains)
            // All incidents of the cause lead to the same page; an incident without a shared cause has its own.
            guard members.count > 1 else {
                return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))")
            }
            guard members[0].id == incident.id else {
                return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(members[0].id))/cause")
            }
            let pages = IncidentPages(frame: site.frame(request), sources: site.sources)
            return WebAnswer.html(try pages.causePage(incident, members))
        },
        Route(.post, "/incidents/:id/cause/acknowledge", for: .act) { site, request in
            let incident = try site.incident(request)
            let open = try site.sources.store.members(ofCauseOf: incident).filter { $0.closedAt == nil }
            guard !open.isEmpty else { throw Failure(.conflict, "All incidents of this cause are closed.") }
            let now = site.sources.now()
            let form: AcknowledgeForm = try request.form()
            let until = now.adding(seconds: try Self.hours(form.hours, standard: 4) * 3600)
            let person = request.person(form.by)
            let all = open.map { member in
                let acknowledgement = Acknowledgement(
                    incident: member.id, person: person.name, at: now, until: until, severity: member.severity)
                return (acknowledgement, domain: member.domain)
            }
            try site.sources.store.acknowledge(all, from: person.origin)
            return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))/cause")
        },
    ]

    /// Returns the number of hours in a form.
    static func hours(_ text: String?, standard: Int64) throws -> Int64 {
        let hours = text.flatMap { Int64($0) } ?? standard
        guard (1...720).contains(hours) else { throw Failure(.badRequest, "1 to 720 hours.") }
        return hours
    }
}
