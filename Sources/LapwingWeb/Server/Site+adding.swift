import DNSWire
import Foundation
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingImport
import LapwingStore

/// Adding domains by list, silences, and the documentation of the API.
extension Site {
    static let addingRoutes: [Route] = [
        Route(.get, "/add", .linked, for: .run) { site, request in
            let query: AddQuery = try request.query()
            let page = site.addPage(request)
            return WebAnswer.html(try page.render(query.list ?? "", tags: ""))
        },
        Route(.post, "/add", longestBody: AddPage.longestBody) { site, request in
            let handed = try request.handedIn()
            return WebAnswer.html(
                try site.addPage(request).render(handed.list, file: handed.file, tags: handed.tags))
        },
        Route(.get, "/silences", .linked) { site, request in
            let now = site.sources.now()
            let rows = try site.sources.store.silences(at: now).prefix(500).map { Shown.silence($0, now) }
            let model = SilencesModel(rows: rows, hasRows: !rows.isEmpty)
            return WebAnswer.html(try site.frame(request).render(model, title: "Silences", path: "/silences"))
        },
        Route(.post, "/silences/:id/end", for: .act) { site, request in
            let now = site.sources.now()
            try site.sources.store.endSilence(try site.silence(request), by: request.person(), at: now)
            return WebAnswer.redirect(request.headers[.referer].flatMap(Self.ownPath) ?? "\(request.base)/silences")
        },
        Route(.get, "/api", .linked) { site, request in
            let rows = OpenAPI.operations.map { APIModel.Row(method: $0.method, path: $0.path, summary: $0.summary) }
            let model = APIModel(rows: rows, address: request.visit.origin + request.base)
            return WebAnswer.html(try site.frame(request).render(model, title: "API", path: "/api"))
        },
    ]

    /// The number of the silence in the address, provided that the user may end it.
    func silence(_ request: WebRequest) throws -> Int64 {
        guard let id = request.part("id").flatMap({ Int64($0) }),
            let silence = try sources.store.silences(at: sources.now()).first(where: { $0.id == id })
        else { throw Failure.missing("silence in force") }
        if silence.domain == nil { try request.mustSeeAll() }
        return id
    }

    func addPage(_ request: WebRequest) -> AddPage {
        AddPage(frame: frame(request), rules: importRules, plan: { sources.plan($0, $1) })
    }

    var importRules: DomainGathering.Rules {
        DomainGathering.Rules(
            names: EnteredName(ascii: sources.asciiName, isSuffix: sources.isSuffix), registered: sources.registered)
    }

    /// Adds the domains of a form: one name, or a list for which a preview was shown.
    func addFromPage(_ request: WebRequest) async throws -> Response {
        let form: AddForm = try request.form()
        guard let list = form.list else { return try await addOne(form, request) }
        let page = addPage(request)
        let tags = form.tags ?? ""
        let found: AddPage.Finding
        do throws(ImportFault) {
            found = try page.find(Array(list.utf8), tags: AddPage.tags(tags))
        } catch {
            return WebAnswer.html(try page.render(list, tags: tags), status: .badRequest)
        }
        var faults = found.plan.faults.filter { $0.weight != .leftOut }
        do {
            try await apply(found.plan, by: request.person())
        } catch let failure as Failure {
            return WebAnswer.html(
                try page.empty(list, tags: tags, faults: [failure.text]), status: failure.status)
        }
        guard !faults.isEmpty else { return WebAnswer.redirect("\(request.base)/domains") }
        // Entries that were not added stay in the form to be corrected.
        let left = faults.compactMap(\.entry).joined(separator: "\n")
        if left.isEmpty { faults = Array(faults.prefix(50)) }
        let text = try addPage(request).render(left, tags: tags, faults: faults.map { "\($0.reason)." })
        return WebAnswer.html(text, status: .badRequest)
    }

    /// Applies the new and changed entries of a plan: all of them, or none.
    func apply(_ plan: ImportPlan, by person: Person) async throws {
        let entries = plan.entries.filter { $0.standing == .new || $0.standing == .changed }
        guard !entries.isEmpty else { return }
        guard let add = sources.addMany else { throw Failure(.conflict, "Domains cannot be added here.") }
        try await obey {
            try await add(entries.map { AddedDomain(domain: $0.name, options: $0.options.json) }, person)
        }
    }

    private func addOne(_ form: AddForm, _ request: WebRequest) async throws -> Response {
        do {
            let name = try name(form.name)
            // Adding a watched domain again is not an error, and changes nothing.
            if board.content().entry(name.folded)?.isFromFile != false {
                try await watch(name, options: options(form), by: request.person())
            }
            // A watched name inside a zone is replaced by the zone.
            if let old = form.instead, let known = try? Name(old), let entry = board.entry(known.folded),
                entry.absence?.kind == .noZone, !entry.isFromFile
            {
                try await unwatch(entry, by: request.person())
            }
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(name)))")
        } catch let failure as Failure where request.wantsPage {
            // The input is kept.
            let page = try addPage(request).empty(form.name ?? "", tags: form.tags ?? "", faults: [failure.text])
            return WebAnswer.html(page, status: failure.status)
        }
    }
}
