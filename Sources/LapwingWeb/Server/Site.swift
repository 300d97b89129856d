import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore

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
        /// A route is out of other sites' reach unless it says otherwise.
        var reach: Reach
        /// Whether the address itself is the permission: its handler checks a signature in it, no password is asked for.
        var isSigned: Bool
        /// Answers every method in the same way, as the exporter that it stands for does.
        var takesAnyMethod: Bool
        /// Its handler may call the store, and runs on a thread that may wait.
        var readsStore: Bool
        var handler: @Sendable (Site, WebRequest) async throws -> Response

        init(
            _ method: HTTPRequest.Method, _ path: String, _ reach: Reach = .ownSite, isSigned: Bool = false,
            anyMethod: Bool = false, readsStore: Bool = true,
            _ handler: @escaping @Sendable (Site, WebRequest) async throws -> Response
        ) {
            self.method = method
            pattern = path.split(separator: "/").map(String.init)
            self.reach = reach
            self.isSigned = isSigned
            takesAnyMethod = anyMethod
            self.readsStore = readsStore
            self.handler = handler
        }
    }

    /// A route together with the parts of the path that it names.
    struct Way: Sendable {
        var route: Route
        var captures: [String: String]
    }

    let sources: WebSources
    let board: BoardIndex
    let hub: EventHub
    let limiter: CheckLimiter
    let templates: Templates
    let removals = Removals()

    static let routes: [Route] =
        pageRoutes + actionRoutes + operationRoutes + apiRoutes + channelRoutes + linkRoutes + peopleRoutes
        + addingRoutes + causeRoutes

    /// The way to what is asked for; throws a ``Failure`` where there is none.
    static func way(for request: WebRequest) throws -> Way {
        var isKnown = false
        for route in routes {
            guard let captures = captures(route.pattern, request.segments) else { continue }
            isKnown = true
            let method = request.method == .head ? .get : request.method
            guard route.takesAnyMethod || route.method == method else { continue }
            return Way(route: route, captures: captures)
        }
        if isKnown { throw Failure(.methodNotAllowed, "This address does not take \(request.method.rawValue).") }
        throw Failure.missing("page")
    }

    func answer(_ request: WebRequest, by way: Way) async throws -> Response {
        var request = request
        request.captures = way.captures
        return try await way.route.handler(self, request)
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
        let back = request.headers[.referer].flatMap(Self.ownPath)
        guard let page = try? pages.message(failure.status.reasonPhrase, failure.text, back: back) else {
            return WebAnswer.text(failure.text + "\n", status: failure.status)
        }
        return WebAnswer.html(page, status: failure.status)
    }

    func frame(_ request: WebRequest) -> PageFrame {
        PageFrame(
            base: request.base, theme: request.theme, version: sources.version, content: board.content(),
            templates: templates)
    }

    /// The watched domain that the address names.
    func entry(_ request: WebRequest) throws -> BoardIndex.Entry {
        guard let text = request.captures["name"], let name = try? Name(text), let entry = board.entry(name.folded)
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
