import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore
import Mustache
import NIOCore

extension Site {
    static let pageRoutes: [Route] = [
        Route(.get, "/") { try $0.boardPage($1, path: "/") },
        Route(.get, "/domains") { try $0.boardPage($1, path: "/domains") },
        Route(.get, "/domains/:name") { site, request in
            let page = DomainPage(frame: site.frame(request), sources: site.sources, entry: try site.entry(request))
            return WebAnswer.html(try await page.render())
        },
        Route(.get, "/incidents") { site, request in
            let pages = IncidentPages(frame: site.frame(request), sources: site.sources)
            return WebAnswer.html(
                try pages.list(
                    openOnly: request.parameter("state") == "open",
                    after: request.parameter("after").flatMap(IncidentPlace.init)))
        },
        Route(.get, "/incidents/:id") { site, request in
            let pages = IncidentPages(frame: site.frame(request), sources: site.sources)
            return WebAnswer.html(try pages.story(try site.incident(request)))
        },
        Route(.get, "/resolvers") { site, request in
            WebAnswer.html(try OverviewPages(frame: site.frame(request), sources: site.sources).resolvers())
        },
        Route(.get, "/expiry") { site, request in
            WebAnswer.html(try OverviewPages(frame: site.frame(request), sources: site.sources).expiry())
        },
        Route(.get, "/findings") { site, request in
            WebAnswer.html(FindingPages(frame: site.frame(request)).list())
        },
        Route(.get, "/findings/:code") { site, request in
            guard let page = FindingPages(frame: site.frame(request)).page(request.captures["code"] ?? "") else {
                throw Failure.missing("finding")
            }
            return WebAnswer.html(page)
        },
        Route(.get, "/check") { try $0.checkPage($1) },
        Route(.get, "/badge/:name") { try $0.badge($1) },
        Route(.get, "/static/:file") { _, request in
            guard let file = StaticFiles.all[request.captures["file"] ?? ""] else { throw Failure.missing("file") }
            return WebAnswer.file(file)
        },
        Route(.get, "/favicon.ico") { _, request in
            WebAnswer.redirect("\(request.base)/static/\(StaticFiles.goodIcon.name)")
        },
    ]

    private func boardPage(_ request: WebRequest, path: String) throws -> Response {
        var selection = BoardSelection()
        selection.text = String((request.parameter("q") ?? "").prefix(255))
        selection.condition = request.parameter("state").flatMap(DomainCondition.init(rawValue:))
        selection.tag = request.parameter("tag") ?? ""
        if let place = request.parameter("before") {
            selection.place = BoardPosition(place)
            selection.isBackward = true
        } else {
            selection.place = request.parameter("after").flatMap(BoardPosition.init)
        }
        return WebAnswer.html(try BoardPage(frame: frame(request), sources: sources).render(selection, path: path))
    }

    /// The form, or a running check-up that is sent row by row.
    private func checkPage(_ request: WebRequest) throws -> Response {
        let frame = frame(request)
        let text = (request.parameter("name") ?? "").filter { !$0.isWhitespace }
        func form(_ fault: String?) -> Response {
            var values: [String: Any] = ["name": Shown.text(text, limit: 255)]
            if let fault { values["fault"] = fault }
            return WebAnswer.html(frame.render("checkForm", title: "Check a domain", path: "/check", values))
        }
        guard !text.isEmpty else { return form(nil) }
        guard let name = readName(text) else { return form("This is not a domain name.") }
        guard let check = sources.check else { return form("Check-ups are not offered here.") }
        guard let pass = limiter.enter() else { return form("Too many check-ups are running. Try again in a moment.") }
        let page = frame.render(
            "checkRun", title: "Check of \(Shown.name(name))", path: "/check", ["name": Shown.name(name)])
        let parts = page.components(separated: Character(Templates.seam))
        let isWatched = frame.content.entry(name) != nil
        let watchable = !isWatched && sources.add != nil
        let library = self.library
        let body = ResponseBody { writer in
            defer { pass.leave() }
            try await writer.write(ByteBuffer(string: parts.first ?? ""))
            for await step in check(name) {
                try await writer.write(ByteBuffer(string: Self.html(step, name: name, watchable, frame.base, library)))
            }
            try await writer.write(ByteBuffer(string: parts.count > 1 ? parts[1] : ""))
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .accelBuffering: "no"],
            body: body)
    }

    private static func html(
        _ step: CheckStep, name: Name, _ watchable: Bool, _ base: String, _ library: PageFrame.Library
    ) -> String {
        switch step {
        case .row(let row):
            let values: [String: Any] = [
                "title": Shown.text(row.title, limit: 300), "text": Shown.text(row.text),
                "style": row.severity?.style ?? "good", "sign": row.severity?.sign ?? "✓",
                "page": FindingTexts.all[row.title] == nil ? [] : [["base": base, "code": row.title]],
            ]
            return library.render(values, withTemplate: "checkRow") ?? ""
        case .verdict(let verdict):
            let condition = DomainCondition(status: verdict.status) ?? .learning
            let values: [String: Any] = [
                "style": condition.style, "sign": condition.sign, "status": verdict.status.uppercased(),
                "sentence": Shown.text(verdict.sentence), "json": Shown.text(verdict.json, limit: 200_000),
                "watchable": watchable, "name": Shown.name(name), "path": Escape.query(Shown.name(name)), "base": base,
            ]
            return library.render(values, withTemplate: "checkVerdict") ?? ""
        }
    }

    private func badge(_ request: WebRequest) throws -> Response {
        var request = request
        let file = request.captures["name"] ?? ""
        guard file.hasSuffix(".svg") else { throw Failure.missing("badge") }
        request.captures["name"] = String(file.dropLast(4))
        let entry = try entry(request)
        let colours: [DomainCondition: String] = [
            .failing: "#bf3327", .warning: "#9a6200", .healthy: "#1d7f5c", .learning: "#5b646c",
        ]
        let subject = request.parameter("what") == "dnssec" ? "DNSSEC" : "DNS"
        var state = entry.condition.word.lowercased()
        if subject == "DNSSEC", let isSigned = entry.live?.isSigned { state = isSigned ? "signed" : "unsigned" }
        let picture = Badge.svg(subject: subject, state: state, colour: colours[entry.condition] ?? "#5b646c")
        var response = WebAnswer.text(picture, type: "image/svg+xml")
        response.headers[.cacheControl] = "max-age=60"
        return response
    }
}

extension String {
    /// The parts between the marks.
    fileprivate func components(separated mark: Character) -> [String] {
        split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
}
