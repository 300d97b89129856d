import DNSWire
import Foundation
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

/// Adding domains by list, silences, and the API for people.
extension Site {
    static let addingRoutes: [Route] = [
        Route(.get, "/add", .linked) { site, request in
            let query: AddQuery = try request.query()
            return WebAnswer.html(try site.addPage(request).render(query.list ?? "", tags: ""))
        },
        Route(.post, "/add") { site, request in
            let form: AddForm = try request.form()
            return WebAnswer.html(try site.addPage(request).render(form.list ?? "", tags: form.tags ?? ""))
        },
        Route(.get, "/silences", .linked) { site, request in
            let now = site.sources.now()
            let rows = try site.sources.store.silences(at: now).prefix(500).map { Shown.silence($0, now) }
            let model = SilencesModel(rows: rows, hasRows: !rows.isEmpty)
            return WebAnswer.html(try site.frame(request).render(model, title: "Silences", path: "/silences"))
        },
        Route(.post, "/silences/:id/end") { site, request in
            let now = site.sources.now()
            guard let id = request.part("id").flatMap({ Int64($0) }),
                try site.sources.store.silences(at: now).contains(where: { $0.id == id })
            else { throw Failure.missing("silence in force") }
            try site.sources.store.endSilence(id, by: "the page", at: now)
            return WebAnswer.redirect(request.headers[.referer].flatMap(Self.ownPath) ?? "\(request.base)/silences")
        },
        Route(.get, "/api", .linked) { site, request in
            let rows = OpenAPI.operations.map { APIModel.Row(method: $0.method, path: $0.path, summary: $0.summary) }
            let model = APIModel(rows: rows, address: "http://127.0.0.1:9053" + request.base)
            return WebAnswer.html(try site.frame(request).render(model, title: "API", path: "/api"))
        },
    ]

    func addPage(_ request: WebRequest) -> AddPage {
        AddPage(
            frame: frame(request), names: EnteredName(ascii: sources.asciiName, isSuffix: sources.isSuffix))
    }

    /// Watches what a form says: one name, or a list that was looked through.
    func addFromPage(_ request: WebRequest) async throws -> Response {
        let form: AddForm = try request.form()
        guard let list = form.list else { return try await addOne(form, request) }
        let page = addPage(request)
        var faults: [String] = []
        var left: [String] = []
        for word in page.words(list) {
            switch word {
            case .known: continue
            case .refused(let refusal):
                faults.append("\(refusal).")
                left.append(refusal.entered)
            case .taken(let name):
                do {
                    try await watch(name, options: options(form))
                } catch let failure as Failure {
                    faults.append("\(Shown.name(name)): \(failure.text)")
                    left.append(Shown.name(name))
                }
            }
        }
        guard !faults.isEmpty else { return WebAnswer.redirect("\(request.base)/domains") }
        let text = try addPage(request).render(
            left.joined(separator: "\n"), tags: form.tags ?? "", faults: faults)
        return WebAnswer.html(text, status: .badRequest)
    }

    private func addOne(_ form: AddForm, _ request: WebRequest) async throws -> Response {
        do {
            let name = try name(form.name)
            // Asking a second time is no fault, and changes nothing.
            if board.content().entry(name.folded)?.isFromFile != false {
                try await watch(name, options: options(form))
            }
            // A name in a zone gives way to the zone with that name.
            if let old = form.instead, let known = try? Name(old), let entry = board.entry(known.folded),
                entry.absence?.kind == .noZone, !entry.isFromFile
            {
                try await unwatch(entry)
            }
            return WebAnswer.redirect("\(request.base)/domains/\(Escape.path(Shown.name(name)))")
        } catch let failure as Failure where request.wantsPage {
            // What was typed is not lost.
            let page = try addPage(request).render(form.name ?? "", tags: form.tags ?? "", faults: [failure.text])
            return WebAnswer.html(page, status: failure.status)
        }
    }
}
