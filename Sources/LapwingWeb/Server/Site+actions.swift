import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

extension Site {
    /// What the forms of the pages do; afterwards the browser goes back to a page.
    static let actionRoutes: [Route] = [
        Route(.post, "/domains") { site, request in
            let name = try site.name(request.field("name"))
            try await site.watch(name)
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(name)))")
        },
        Route(.post, "/domains/:name/remove") { site, request in
            try await site.unwatch(try site.entry(request))
            return WebAnswer.redirect("\(request.base)/domains")
        },
        Route(.post, "/domains/:name/check") { site, request in
            let entry = try site.entry(request)
            try site.sources.store.add(.check, domain: entry.domain, at: site.sources.now())
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(entry.domain)))")
        },
        Route(.post, "/domains/:name/accept") { site, request in
            let entry = try site.entry(request)
            try site.sources.store.add(.accept, domain: entry.domain, text: "the page", at: site.sources.now())
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(entry.domain)))")
        },
        Route(.post, "/incidents/:id/accept") { site, request in
            let incident = try site.incident(request)
            try site.accept(incident, by: "the page")
            return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))")
        },
        Route(.post, "/incidents/:id/silence") { site, request in
            let incident = try site.incident(request)
            let hours = request.field("hours").flatMap { Int64($0) } ?? 1
            guard (1...720).contains(hours) else { throw Failure(.badRequest, "1 to 720 hours.") }
            let now = site.sources.now()
            try site.sources.store.add(
                silenceFor: incident.domain, class: incident.incidentClass, from: now,
                to: now.adding(seconds: hours * 3600), reason: "from the page, for \(incident.id)")
            return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))")
        },
        Route(.post, "/incidents/:id/note") { site, request in
            let incident = try site.incident(request)
            let text = String((request.field("text") ?? "").prefix(500))
            if !text.isEmpty {
                try site.sources.store.add(
                    .note, domain: incident.domain, incident: incident.id, text: text, at: site.sources.now())
            }
            return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))")
        },
        Route(.post, "/stage") { site, request in
            guard let stage = site.sources.stage, let id = request.field("event"),
                stage.events.contains(where: { $0.id == id })
            else { throw Failure.missing("event") }
            await stage.cause(id)
            return WebAnswer.redirect("\(request.base)/")
        },
        Route(.post, "/theme") { _, request in
            let theme = request.field("theme") == "dark" ? "dark" : "light"
            let place = request.headers[.referer].flatMap(Self.ownPath) ?? "\(request.base)/"
            var response = WebAnswer.redirect(place)
            response.headers[.setCookie] =
                "lapwing-theme=\(theme); Path=\(request.base)/; Max-Age=31536000; SameSite=Lax; HttpOnly"
            return response
        },
    ]

    /// The path of a page of ours; browsers send no referrer of other sites here.
    private static func ownPath(_ referrer: String) -> String? {
        guard let scheme = referrer.firstRange(of: "://") else { return nil }
        let rest = referrer[scheme.upperBound...]
        guard let slash = rest.firstIndex(of: "/"), !rest[slash...].hasPrefix("//"), !rest.contains("\\") else {
            return nil
        }
        return String(rest[slash...])
    }

    func name(_ text: String?) throws -> Name {
        let text = (text ?? "").filter { !$0.isWhitespace }
        guard !text.isEmpty, let name = try? Name(text), !name.isRoot else {
            throw Failure(.badRequest, "This is not a domain name.")
        }
        return name
    }

    func watch(_ name: Name) async throws {
        guard let add = sources.add else { throw Failure(.conflict, "Domains cannot be added here.") }
        if board.content().entry(name) != nil { throw Failure(.conflict, "\(name) is watched already.") }
        do {
            try await add(name)
        } catch {
            throw Failure(.badRequest, "\(error)")
        }
    }

    func unwatch(_ entry: BoardIndex.Entry) async throws {
        guard !entry.isFromFile, let remove = sources.remove else {
            throw Failure(.conflict, "The configuration file names this domain; it is removed there.")
        }
        do {
            try await remove(entry.domain)
        } catch {
            throw Failure(.badRequest, "\(error)")
        }
    }

    func accept(_ incident: Incident, by person: String) throws {
        try sources.store.add(
            .accept, domain: incident.domain, incident: incident.id, text: person, at: sources.now())
    }
}
