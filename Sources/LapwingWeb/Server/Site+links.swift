import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// The links in messages. To open one changes nothing; its button acts. The link is sufficient, without a password.
extension Site {
    private static let path = "/act/:act/:incident/:channel/:expires/:code"

    static let linkRoutes: [Route] = [
        Route(.get, path, .linked, isSigned: true) { site, request in
            try site.answer(request) { link, incident in try site.page(link, incident, request) }
        },
        Route(.post, path, isSigned: true) { site, request in
            try site.answer(request) { link, incident in
                let done = try site.carryOut(link, incident, request)
                return try site.templates.render(ActModel(base: request.base, verb: "Done", effect: done))
            }
        },
    ]

    /// Returns the page of a genuine link; otherwise a page with the reason.
    private func answer(_ request: WebRequest, _ page: (ActLink, Incident) throws -> String) throws -> Response {
        do {
            let (link, incident) = try self.link(request)
            return WebAnswer.html(try page(link, incident))
        } catch let failure as Failure {
            let model = ActModel(base: request.base, verb: "Nothing was done", effect: failure.text)
            return WebAnswer.html(try templates.render(model), status: failure.status)
        }
    }

    /// Verifies a link. Throws a ``Failure`` with a sentence if it is not genuine, has expired, or its incident is
    /// closed.
    private func link(_ request: WebRequest) throws -> (ActLink, Incident) {
        guard let seal = sources.seal, let act = request.part("act").flatMap(ActLink.Act.init(rawValue:)),
            let id = request.part("incident"), id.utf8.count < 300, let channel = request.part("channel"),
            channel.utf8.count < 300, let seconds = request.part("expires").flatMap({ Int64($0) }),
            let code = request.part("code"), code.utf8.count == 64
        else { throw Failure(.forbidden, "This link is not valid. Nothing was done.") }
        let link = ActLink(act: act, incident: id, channel: channel, expires: Timestamp(seconds: seconds))
        guard "\(link.expires.seconds)" == request.part("expires"), seal.isGenuine(link, code) else {
            throw Failure(.forbidden, "This link is not valid. Nothing was done.")
        }
        guard sources.now() < link.expires else {
            throw Failure(.gone, "This link expired at \(link.expires.sentence). Nothing was done.")
        }
        guard let incident = try sources.store.incident(id) else {
            throw Failure(.gone, "This incident no longer exists. Nothing was done.")
        }
        guard incident.closedAt == nil else {
            throw Failure(.gone, "\(incident.id) is closed. Nothing was done.")
        }
        return (link, incident)
    }

    private func page(_ link: ActLink, _ incident: Incident, _ request: WebRequest) throws -> String {
        let words =
            switch link.act {
            case .accept:
                (
                    "Accept as the new normal", "From now on this is normal, and the incident ends: \(incident.normal)"
                )
            case .acknowledge:
                (
                    "Acknowledge",
                    "Reminders and escalation stop for 4 hours. Updates and the end are still sent."
                )
            case .silence:
                (
                    "Silence",
                    "Alerts of \(incident.incidentClass.rawValue) of \(incident.domain) are muted for a time."
                )
            }
        return try templates.render(
            ActModel(
                base: request.base, verb: words.0, effect: Shown.text(words.1, limit: 600),
                incident: Escape.path(incident.id), severity: incident.severity.word,
                headline: Shown.text(incident.text.headline, limit: 600),
                path: "/act/" + request.visit.segments.dropFirst().map(Escape.path).joined(separator: "/"),
                asksHours: link.act == .silence,
                isGrave: link.act == .accept && !(try grave([incident], request)).isEmpty))
    }

    /// - Returns: a sentence about the result.
    private func carryOut(_ link: ActLink, _ incident: Incident, _ request: WebRequest) throws -> String {
        let person = Person("a link sent over \(link.channel)", from: "link, \(request.peer)")
        switch link.act {
        case .accept:
            let isSure = try request.form(as: AcceptForm.self).sure == "yes"
            guard try isSure || grave([incident], request).isEmpty else {
                throw Failure(
                    .conflict, "This is critical. Open the link again and confirm that it is yours. Nothing was done.")
            }
            try accept(incident, by: person)
            return "\(incident.id) is accepted."
        case .acknowledge:
            let end = try acknowledge(incident, by: person, seconds: Acknowledgement.standard)
            return "\(incident.id) is acknowledged until \(end.sentence)."
        case .silence:
            let end = try silence(incident, hours: try request.form(as: SilenceForm.self).hours, by: person)
            return "\(incident.incidentClass.rawValue) of \(incident.domain) is silenced until \(end.sentence)."
        }
    }
}

// MARK: Shared by pages, API and links

extension Site {
    /// - Returns: the end of the acknowledgement.
    func acknowledge(_ incident: Incident, by person: Person, seconds: Int64) throws -> Timestamp {
        guard incident.closedAt == nil else { throw Failure(.conflict, "\(incident.id) is closed.") }
        guard (1...Acknowledgement.longest).contains(seconds) else {
            throw Failure(.badRequest, "1 second to 90 days.")
        }
        let now = sources.now()
        let acknowledgement = Acknowledgement(
            incident: incident.id, person: person.name, at: now, until: now.adding(seconds: seconds),
            severity: incident.severity)
        try sources.store.acknowledge(acknowledgement, domain: incident.domain, from: person.origin)
        return acknowledgement.until
    }

    /// Mutes the class of an incident for its domain; returns the end of the silence.
    ///
    /// - Parameter isNarrow: whether to mute only its finding code, and only the one record that it concerns.
    func silence(
        _ incident: Incident, isNarrow: Bool = false, hours text: String?, by person: Person
    ) throws -> Timestamp {
        let seconds = try Self.hours(text, standard: 1) * 3600
        let now = sources.now()
        var silence = Silence(
            id: 0, domain: incident.domain, incidentClass: incident.incidentClass, from: now,
            to: now.adding(seconds: seconds), reason: "for \(incident.id)")
        if isNarrow {
            guard let record = incident.onlyRecord else {
                throw Failure(.conflict, "\(incident.id) is not about a single record.")
            }
            silence.code = incident.code
            silence.record = record
        }
        return try sources.store.add(silence, by: person, incident: incident.id).to
    }
}
