import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore
import NIOCore

/// Pages of clients, at a secret address or behind their own password, and reports for all users who see all domains.
extension Site {
    static let clientRoutes: [Route] = [
        Route(.get, "/client/:client/:code", .linked, isSigned: true) { site, request in
            await site.clientAnswer(request) { try site.clientPage($0, request) }
        },
        Route(.get, "/client/:client/:code/:file", .linked, isSigned: true) { site, request in
            await site.clientAnswer(request) { try site.clientFile($0, request) }
        },
        Route(.get, "/clients", .linked, isOfAll: true) { site, request in WebAnswer.html(try site.clientsPage(request))
        },
        Route(.get, "/reports/:file", .linked, isOfAll: true) { site, request in
            let query: ReportQuery = try request.query()
            let client = try query.client.flatMap { $0.isEmpty ? nil : $0 }.map { key in
                guard let client = site.sources.clients().first(where: { $0.key == key }) else {
                    throw Failure.missing("client")
                }
                return client
            }
            return try site.report(request.part("file"), query, of: client, as: .operators, request)
        },
        Route(.get, "/api/v1/clients", isOfAll: true) { site, request in
            WebAnswer.json(site.clientList(request).description)
        },
        Route(.get, "/api/v1/reports/:period", isOfAll: true) { site, request in
            var query: ReportQuery = try request.query()
            query.period = request.part("period")
            let client = try query.client.map { key in
                guard let client = site.sources.clients().first(where: { $0.key == key }) else {
                    throw Failure.missing("client")
                }
                return client
            }
            return try site.report("report.json", query, of: client, as: .operators, request)
        },
    ]

    /// Replaces the code in an address if a password is required.
    private static let byPassword = "-"

    // MARK: Pages of clients

    /// Answers a request for a client's address. A stranger learns nothing else, not even from the wording of an error.
    private func clientAnswer(_ request: WebRequest, _ answer: (Client) throws -> Response) async -> Response {
        let key = request.part("client") ?? ""
        let code = request.part("code") ?? ""
        // The language must not reveal either whether there is such a client.
        var wording = Self.wording(nil, request)
        let clients = sources.clients()
        let client = clients.first { $0.key == key }
        if code == Self.byPassword {
            let other = clients.lazy.compactMap(\.passwordHash).first
            switch await clientLogins.verdict(client, request.headers, from: request.peer, other: other) {
            case .admitted: break
            case .refused:
                var response = Self.sentence(.unauthorized, wording, .unauthorized)
                response.headers[.wwwAuthenticate] = "Basic realm=\"Domains\", charset=\"UTF-8\""
                return response
            case .busy:
                var response = Self.sentence(.busy, wording, .tooManyRequests)
                response.headers[.retryAfter] = "5"
                return response
            }
        }
        let isGenuine = client.map { client in
            code == Self.byPassword
                || client.passwordHash == nil && sources.seal?.isGenuine(client.claim, code) == true
        }
        guard let client, isGenuine == true else { return Self.sentence(.noPage, wording, .notFound) }
        wording = Self.wording(client, request)
        do {
            var response = try answer(client)
            response.headers[.contentLanguage] = wording.language.tag
            if client.language == nil { response.headers[.vary] = "Accept-Language" }
            return response
        } catch let failure as Failure where failure.status == .badRequest {
            var response = WebAnswer.text(failure.text + "\n", status: .badRequest)
            response.headers[.contentLanguage] = wording.language.tag
            return response
        } catch let failure as Failure where failure.status == .notFound {
            return Self.sentence(.noPage, wording, .notFound)
        } catch {
            return Self.sentence(.broken, wording, .internalServerError)
        }
    }

    /// Returns a response of one sentence.
    private static func sentence(
        _ phrase: Wording.Phrase, _ wording: Wording, _ status: HTTPResponse.Status
    ) -> Response {
        var response = WebAnswer.text(wording[phrase] + "\n", status: status)
        response.headers[.contentLanguage] = wording.language.tag
        return response
    }

    /// The wording for the reader: in the language of the address, that of the client, or one that the browser accepts.
    private static func wording(_ client: Client?, _ request: WebRequest) -> Wording {
        let language =
            chosen(request) ?? client?.language ?? request.headers[.acceptLanguage].flatMap(Language.wanted)
        return Wording(language ?? .english, clock: client?.clock)
    }

    /// The language of the address; nil if it names none that is supported.
    private static func chosen(_ request: WebRequest) -> Language? {
        let query: LanguageQuery? = try? request.query()
        return query?.lang.flatMap { Language(tag: $0) }
    }

    /// The requested path of a client's page.
    private func path(_ request: WebRequest) -> String {
        request.base + "/client/\(Escape.path(request.part("client") ?? ""))/\(Escape.path(request.part("code") ?? ""))"
    }

    private func watches(of client: Client?) -> [Watch] {
        let all = sources.watches().map(\.watch)
        return client.map { client in all.filter { client.has($0.tags) } } ?? all
    }

    private func audience(_ client: Client, own: [Watch]) -> Audience {
        .client(client, NameScreen(own: own.map(\.domain), of: sources.watches().lazy.map(\.watch.domain)))
    }

    private func clientPage(_ client: Client, _ request: WebRequest) throws -> Response {
        let path = path(request)
        let now = sources.now()
        let wording = Self.wording(client, request)
        let query = Self.chosen(request).map { "&lang=\($0.rawValue)" } ?? ""
        let key = "\(client.hashValue) \(path) \(wording.language.rawValue)\(query)"
        return WebAnswer.html(
            try clientLogins.page(key, at: sources.steady()) {
                let own = watches(of: client).sorted { $0.domain < $1.domain }
                let today = DayNumber(of: now)
                guard
                    let period = ReportPeriod(from: DayNumber(today.number - ClientPage.days + 1), to: today)
                else { throw Failure.missing("page") }
                let material = try sources.store.material(of: own, period: period, at: now)
                let glances = sources.glances(own.map(\.domain)).glances
                let moments = glances.map { $0?.isRemembered == true ? nil : $0?.checkedAt }
                let page = ClientPage(
                    client: client, report: Report(material, for: audience(client, own: own), in: wording),
                    conditions: glances.map { $0?.condition ?? .learning },
                    lookedAt: moments.contains(nil) ? nil : moments.compactMap(\.self).min(), path: path, query: query)
                return try templates.render(page.model)
            })
    }

    private func clientFile(_ client: Client, _ request: WebRequest) throws -> Response {
        switch request.part("file") {
        case "style.css": return WebAnswer.text(ClientStyle.text(client), type: "text/css; charset=utf-8")
        case "times.js": return WebAnswer.text(StaticFiles.clientCode, type: "text/javascript; charset=utf-8")
        case "logo":
            guard let logo = client.logo else { throw Failure.missing("picture") }
            return Response(
                status: .ok, headers: [.contentType: logo.type, .cacheControl: "private, max-age=3600"],
                body: .init(byteBuffer: ByteBuffer(bytes: logo.bytes)))
        case let file:
            let query: ReportQuery = try request.query()
            let audience = audience(client, own: watches(of: client))
            return try report(file, query, of: client, as: audience, request, path: path(request))
        }
    }

    // MARK: Reports

    /// The longest period of a report over HTTP, in days: a client must not keep the disk busy with ten years.
    private static let longestPeriod = 400

    /// - Parameter path: the path of the client's page; nil for operators of the monitor.
    private func report(
        _ file: String?, _ query: ReportQuery, of client: Client?, as audience: Audience, _ request: WebRequest,
        path: String? = nil
    ) throws -> Response {
        let now = sources.now()
        // The JSON format is the same in every language.
        let isForPrograms = file == "report.json"
        let wording =
            isForPrograms
            ? .plain : path == nil ? Wording(Self.chosen(request) ?? .english) : Self.wording(client, request)
        let code = query.period.flatMap { $0.isEmpty ? nil : $0 }
        guard let period = code.map({ ReportPeriod(code: $0) }) ?? .lastMonth(before: now) else {
            throw Failure(.badRequest, wording[.badPeriod])
        }
        guard period.days.count <= Self.longestPeriod else {
            throw Failure(.badRequest, wording.say(.longestPeriod(Self.longestPeriod)))
        }
        guard let file, ["report.html", "report.csv", "report.json"].contains(file) else {
            throw Failure.missing("report")
        }
        func document() throws -> ReportDocument {
            let material = try sources.store.material(of: watches(of: client), period: period, at: now)
            return ReportDocument(Report(material, for: audience, in: wording), client: client)
        }
        let chosen = Self.chosen(request).map { "?lang=\($0.rawValue)" } ?? ""
        func text(_ make: (ReportDocument) throws -> String) throws -> String {
            guard let path, let client else { return try make(try document()) }
            let key = "\(client.hashValue) \(path) \(file) \(period.code) \(wording.language.rawValue)\(chosen)"
            return try clientLogins.page(key, at: sources.steady()) { try make(try document()) }
        }
        switch file {
        case "report.csv": return WebAnswer.text(try text { $0.table }, type: "text/csv; charset=utf-8")
        case "report.json": return WebAnswer.json(try text { $0.json })
        default:
            let logo = client?.logo == nil ? nil : path.map { "\($0)/logo" }
            let page =
                path.map { path in
                    LocalPageModel(wording, sheet: "\(path)/style.css", script: "\(path)/times.js") {
                        "\(path)/report.html?period=\(period.code)&lang=\($0.rawValue)"
                    }
                } ?? LocalPageModel(wording, sheet: "\(request.base)/static/\(StaticFiles.clientStyle.name)")
            return WebAnswer.html(
                try text { document in
                    try document.page(
                        templates, page, logo: logo, back: path.map { "\($0)\(chosen)" } ?? "\(request.base)/clients")
                })
        }
    }

    // MARK: Operators

    /// The address of a client's page; nil if it needs a signature and there is no key.
    private func address(_ client: Client, _ request: WebRequest) -> String? {
        let base = request.visit.origin + request.base
        if client.passwordHash != nil { return "\(base)/client/\(client.key)/\(Self.byPassword)" }
        return sources.seal.map { "\(base)/client/\(client.key)/\($0.signature(of: client.claim))" }
    }

    private func clientsPage(_ request: WebRequest) throws -> String {
        let now = sources.now()
        let watches = sources.watches().map(\.watch.tags)
        let rows = sources.clients().map { client in
            let count = watches.count(where: client.has)
            return ClientsModel.Row(
                name: client.name, key: client.key,
                tagWords: Shown.text(client.tags.joined(separator: ", "), limit: 400),
                count: count == 1 ? "1 domain" : "\(Shown.count(count)) domains", address: address(client, request),
                hasPassword: client.passwordHash != nil,
                months: ClientPage.months(at: now, path: "/reports", query: "&client=\(client.key)"))
        }
        let model = ClientsModel(
            rows: rows, hasRows: !rows.isEmpty,
            sent: sources.reports().prefix(200).map { order in
                "Every \(order.every.rawValue), a report of \(order.client ?? "all domains") goes to \(order.channel); "
                    + "next at \(order.next(after: now).sentence)."
            },
            all: ClientPage.months(at: now, path: "/reports"))
        return try frame(request).render(model, title: "Clients and reports", path: "/clients")
    }

    private func clientList(_ request: WebRequest) -> JSONText {
        let now = sources.now()
        let watches = sources.watches().map(\.watch.tags)
        return .object([
            (
                "clients",
                .list(
                    sources.clients().map { client in
                        .object([
                            ("key", .text(client.key)), ("name", .text(client.name)), ("tags", .texts(client.tags)),
                            ("domains", .number(watches.count(where: client.has))),
                            ("page", .optional(address(client, request))),
                            ("language", .optional(client.language?.rawValue)),
                            ("zone", .optional(client.clock?.zone)),
                        ])
                    })
            ),
            (
                "reports",
                .list(
                    sources.reports().map { order in
                        .object([
                            ("client", .optional(order.client)), ("every", .text(order.every.rawValue)),
                            ("channel", .text(order.channel)), ("next", .text("\(order.next(after: now))")),
                            ("language", .optional(order.language?.rawValue)),
                        ])
                    })
            ),
        ])
    }
}

/// The parameters of a report.
struct ReportQuery: Decodable {
    var client: String?
    var period: String?
}

/// The language of a page.
struct LanguageQuery: Decodable { var lang: String? }
