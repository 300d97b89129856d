import DNSWire
import Foundation
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore
import NIOCore

extension Site {
    /// The largest number of items on one page of a list.
    static let longestPage = 500

    static let apiRoutes: [Route] = [
        Route(.get, "/api/v1/openapi.json") { _, request in
            WebAnswer.json(OpenAPI.document(base: request.base))
        },
        Route(.get, "/api/v1/status") { try $0.apiStatus($1) },
        Route(.get, "/api/v1/domains") { try $0.apiDomains($1) },
        Route(.post, "/api/v1/domains") { site, request in
            let (text, options) = try request.wish()
            let name = try site.name(text)
            let isKnown = site.sources.watched(name) != nil
            return try await site.apiWatch(name, options, status: isKnown ? .ok : .created, request)
        },
        Route(.put, "/api/v1/domains/:name") { site, request in
            let name = try site.name(request.part("name"))
            let isKnown = site.sources.watched(name) != nil
            return try await site.apiWatch(name, try request.wish().options, status: isKnown ? .ok : .created, request)
        },
        Route(.get, "/api/v1/domains/:name") { site, request in
            let entry = try site.entry(request)
            let places = try site.sources.places(of: entry)
            return site.tagged(JSONText.domain(entry, isFull: true, places: places).description, request)
        },
        Route(.delete, "/api/v1/domains/:name") { site, request in
            try await site.unwatch(try site.entry(request), by: request.person())
            return Response(status: .noContent)
        },
        Route(.get, "/api/v1/domains/:name/records") { site, request in
            let records = try site.sources.records(of: try site.entry(request).domain)
            return site.tagged(JSONText.object([("records", .list(records.map(JSONText.record)))]).description, request)
        },
        Route(.get, "/api/v1/domains/:name/changes") { site, request in
            try site.apiChanges(of: try site.entry(request).domain, request)
        },
        Route(.post, "/api/v1/domains/:name/check", for: .act) { site, request in
            try site.sources.store.add(
                .check, domain: try site.entry(request).domain, by: request.person(), at: site.sources.now())
            return Response(status: .accepted)
        },
        Route(.post, "/api/v1/domains/:name/accept", for: .act) { site, request in
            try site.acceptChanges(of: try site.entry(request).domain, by: request.person())
            return Response(status: .accepted)
        },
        Route(.get, "/api/v1/health") { site, request in
            let reports = site.board.content().figures.health
            return site.tagged(JSONText.object([("health", .list(reports.map(JSONText.health)))]).description, request)
        },
        Route(.get, "/api/v1/changes") { try $0.apiChanges(of: nil, $1) },
        Route(.get, "/api/v1/incidents") { try $0.apiIncidents($1) },
        Route(.get, "/api/v1/incidents/:id") { site, request in
            let incident = try site.incident(request)
            let story = try JSONText.story(of: incident, in: site.sources.store, at: site.sources.now())
            return site.tagged(JSONText.incident(incident, isFull: true, story: story).description, request)
        },
        Route(.post, "/api/v1/incidents/:id/accept", for: .act) { site, request in
            try site.accept(try site.incident(request), by: request.person())
            return Response(status: .accepted)
        },
        Route(.post, "/api/v1/incidents/:id/notes", for: .act) { site, request in
            let incident = try site.incident(request)
            let body: NoteBody = try request.json()
            guard (1...500).contains(body.text.count) else { throw Failure(.badRequest, "text: 1 to 500 characters.") }
            try site.sources.store.add(
                .note, domain: incident.domain, incident: incident.id, text: body.text, by: request.person(),
                at: site.sources.now())
            return Response(status: .accepted)
        },
        Route(.get, "/api/v1/silences") { site, _ in
            let silences = try site.sources.store.silences(at: site.sources.now()).map(JSONText.silence)
            return WebAnswer.json(JSONText.object([("silences", .list(silences))]).description)
        },
        Route(.post, "/api/v1/silences", for: .act) { try $0.apiSilence($1) },
        Route(.delete, "/api/v1/silences/:id", for: .act) { site, request in
            let now = site.sources.now()
            try site.sources.store.endSilence(try site.silence(request), by: request.person(), at: now)
            return Response(status: .noContent)
        },
        Route(.get, "/api/v1/check", for: .act) { try await $0.apiCheck($1) },
        Route(.get, "/api/v1/events") { try $0.apiEvents($1) },
    ]

    private struct NoteBody: Decodable { var text: String }

    private struct SilenceBody: Decodable {
        struct Record: Decodable {
            var name: String
            var type: String
        }

        var domain: String?
        var `class`: String?
        var code: String?
        var record: Record?
        var from: String?
        var to: String
        var reason: String?
    }

    private func apiStatus(_ request: WebRequest) throws -> Response {
        let content = board.content()
        let counts = DomainCondition.allCases.map { ($0.rawValue, JSONText.number(content.counts[$0] ?? 0)) }
        return WebAnswer.json(
            JSONText.object([
                ("version", .text(sources.version)), ("at", .text(content.at.description)),
                ("domains", .object(counts)), ("overdue", .number(content.overdue)),
                ("lag_seconds", .number(Int(content.figures.lag))), ("listeners", .number(hub.listeners)),
                ("sandbox", sources.sandbox?.json ?? .null),
            ]).description)
    }

    private func apiChanges(of domain: Name?, _ request: WebRequest) throws -> Response {
        let query: ListQuery = try request.query()
        let limit = try limit(query)
        let place = try cursor(query).map { text in
            guard let number = Int64(text) else { throw Failure(.badRequest, "This cursor is not valid.") }
            return number
        }
        let changes = try sources.store.changes(of: domain, before: place, limit: limit)
        let rows = changes.map { stored in
            JSONText.object([
                ("id", .number(Int(stored.id))), ("domain", .text(stored.domain.description)),
                ("at", .text(stored.at.description)), ("change", .change(stored.change)),
            ])
        }
        let next = changes.count == limit ? changes.last.map { Self.encoded(String($0.id)) } : nil
        return tagged(JSONText.object([("changes", .list(rows)), ("next", .optional(next))]).description, request)
    }

    private func apiSilence(_ request: WebRequest) throws -> Response {
        let body: SilenceBody = try request.json()
        let now = sources.now()
        let domain = try body.domain.map { text in
            let domain = try name(text)
            let content = board.content()
            guard
                content.entry(domain) != nil || content.figures.health.contains(where: { $0.health.subject == domain })
            else {
                throw Failure(.badRequest, "domain: \(Shown.name(domain)) is not watched.")
            }
            return domain.folded
        }
        let code = try body.code.map { text in
            let code = FindingCode(rawValue: text)
            guard FindingCode.all.contains(code) else { throw Failure(.badRequest, "code: unknown.") }
            return code
        }
        let kind = try body.class.map { text in
            guard let kind = IncidentClass(rawValue: text) else { throw Failure(.badRequest, "class: unknown.") }
            return kind
        }
        let record = try body.record.map { text in
            guard let type = RecordType(text.type.uppercased()) else {
                throw Failure(.badRequest, "record: unknown type.")
            }
            return RecordSetKey(try name(text.name).folded, type)
        }
        if let record, let domain, !record.name.isSubdomain(of: domain) {
            throw Failure(.badRequest, "record: \(Shown.name(record.name)) is not of \(Shown.name(domain)).")
        }
        guard let to = Timestamp(body.to), to > now else { throw Failure(.badRequest, "to: must be in the future.") }
        let from = try body.from.map { text in
            guard let from = Timestamp(text), from < to else { throw Failure(.badRequest, "from: a time before `to`.") }
            return from
        }
        let reason = body.reason ?? ""
        guard reason.count <= 500 else { throw Failure(.badRequest, "reason: at most 500 characters.") }
        if domain == nil { try request.mustSeeAll() }
        let silence = try sources.store.add(
            Silence(
                id: 0, domain: domain, incidentClass: kind, code: code, record: record, from: from ?? now, to: to,
                reason: reason), by: request.person())
        return WebAnswer.json(JSONText.silence(silence).description, status: .created)
    }

    /// Runs one check-up. A client that accepts an event stream gets each row as an event, other clients get the
    /// complete result.
    private func apiCheck(_ request: WebRequest) async throws -> Response {
        let name = try name(try request.query(as: CheckQuery.self).name)
        guard let check = sources.check else { throw Failure(.notFound, "Check-ups are not offered here.") }
        let pass = try pass(request)
        note(.check, request, domain: name)
        guard (request.headers[.accept] ?? "").contains("text/event-stream") else {
            defer { pass.leave() }
            return try await request.whileClientWaits {
                for await step in check(name) {
                    if case .verdict(let verdict) = step { return WebAnswer.json(verdict.json) }
                }
                throw Failure(.badGateway, "The check-up came to no end.")
            }
        }
        let body = ResponseBody { writer in
            defer { pass.leave() }
            for await step in Self.steps(check(name), for: request) {
                let message =
                    switch step {
                    case .row(let row):
                        "event: row\ndata: "
                            + JSONText.object([
                                ("title", .text(row.title)), ("text", .text(row.text)),
                                ("severity", .optional(row.severity?.rawValue)), ("advice", .optional(row.advice)),
                            ]).description
                    case .verdict(let verdict):
                        "event: verdict\ndata: "
                            + JSONText.object([
                                ("status", .text(verdict.condition.rawValue)), ("text", .text(verdict.sentence)),
                                ("result", .raw(verdict.json.replacing("\n", with: " "))),
                            ]).description
                    }
                try await writer.write(ByteBuffer(string: message + "\n\n"))
            }
            try await writer.finish(nil)
        }
        return stream(body)
    }

    /// Reserves one of the places for running check-ups.
    private func pass(_ request: WebRequest) throws -> CheckLimiter.Pass {
        do throws(CheckLimiter.Refusal) {
            return try limiter.enter(from: request.peer)
        } catch {
            throw Failure(.tooManyRequests, error.text)
        }
    }

    private func apiEvents(_ request: WebRequest) throws -> Response {
        let (visitor, gate) = (request.visitor, request.gate)
        let client = request.visit.isForwarded ? CheckLimiter.network(of: request.peer) : nil
        let listener = EventHub.Listener(self, visitor, client: client) { gate?.isGood(visitor) ?? true }
        guard let events = hub.listen(listener) else { throw Failure(.serviceUnavailable, "Too many listeners.") }
        let missed =
            request.headers[.lastEvent].flatMap { Int64($0) }.map { hub.missed(after: $0, by: listener) } ?? []
        return stream(
            ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "retry: 3000\n: welcome\n\n"))
                for message in missed { try await writer.write(ByteBuffer(string: message)) }
                for await message in events { try await writer.write(ByteBuffer(string: message)) }
                try await writer.finish(nil)
            })
    }

    private func stream(_ body: ResponseBody) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"], body: body)
    }
}

extension Site {
    /// Returns JSON with an entity tag of its content, or status 304 if the client has this content already.
    func tagged(_ text: String, _ request: WebRequest) -> Response {
        let tag = "\"\(StaticFiles.digest(text))\""
        if request.headers[.ifNoneMatch]?.split(separator: ",").contains(where: { $0.trimmed == tag }) == true {
            return Response(status: .notModified, headers: [.eTag: tag])
        }
        var response = WebAnswer.json(text)
        response.headers[.eTag] = tag
        return response
    }

    func limit(_ query: ListQuery) throws -> Int {
        guard let text = query.limit else { return 100 }
        guard let limit = Int(text), (1...Self.longestPage).contains(limit) else {
            throw Failure(.badRequest, "limit: 1 to \(Self.longestPage).")
        }
        return limit
    }

    /// Decodes a cursor. Cursors are opaque to clients, so that their meaning may change.
    func cursor(_ query: ListQuery) throws -> String? {
        guard let text = query.cursor else { return nil }
        guard let data = Data(base64Encoded: text), let cursor = String(data: data, encoding: .utf8) else {
            throw Failure(.badRequest, "This cursor is not valid.")
        }
        return cursor
    }

    static func encoded(_ cursor: String) -> String { Data(cursor.utf8).base64EncodedString() }
}

extension JSONText {
    fileprivate static func silence(_ silence: Silence) -> JSONText {
        .object([
            ("id", .number(Int(silence.id))), ("domain", .optional(silence.domain)),
            ("class", .optional(silence.incidentClass?.rawValue)), ("code", .optional(silence.code?.rawValue)),
            (
                "record",
                silence.record.map { .object([("name", .text("\($0.name)")), ("type", .text("\($0.type)"))]) } ?? .null
            ), ("from", .text(silence.from.description)), ("to", .text(silence.to.description)),
            ("reason", .text(silence.reason)),
        ])
    }
}

extension Substring {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
