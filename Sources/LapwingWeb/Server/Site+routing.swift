import HTTPTypes
import Hummingbird
import LapwingCore
import Logging
import NIOCore

extension Site {
    /// A path and method with its handler, and the conditions of a request.
    struct Route: Sendable {
        var method: HTTPRequest.Method
        var path: String
        /// Not callable from other sites unless stated.
        var reach: Reach
        /// The rights that the route requires.
        var demand: Rights.Demand
        /// Whether the address itself grants access: the handler verifies its signature, and no credentials are
        /// required.
        var isSigned: Bool
        /// Whether no authentication is required: public files and the log-in page.
        var isOpen: Bool
        /// Whether all methods have the same response, for compatibility with the exporter.
        var takesAnyMethod: Bool
        /// Whether the handler may call the store and therefore runs on a thread that may block.
        var readsStore: Bool
        /// The largest accepted body, in bytes.
        var longestBody: Int
        var handler: @Sendable (Site, WebRequest) async throws -> Response

        /// - Parameters:
        ///   - role: the least role that may call it; by default `look` for a GET and `run` for all other methods.
        ///   - isOfAll: whether it concerns all domains at once.
        init(
            _ method: HTTPRequest.Method, _ path: String, _ reach: Reach = .ownSite, for role: Rights.Role? = nil,
            isOfAll: Bool = false, isSigned: Bool = false, isOpen: Bool = false, anyMethod: Bool = false,
            readsStore: Bool = true,
            longestBody: Int = WebRequest.longestBody,
            _ handler: @escaping @Sendable (Site, WebRequest) async throws -> Response
        ) {
            self.method = method
            self.path = path
            self.reach = reach
            demand = Rights.Demand(role ?? (method == .get ? .look : .run), isOfAll: isOfAll)
            self.isSigned = isSigned
            self.isOpen = isOpen
            takesAnyMethod = anyMethod
            self.readsStore = readsStore
            self.longestBody = longestBody
            self.handler = handler
        }

        /// Refuses a method that an address does not support. Requests that are not admitted do not learn this.
        static func refusing(_ method: HTTPRequest.Method, _ path: String) -> Route {
            Route(method, path, .embedded, for: .look, readsStore: false) { _, request in
                let asked = request.visit.method.rawValue
                throw Failure(.methodNotAllowed, "This address does not take \(asked).")
            }
        }

        /// Answers requests for an unknown path.
        static let none = Route(.get, "", .embedded, readsStore: false) { _, _ in throw Failure.missing("page") }
    }

    /// The framework's router with all routes; handlers that may block on the disk run on `threads`.
    func router(admission: Admission, log: Logger, threads: any TaskExecutor) -> RouterResponder<WebContext> {
        let router = Router(context: WebContext.self)
        func endpoint(_ route: Route) -> RouteResponder {
            RouteResponder(route: route, site: self, admission: admission, log: log, threads: threads)
        }
        let routes = Dictionary(grouping: Self.routes, by: \.path)
        for (path, routes) in routes {
            for method in Visit.methods {
                // A HEAD request is handled as a GET; a route that takes any method comes last.
                let asked = method == .head ? .get : method
                let route = routes.first { $0.method == asked } ?? routes.first(where: \.takesAnyMethod)
                router.on(RouterPath(path), method: method, responder: endpoint(route ?? .refusing(method, path)))
            }
        }
        router.add(middleware: NotFound(responder: endpoint(.none)))
        return router.buildResponder()
    }
}

/// Replaces the framework's response to an unknown path.
private struct NotFound: RouterMiddleware {
    let responder: RouteResponder

    func handle(
        _ request: Request, context: WebContext,
        next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        try await responder.respond(to: request, context: context)
    }
}

/// Handles requests for one route: checks the access, reads the body and calls the handler.
struct RouteResponder: HTTPResponder {
    let route: Site.Route
    let site: Site
    let admission: Admission
    let log: Logger
    let threads: any TaskExecutor

    func respond(to request: Request, context: WebContext) async throws -> Response {
        var web = WebRequest(request, context)
        if let refusal = await refusal(of: &web, context) { return refusal }
        let site = site.seen(by: web.visitor)
        if web.visit.method != .get && web.visit.method != .head {
            do {
                web.body = try await request.body.collect(upTo: route.longestBody)
            } catch {
                return WebAnswer.problem(.contentTooLarge, "The body is larger than \(route.longestBody) bytes.")
            }
        }
        do {
            guard route.readsStore else { return try await route.handler(site, web) }
            return try await threads.run { [web] in try await route.handler(site, web) }
        } catch let failure as Site.Failure {
            return site.respond(to: failure, web)
        } catch {
            log.error("request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return site.respond(to: .init(.internalServerError, "Something went wrong here; the log has more."), web)
        }
    }

    /// Checks the access to the route; nil if the request is allowed.
    private func refusal(of web: inout WebRequest, _ context: WebContext) async -> Response? {
        guard let access = context.access, let authority = context.authority,
            route.reach.allows(web, authority, access.hosts)
        else { return WebAnswer.problem(.forbidden, "The request comes from another site.") }
        web.gate = access.gate
        if route.isSigned || route.isOpen { return nil }
        switch await access.gate.verdict(
            web.headers, session: web.sessionDigest, person: web.visit.person, from: web.peer, by: web.way)
        {
        case .admitted(let visitor):
            if let channel = context.channel { admission.know(channel) }
            web.visitor = visitor
            guard case .refused(let reason) = visitor.rights.verdict(on: route.demand) else { return nil }
            return site.seen(by: visitor).respond(to: .init(.forbidden, reason), web)
        case .refused:
            if web.wantsPage, access.gate.hasLogIn {
                let path = "/" + web.visit.segments.map(Escape.path).joined(separator: "/")
                let isRead = web.visit.method == .get || web.visit.method == .head
                return WebAnswer.redirect("\(web.base)/login" + (isRead ? "?next=\(Escape.query(path))" : ""))
            }
            var response = WebAnswer.text("Unauthorized\n", status: .unauthorized)
            guard access.gate.asksForPasswords else { return response }
            response.headers[.wwwAuthenticate] = "Basic realm=\"Lapwing\", charset=\"UTF-8\""
            return response
        case .stranger(let reason):
            // A page with the site's frame would reveal how many domains there are.
            return web.isOfAPI
                ? WebAnswer.problem(.forbidden, reason) : WebAnswer.text(reason + "\n", status: .forbidden)
        case .busy:
            var response = WebAnswer.problem(.tooManyRequests, "Too many passwords are being checked.")
            response.headers[.retryAfter] = "5"
            return response
        }
    }
}
