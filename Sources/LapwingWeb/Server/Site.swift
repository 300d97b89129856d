import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore
import Mustache

/// All pages and endpoints, and the list of the ways to them.
struct Site: Sendable {
    /// A request that cannot be served, with a sentence for the person.
    struct Failure: Error {
        var status: HTTPResponse.Status
        var text: String

        init(_ status: HTTPResponse.Status, _ text: String) {
            self.status = status
            self.text = text
        }

        static func missing(_ what: String) -> Failure { Failure(.notFound, "There is no such \(what).") }
    }

    struct Route: Sendable {
        var method: HTTPRequest.Method
        var pattern: [String]
        var handler: @Sendable (Site, WebRequest) async throws -> Response

        init(
            _ method: HTTPRequest.Method, _ path: String,
            _ handler: @escaping @Sendable (Site, WebRequest) async throws -> Response
        ) {
            self.method = method
            pattern = path.split(separator: "/").map(String.init)
            self.handler = handler
        }
    }

    let sources: WebSources
    let board: BoardIndex
    let hub: EventHub
    var library: MustacheLibrary { Templates.library }
    let limiter: CheckLimiter

    private static let routes: [Route] = pageRoutes + actionRoutes + operationRoutes + apiRoutes

    func answer(_ request: WebRequest) async throws -> Response {
        var isKnown = false
        for route in Self.routes {
            guard let captures = Self.captures(route.pattern, request.segments) else { continue }
            isKnown = true
            let method = request.method == .head ? .get : request.method
            guard route.method == method else { continue }
            var request = request
            request.captures = captures
            return try await route.handler(self, request)
        }
        if isKnown { throw Failure(.methodNotAllowed, "This address does not take \(request.method.rawValue).") }
        throw Failure.missing("page")
    }

    private static func captures(_ pattern: [String], _ segments: [String]) -> [String: String]? {
        guard pattern.count == segments.count else { return nil }
        var captures: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            if part.hasPrefix(":") {
                captures[String(part.dropFirst())] = segment
            } else if part != segment {
                return nil
            }
        }
        return captures
    }

    /// An error as JSON for programs, as a page for people.
    func respond(to failure: Failure, _ request: WebRequest) -> Response {
        if request.segments.first == "api" { return WebAnswer.problem(failure.status, failure.text) }
        guard (request.headers[.accept] ?? "").contains("text/html") else {
            return WebAnswer.text(failure.text + "\n", status: failure.status)
        }
        let pages = OverviewPages(frame: frame(request), sources: sources)
        return WebAnswer.html(pages.message(failure.status.reasonPhrase, failure.text), status: failure.status)
    }

    func frame(_ request: WebRequest) -> PageFrame {
        PageFrame(
            base: request.base, theme: request.theme, version: sources.version, library: library,
            content: board.content())
    }

    /// The watched domain that the address names.
    func entry(_ request: WebRequest) throws -> BoardIndex.Entry {
        guard let text = request.captures["name"], let name = try? Name(text), let entry = board.content().entry(name)
        else { throw Failure.missing("domain") }
        return entry
    }

    func incident(_ request: WebRequest) throws -> Incident {
        guard let id = request.captures["id"], id.utf8.count < 300, let incident = try sources.store.incident(id) else {
            throw Failure.missing("incident")
        }
        return incident
    }
}
