import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore
import Mustache
import NIOCore

extension Site {
    static let pageRoutes: [Route] = [
        Route(.get, "/", .linked) { try $0.boardPage($1, path: "/") },
        Route(.get, "/domains", .linked) { try $0.boardPage($1, path: "/domains") },
        Route(.get, "/domains/:name", .linked) { site, request in
            if let stranger = try site.strangerPage(request) { return WebAnswer.html(stranger, status: .notFound) }
            let page = DomainPage(frame: site.frame(request), sources: site.sources, entry: try site.entry(request))
            return WebAnswer.html(try await page.render())
        },
        Route(.get, "/incidents", .linked) { site, request in
            try site.incidentsPage(request)
        },
        Route(.get, "/incidents/:id", .linked) { site, request in
            let pages = IncidentPages(frame: site.frame(request), sources: site.sources)
            return WebAnswer.html(try pages.story(try site.incident(request)))
        },
        Route(.get, "/resolvers", .linked) { site, request in
            WebAnswer.html(try OverviewPages(frame: site.frame(request), sources: site.sources).resolvers())
        },
        Route(.get, "/expiry", .linked) { site, request in
            let pages = OverviewPages(frame: site.frame(request), sources: site.sources)
            let days = try request.query(as: ExpiryQuery.self).days
            return WebAnswer.html(try pages.expiry(days: days == "all" ? nil : days == "30" ? 30 : 90))
        },
        Route(.get, "/expiry.csv", .linked) { site, request in
            let pages = OverviewPages(frame: site.frame(request), sources: site.sources)
            return WebAnswer.text(try pages.expiryTable(), type: "text/csv; charset=utf-8")
        },
        // The address of the calendar from before it had other dates.
        Route(.get, "/expiry.ics", .linked) { site, request in
            try site.feed(.calendar, .all, request)
        },
        Route(.get, "/findings", .linked) { site, request in
            WebAnswer.html(try FindingPages(frame: site.frame(request)).list())
        },
        Route(.get, "/findings/:code", .linked) { site, request in
            guard let page = try FindingPages(frame: site.frame(request)).page(request.part("code") ?? "") else {
                throw Failure.missing("finding")
            }
            return WebAnswer.html(page)
        },
        Route(.get, "/check", for: .act) { try $0.checkPage($1) },
        Route(.get, "/badge/:name", .embedded) { try $0.badge($1) },
        Route(.get, "/badge/health/:name", .embedded) { try $0.healthBadge($1) },
        Route(.get, "/static/:file", isOpen: true, readsStore: false) { _, request in
            guard let file = StaticFiles.all[request.part("file") ?? ""] else { throw Failure.missing("file") }
            return WebAnswer.file(file)
        },
        Route(.get, "/favicon.ico", .linked) { _, request in
            WebAnswer.redirect("\(request.base)/static/\(StaticFiles.goodIcon.name)")
        },
    ]

    private func boardPage(_ request: WebRequest, path: String) throws -> Response {
        let query: BoardQuery = try request.query()
        let frame = frame(request)
        let selection = try selection(query, frame.content)
        var page = BoardPage(frame: frame, sources: sources)
        page.filters = try savedFilters(request)
        page.saving = path == "/" ? nil : saving(selection, request)
        if let text = query.stopped, let name = try? name(text), board.entry(name.folded) == nil,
            removed(name, request) != nil
        {
            page.stopped = name
        }
        return WebAnswer.html(try page.render(selection, path: path))
    }

    /// Returns the page for a domain that is not watched; nil if it is watched, or if the name is not valid.
    private func strangerPage(_ request: WebRequest) throws -> String? {
        guard request.wantsPage, let text = request.part("name"), (try? entry(text)) == nil,
            let name = try? enteredNames.read(text, meansSuffix: true).folded
        else { return nil }
        return try StrangerPage(frame: frame(request), sources: sources, name: name).render()
    }

    /// Returns the form, or the page of a running check-up, which is sent row by row.
    private func checkPage(_ request: WebRequest) throws -> Response {
        let frame = frame(request)
        let text = try request.query(as: CheckQuery.self).name ?? ""
        func form(_ fault: String?) throws -> Response {
            let model = CheckFormModel(name: Shown.text(text, limit: 255), fault: fault)
            return WebAnswer.html(try frame.render(model, title: "Check a domain", path: "/check"))
        }
        guard !text.allSatisfy(\.isWhitespace) else { return try form(nil) }
        let name: Name
        do throws(EnteredName.Refusal) {
            name = try enteredNames.read(text, meansSuffix: true)
        } catch {
            return try form("\(error).")
        }
        guard let check = sources.check else { return try form("Check-ups are not offered here.") }
        // Once rows have been sent, a broken template can no longer be reported.
        try templates.check(CheckRowModel.self, CheckVerdictModel.self)
        let page = try frame.render(
            CheckRunModel(name: Shown.name(name)), title: "Check of \(Shown.name(name))", path: "/check")
        let parts = page.components(separated: Character(Templates.seam))
        let isWatched = frame.content.entry(name) != nil
        let watchable = !isWatched && sources.add != nil
        let pass: CheckLimiter.Pass
        do throws(CheckLimiter.Refusal) {
            pass = try limiter.enter(from: request.peer)
        } catch {
            return try form(error.text)
        }
        note(.check, request, domain: name)
        let body = ResponseBody { writer in
            defer { pass.leave() }
            try await writer.write(ByteBuffer(string: parts.first ?? ""))
            for await step in Self.steps(check(name), for: request) {
                try await writer.write(ByteBuffer(string: try html(step, name: name, watchable, frame.base)))
            }
            try await writer.write(ByteBuffer(string: parts.count > 1 ? parts[1] : ""))
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .accelBuffering: "no"],
            body: body)
    }

    /// Forwards the steps of a check-up until its client has gone.
    static func steps(_ steps: AsyncStream<CheckStep>, for request: WebRequest) -> AsyncStream<CheckStep> {
        AsyncStream { continuation in
            let task = Task {
                _ = try? await request.whileClientWaits {
                    for await step in steps { continuation.yield(step) }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func html(
        _ step: CheckStep, name: Name, _ watchable: Bool, _ base: String
    ) throws(Templates.Fault) -> String {
        switch step {
        case .row(let row):
            let model = CheckRowModel(
                style: row.isKnown ? row.severity?.style ?? "good" : "idle",
                sign: row.isKnown ? row.severity?.sign ?? "✓" : "?", title: Shown.text(row.title, limit: 300),
                text: Shown.text(row.text), advice: row.advice.map { Shown.text($0) },
                page: FindingTexts.all[row.title].map { _ in CheckRowModel.Page(base: base, code: row.title) })
            return try templates.render(model) + "\n"
        case .verdict(let verdict):
            let condition = verdict.condition
            return try templates.render(
                CheckVerdictModel(
                    base: base, style: condition.style, sign: condition.sign, status: condition.rawValue.uppercased(),
                    sentence: Shown.text(verdict.sentence), watchable: watchable, name: Shown.name(name),
                    path: Escape.query(Shown.name(name)), json: Shown.text(verdict.json, limit: 200_000)))
        }
    }

    private func badge(_ request: WebRequest) throws -> Response {
        let file = request.part("name") ?? ""
        guard file.hasSuffix(".svg") else { throw Failure.missing("badge") }
        let entry = try entry(String(file.dropLast(4)))
        let subject = try request.query(as: BadgeQuery.self).what == "dnssec" ? "DNSSEC" : "DNS"
        var state = entry.word.lowercased()
        if subject == "DNSSEC", !entry.isUnseen, let isSigned = entry.live?.isSigned {
            state = isSigned ? "signed" : "unsigned"
        }
        return WebAnswer.badge(Badge.svg(subject: subject, state: state, colour: entry.condition.colour))
    }

    private func healthBadge(_ request: WebRequest) throws -> Response {
        let file = request.part("name") ?? ""
        guard file.hasSuffix(".svg"), let subject = try? Name(String(file.dropLast(4))),
            let report = board.content().figures.health.first(where: { $0.health.subject == subject })
        else { throw Failure.missing("badge") }
        let state = report.tally.state
        return WebAnswer.badge(Badge.svg(subject: report.health.name, state: state.rawValue, colour: state.colour))
    }
}

extension String {
    /// The parts before and after the mark.
    fileprivate func components(separated mark: Character) -> [String] {
        split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
}
