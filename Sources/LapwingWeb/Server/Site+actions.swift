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
            // Asking a second time is no fault, and changes nothing.
            if site.board.content().entry(name)?.isFromFile != false {
                try await site.watch(name, options: site.options(request))
            }
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(name)))")
        },
        Route(.post, "/domains/:name/options") { site, request in
            let entry = try site.entry(request)
            try await site.watch(entry.domain, options: site.options(request))
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(entry.domain)))")
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
                stage.events().contains(where: { $0.id == id })
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
        guard let name = readName((text ?? "").filter { !$0.isWhitespace }) else {
            throw Failure(.badRequest, "This is not a domain name.")
        }
        return name
    }

    /// A name in any script.
    func readName(_ text: String) -> Name? {
        guard !text.isEmpty, text.utf8.count <= 1024 else { return nil }
        let ascii = text.utf8.allSatisfy { $0 < 128 } ? text : sources.asciiName(text)
        guard let ascii, let name = try? Name(ascii), !name.isRoot else { return nil }
        return name
    }

    /// What the forms offer of the many options, as a JSON object; empty fields are left to the defaults.
    private func options(_ request: WebRequest) -> String {
        var fields: [(String, JSONText)] = []
        if let interval = request.field("interval"), !interval.isEmpty { fields.append(("interval", .text(interval))) }
        for key in ["names", "tags"] {
            let words = (request.field(key) ?? "").split { $0 == "," || $0.isWhitespace }.prefix(100)
            if !words.isEmpty { fields.append((key, .texts(words.map(String.init)))) }
        }
        return JSONText.object(fields).description
    }

    /// Starts watching a domain, or changes how it is watched.
    func watch(_ name: Name, options: String) async throws {
        guard let add = sources.add else { throw Failure(.conflict, "Domains cannot be added here.") }
        try await obey { try await add(name, options) }
    }

    func unwatch(_ entry: BoardIndex.Entry) async throws {
        guard let remove = sources.remove else { throw Failure(.conflict, "Domains cannot be removed here.") }
        try await obey { try await remove(entry.domain) }
    }

    private func obey(_ wish: () async throws -> Void) async throws {
        do {
            try await wish()
        } catch WatchFault.fromFile {
            throw Failure(.conflict, "The configuration file names this domain; it is changed and removed there.")
        } catch WatchFault.unfit(let reason) {
            throw Failure(.badRequest, reason)
        }
    }

    func accept(_ incident: Incident, by person: String) throws {
        try sources.store.add(
            .accept, domain: incident.domain, incident: incident.id, text: person, at: sources.now())
    }
}
