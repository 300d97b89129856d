import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingImport
import LapwingStore

extension Site {
    /// The actions of the pages' forms; afterwards the browser is redirected to a page.
    static let actionRoutes: [Route] = [
        Route(.post, "/domains", longestBody: AddPage.longestBody) { try await $0.addFromPage($1) },
        Route(.post, "/domains/:name/options") { site, request in
            let entry = try site.entry(request)
            try await site.watch(
                entry.domain, options: site.options(try request.form(), of: entry.options), by: request.person())
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(entry.domain)))")
        },
        Route(.post, "/domains/:name/remove") { site, request in
            let entry = try site.entry(request)
            try await site.unwatch(entry, by: request.person())
            site.removals.keep(entry.domain, options: entry.options ?? "{}", at: site.sources.steady())
            return WebAnswer.redirect("\(request.base)/domains?stopped=\(Escape.query(Shown.name(entry.domain)))")
        },
        Route(.post, "/domains/:name/restore") { site, request in
            let name = try site.name(request.part("name"))
            guard let options = site.removed(name, request) else {
                throw Failure(.gone, "Its settings are no longer known; add it again.")
            }
            try await site.watch(name, options: options, by: request.person())
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(name)))")
        },
        Route(.post, "/domains/:name/check", for: .act) { site, request in
            let entry = try site.entry(request)
            try site.sources.store.add(
                .check, domain: entry.domain, by: request.person(), at: site.sources.now())
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(entry.domain)))")
        },
        Route(.post, "/domains/:name/accept", for: .act) { site, request in
            let entry = try site.entry(request)
            let form: AcceptForm = try request.form()
            let open = try site.sources.store.incidents(of: entry.domain, openOnly: true)
            if let question = try site.question(open, form, request) { return question }
            try site.acceptChanges(of: entry.domain, by: request.person(form.by))
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(entry.domain)))")
        },
        Route(.post, "/incidents/:id/accept", for: .act) { site, request in
            let incident = try site.incident(request)
            let form: AcceptForm = try request.form()
            if let question = try site.question([incident], form, request) { return question }
            try site.accept(incident, by: request.person(form.by))
            return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))")
        },
        Route(.post, "/incidents/:id/silence", for: .act) { site, request in
            let incident = try site.incident(request)
            let form: SilenceForm = try request.form()
            _ = try site.silence(incident, isNarrow: form.only == "record", hours: form.hours, by: request.person())
            return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))")
        },
        Route(.post, "/incidents/:id/note", for: .act) { site, request in
            let incident = try site.incident(request)
            let text = String((try request.form(as: NoteForm.self).text ?? "").prefix(500))
            if !text.isEmpty {
                try site.sources.store.add(
                    .note, domain: incident.domain, incident: incident.id, text: text, by: request.person(),
                    at: site.sources.now())
            }
            return WebAnswer.redirect("\(request.base)/incidents/\(Escape.path(incident.id))")
        },
        Route(.post, "/stage", for: .act) { site, request in
            guard let stage = site.sources.stage, let id = try request.form(as: StageForm.self).event,
                stage.events().contains(where: { $0.id == id })
            else { throw Failure.missing("event") }
            await stage.cause(id)
            return WebAnswer.redirect("\(request.base)/")
        },
        Route(.post, "/theme", for: .look) { _, request in
            let theme = try request.form(as: ThemeForm.self).theme == "dark" ? "dark" : "light"
            let place = request.headers[.referer].flatMap(Self.ownPath) ?? "\(request.base)/"
            var response = WebAnswer.redirect(place)
            response.headers[.setCookie] =
                "lapwing-theme=\(theme); Path=\(request.base)/; Max-Age=31536000; SameSite=Lax; HttpOnly"
            return response
        },
    ]

    /// Returns the options of a domain that was removed lately; nil if they are not known, or if the user could not see
    /// it.
    func removed(_ name: Name, _ request: WebRequest) -> String? {
        guard let options = removals.options(of: name, at: sources.steady()) else { return nil }
        return request.visitor.rights.sees(DomainOptions(json: options)?["tags"]?.texts ?? []) ? options : nil
    }

    /// Returns the path of a page of this site; browsers send no referrer of other sites here.
    static func ownPath(_ referrer: String) -> String? {
        guard let scheme = referrer.firstRange(of: "://") else { return nil }
        let rest = referrer[scheme.upperBound...]
        guard let slash = rest.firstIndex(of: "/"), !rest[slash...].hasPrefix("//"), !rest.contains("\\") else {
            return nil
        }
        return String(rest[slash...])
    }

    /// Reads a domain as a user entered it. Throws a ``Failure`` that describes any other input.
    func name(_ text: String?) throws -> Name {
        do throws(EnteredName.Refusal) {
            return try enteredNames.read(text ?? "", meansSuffix: true)
        } catch {
            throw Failure(.badRequest, "\(error).")
        }
    }

    /// The rules for entered names. Whether a public suffix is intended is decided with the rest of the request.
    var enteredNames: EnteredName { EnteredName(ascii: sources.asciiName, isSuffix: { _ in false }) }

    /// Returns the options that the forms offer, as a JSON object; empty fields keep the defaults.
    func options(_ form: AddForm) -> String {
        var fields: [(String, JSONText)] = []
        if let interval = form.interval, !interval.isEmpty { fields.append(("interval", .text(interval))) }
        for (key, text) in [("names", form.names), ("tags", form.tags)] {
            let words = (text ?? "").split { $0 == "," || $0.isWhitespace }.prefix(100)
            if !words.isEmpty { fields.append((key, .texts(words.map(String.init)))) }
        }
        return JSONText.object(fields).description
    }

    /// Applies a form to existing options: options that the form does not offer are kept.
    func options(_ form: AddForm, of known: String?) -> String {
        let before = known.flatMap { DomainOptions(json: $0) } ?? DomainOptions()
        let said = DomainOptions(json: options(form)) ?? DomainOptions()
        var options = before
        for key in ["interval", "names", "tags"] { options[key] = said[key] }
        // Names with given types keep these as long as the names stay the same.
        if let names = before["names"], let members = names.members,
            Set(members.map(\.key)) == Set(said["names"]?.texts ?? [])
        {
            options["names"] = names
        }
        return options.json
    }

    /// Starts watching a domain, or changes how it is watched.
    func watch(_ name: Name, options: String, by person: Person) async throws {
        guard let add = sources.add else { throw Failure(.conflict, "Domains cannot be added here.") }
        try await obey { try await add(name, options, person) }
    }

    func unwatch(_ entry: BoardIndex.Entry, by person: Person) async throws {
        guard let remove = sources.remove else { throw Failure(.conflict, "Domains cannot be removed here.") }
        try await obey { try await remove(entry.domain, person) }
    }

    func obey(_ wish: () async throws -> Void) async throws {
        do {
            try await wish()
        } catch WatchFault.fromFile {
            throw Failure(.conflict, "This domain is in the configuration file; change or remove it there.")
        } catch WatchFault.unfit(let reason) {
            throw Failure(.badRequest, reason)
        }
    }
}
