import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// Announced work and acknowledgements, on the pages and in the API.
extension Site {
    static let peopleRoutes: [Route] = [
        Route(.get, "/maintenance", .linked) { site, request in
            let rows = try site.sources.store.announcements(at: site.sources.now()).prefix(500).map { announced in
                MaintenanceModel.Row(
                    id: "\(announced.id)", words: Shown.text(announced.words, limit: 600),
                    person: Shown.text(announced.person, limit: 100))
            }
            let example = site.sources.now().adding(seconds: 3600).description
            let model = MaintenanceModel(rows: rows, hasRows: !rows.isEmpty, example: example)
            return WebAnswer.html(
                try site.frame(request).render(model, title: "Announced work", path: "/maintenance"))
        },
        Route(.post, "/maintenance", for: .act) { site, request in
            let form: AnnounceForm = try request.form()
            func said(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
            let lines = (form.changes ?? "").split(whereSeparator: \.isNewline).map(String.init)
            _ = try site.announce(
                AnnouncementBody(
                    domain: said(form.domain), from: said(form.from), to: form.to ?? "", covers: nil,
                    reason: said(form.reason), repeat: said(form.repeat), zone: said(form.zone),
                    changes: form.changes == nil ? nil : lines.filter { !$0.allSatisfy(\.isWhitespace) }),
                request)
            return WebAnswer.redirect("\(request.base)/maintenance")
        },
        Route(.post, "/maintenance/:id/withdraw", for: .act) { site, request in
            try site.withdraw(request)
            return WebAnswer.redirect("\(request.base)/maintenance")
        },
        Route(.post, "/incidents/:id/acknowledge", for: .act) { site, request in
            let incident = try site.incident(request)
            let form: AcknowledgeForm = try request.form()
            let hours = try Self.hours(form.hours, standard: 4)
            _ = try site.acknowledge(incident, by: request.person(form.by), seconds: hours * 3600)
            return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))")
        },
        Route(.post, "/api/v1/incidents/:id/acknowledge", for: .act) { site, request in
            let incident = try site.incident(request)
            let body: AcknowledgeBody = request.body.readableBytes == 0 ? AcknowledgeBody() : try request.json()
            let now = site.sources.now()
            var seconds = Acknowledgement.standard
            if let text = body.until {
                guard let until = Timestamp(text), until > now else {
                    throw Failure(.badRequest, "until: must be in the future.")
                }
                seconds = max(1, until.seconds(since: now))
            }
            let person = request.person(body.by)
            let end = try site.acknowledge(incident, by: person, seconds: seconds)
            return WebAnswer.json(
                JSONText.object([
                    ("incident", .text(incident.id)), ("by", .text(person.name)),
                    ("until", .text(end.description)),
                ]).description, status: .accepted)
        },
        Route(.get, "/api/v1/maintenance") { site, _ in
            let windows = try site.sources.store.announcements(at: site.sources.now()).map(JSONText.announcement)
            return WebAnswer.json(JSONText.object([("maintenance", .list(windows))]).description)
        },
        Route(.post, "/api/v1/maintenance", for: .act) { site, request in
            let body: AnnouncementBody = try request.json()
            let kept = try site.announce(body, request)
            return WebAnswer.json(JSONText.announcement(kept).description, status: .created)
        },
        Route(.delete, "/api/v1/maintenance/:id", for: .act) { site, request in
            try site.withdraw(request)
            return Response(status: .noContent)
        },
    ]

    struct AcknowledgeBody: Decodable {
        var by: String?
        var until: String?
    }

    struct AnnouncementBody: Decodable {
        var domain: String?
        var from: String?
        var to: String
        var covers: [String]?
        var reason: String?
        var `repeat`: String?
        var zone: String?
        /// The announced records, each as `NAME TYPE VALUE`; nil for a window without specific changes.
        var changes: [String]?
    }

    private func withdraw(_ request: WebRequest) throws {
        let now = sources.now()
        guard let id = request.part("id").flatMap({ Int64($0) }),
            let known = try sources.store.announcements(at: now).first(where: { $0.id == id })
        else { throw Failure.missing("announcement") }
        if known.domain == nil { try request.mustSeeAll() }
        guard try sources.store.withdraw(announcement: id, by: request.person(), at: now) else {
            throw Failure.missing("announcement")
        }
    }

    private func announce(_ body: AnnouncementBody, _ request: WebRequest) throws -> AnnouncedWindow {
        let person = request.person()
        let now = sources.now()
        let domain = try body.domain.map { text in
            let domain = try name(text)
            guard board.content().entry(domain) != nil else {
                throw Failure(.badRequest, "domain: \(Shown.name(domain)) is not watched.")
            }
            return domain.folded
        }
        guard let to = Timestamp(body.to), to > now else { throw Failure(.badRequest, "to: must be in the future.") }
        let from = try body.from.map { text in
            guard let from = Timestamp(text), from < to else { throw Failure(.badRequest, "from: a time before `to`.") }
            return from
        }
        let covers = try body.covers?.map { word in
            guard let subject = MaintenanceWindow.Subject(rawValue: word) else {
                throw Failure(.badRequest, "covers: unknown.")
            }
            return subject
        }
        let reason = body.reason ?? ""
        guard reason.count <= 500 else { throw Failure(.badRequest, "reason: at most 500 characters.") }
        if let changes = body.changes {
            guard covers == nil, body.repeat == nil else {
                throw Failure(.badRequest, "changes: list the future records; `covers` and `repeat` are for work.")
            }
            let window = try announcing(changes, from: from ?? now, to: to, reason: reason, by: person.name)
            guard domain == nil || window.domain == domain else {
                throw Failure(.badRequest, "domain: the changes are in another domain.")
            }
            return try sources.store.add(window, from: person.origin, at: now)
        }
        if domain == nil { try request.mustSeeAll() }
        var window = MaintenanceWindow(
            from: from ?? now, to: to, covers: covers.map(Set.init), reason: reason)
        if let rule = body.repeat {
            guard let clock = sources.clock(body.zone ?? "UTC") else { throw Failure(.badRequest, "zone: unknown.") }
            do throws(Recurrence.Fault) {
                window.recurrence = try Recurrence(rule, from: window.from, to: to, clock: clock)
            } catch {
                throw Failure(.badRequest, "repeat: \(error.text).")
            }
        }
        return try sources.store.add(
            AnnouncedWindow(domain: domain, window: window, person: person.name), from: person.origin, at: now)
    }
}

extension Site {
    /// Returns the announcement of changes, all of which must be in one domain.
    private func announcing(
        _ lines: [String], from: Timestamp, to: Timestamp, reason: String, by person: String
    ) throws -> AnnouncedWindow {
        let content = board.content()
        func owner(of name: Name) -> Name? {
            var current: Name? = name
            while let candidate = current {
                if content.entry(candidate) != nil { return candidate }
                current = candidate.parent
            }
            return nil
        }
        do throws(AnnouncedText.Fault) {
            let windows = try AnnouncedWindow.announcing(
                lines, from: from, to: to, reason: reason, person: person, domain: owner)
            if windows.count == 1 { return windows[0] }
        } catch {
            throw Failure(.badRequest, "changes: \(Shown.text(error.text, limit: 400)).")
        }
        throw Failure(.badRequest, "changes: one announcement is for one domain.")
    }
}

extension JSONText {
    static func announcement(_ announced: AnnouncedWindow) -> JSONText {
        let window = announced.window
        return .object([
            ("id", .number(Int(announced.id))), ("domain", .optional(announced.domain)),
            ("from", .text(window.from.description)), ("to", .text(window.to.description)),
            ("covers", window.covers.map { .texts($0.map(\.rawValue).sorted()) } ?? .null),
            ("reason", .text(window.reason)), ("repeat", .optional(window.recurrence?.text)),
            ("zone", .optional(window.recurrence?.clock.zone)), ("by", .text(announced.person)),
            ("changes", window.content.map { .texts($0.flatMap(\.lines)) } ?? .null),
        ])
    }
}
