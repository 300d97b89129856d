import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingStore
import Logging

/// All pages and endpoints.
struct Site: Sendable {
    /// A request that cannot be served, with a sentence for the user.
    struct Failure: Error {
        var status: HTTPResponse.Status
        var text: String

        init(_ status: HTTPResponse.Status, _ text: String) {
            self.status = status
            self.text = text
        }

        static func missing(_ what: String) -> Failure { Failure(.notFound, "There is no such \(what).") }
    }

    var sources: WebSources
    var board: BoardIndex
    let hub: EventHub
    let limiter: CheckLimiter
    let templates: Templates
    let log: Logger
    let removals = Removals()
    private let views = Views()
    let clientLogins = ClientLogins()

    /// All routes; ``router(admission:log:threads:)`` makes the framework's router of them.
    static let routes: [Route] =
        pageRoutes + actionRoutes + operationRoutes + apiRoutes + channelRoutes + linkRoutes + peopleRoutes
        + addingRoutes + batchRoutes + causeRoutes + feedRoutes + sharedRoutes + compareRoutes + bulkRoutes
        + sessionRoutes + providerRoutes + clientRoutes + journalRoutes + filterRoutes

    /// Returns the site as a visitor sees it: without domains that they may not see, and without actions that they may
    /// not take.
    func seen(by visitor: Visitor) -> Site {
        var site = self
        if let tags = visitor.rights.tags { (site.sources, site.board) = views.view(of: tags, sources) }
        if visitor.rights.role < .run {
            site.sources.add = nil
            site.sources.addMany = nil
            site.sources.remove = nil
        }
        return site
    }

    /// Returns an error as JSON for the API, as a page for browsers, and as text otherwise.
    func respond(to failure: Failure, _ request: WebRequest) -> Response {
        if request.visit.segments.first == "api" { return WebAnswer.problem(failure.status, failure.text) }
        guard request.wantsPage else {
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
            templates: templates, account: request.visitor.isOfSession ? request.visitor.name : nil,
            rights: request.visitor.rights)
    }

    /// The watched domain in the address.
    func entry(_ request: WebRequest) throws -> BoardIndex.Entry { try entry(request.part("name")) }

    func entry(_ text: String?) throws -> BoardIndex.Entry {
        guard let text, let name = try? Name(text), let entry = board.entry(name.folded)
        else { throw Failure.missing("domain") }
        return entry
    }

    func incident(_ request: WebRequest) throws -> Incident {
        guard let id = request.part("id"), id.utf8.count < 300, let incident = try sources.store.incident(id) else {
            throw Failure.missing("incident")
        }
        return incident
    }
}
