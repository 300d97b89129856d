import DNSWire
import HTTPTypes
import Hummingbird
import LapwingCore
import Logging
import NIOCore

/// Handles every request: checks the host, determines the client, and adds the headers that all responses have.
struct WebResponder: HTTPResponder {
    typealias Context = WebContext

    let router: RouterResponder<WebContext>
    let access: AccessControl
    let configuration: WebConfiguration
    let log: Logger

    /// Nothing is loaded from other sites, and no inline script runs.
    private static let contentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    func respond(to request: Request, context: WebContext) async throws -> Response {
        let access = access.current
        var response = await answer(request, context, access)
        response.headers[.xContentTypeOptions] = "nosniff"
        // These headers instruct browsers, and are of no use to programs that read plain text.
        if response.headers[.contentType]?.hasPrefix("text/plain") != true {
            response.headers[.contentSecurityPolicy] = Self.contentPolicy
            response.headers[.frameOptions] = "DENY"
            response.headers[.referrerPolicy] = "same-origin"
            response.headers[.openerPolicy] = "same-origin"
        }
        for (name, value) in access.headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        if request.method == .head { response.body = .init() }
        return response
    }

    private func answer(_ request: Request, _ context: WebContext, _ access: Access) async -> Response {
        // Each request must name exactly one host (RFC 9112 section 3.2).
        guard request.headers[.hostField] == nil, let authority = request.head.authority.flatMap({ Authority($0) })
        else {
            return WebAnswer.problem(.badRequest, "The request names no host, or more than one.")
        }
        guard access.hosts.includes(authority, arrivedAt: context.ownAddress) else {
            return WebAnswer.problem(
                .misdirectedRequest,
                "This is not a name of this listener. To allow it, add it to web.hosts in lapwing.yml.")
        }
        let person =
            isFromTrustedProxy(context, access)
            ? access.gate.forwarded.flatMap { ForwardedPerson($0, request.headers, proxy: context.peerAddress) } : nil
        var head = request.head
        access.gate.forwarded?.strip(&head.headerFields)
        let request = Request(head: head, body: request.body)
        guard var visit = Visit(request, base: base(request, context, access), client: client(request, context, access))
        else {
            return WebAnswer.problem(.badRequest, "The address is not well formed.")
        }
        visit.origin = origin(request, context, access)
        visit.person = person
        visit.isForwarded = visit.client != context.peerAddress
        var context = context
        context.visit = visit
        context.access = access
        context.authority = authority
        do {
            return try await router.respond(to: visit.routed(request), context: context)
        } catch {
            log.error("request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
            return WebAnswer.problem(.internalServerError, "Something went wrong here; the log has more.")
        }
    }

    /// The client's address: from the header of a trusted proxy, otherwise that of the peer.
    private func client(_ request: Request, _ context: WebContext, _ access: Access) -> String {
        guard isTrusted(context, access), let last = request.headers[.forwardedFor]?.split(separator: ",").last,
            let address = IPAddress(String(last.filter { $0 != " " }))
        else { return context.peerAddress }
        return address.description
    }

    /// The scheme and host as the visitor sees them: the host of the request, and the scheme from the header of a
    /// trusted proxy.
    private func origin(_ request: Request, _ context: WebContext, _ access: Access) -> String {
        let said = isTrusted(context, access) ? request.headers[.forwardedScheme] : nil
        let isSecure = said.map { $0.lowercased() == "https" } ?? (access.tls != nil)
        return "\(isSecure ? "https" : "http")://\(request.head.authority ?? "")"
    }

    /// Whether the peer may state the origin of a request: this machine, and trusted proxies.
    private func isTrusted(_ context: WebContext, _ access: Access) -> Bool {
        context.isLoopback || isFromTrustedProxy(context, access)
    }

    /// Whether the peer may identify users. This machine may not by default, since all its users can reach the
    /// listener.
    private func isFromTrustedProxy(_ context: WebContext, _ access: Access) -> Bool {
        access.gate.trustsProxy(context.peerAddress)
    }

    /// The base path: from the header of a trusted proxy, otherwise that of the external URL.
    private func base(_ request: Request, _ context: WebContext, _ access: Access) -> String {
        if let prefix = request.headers[.forwardedPrefix], isTrusted(context, access),
            let clean = BasePath.clean(prefix)
        {
            return clean
        }
        return configuration.basePath
    }
}
