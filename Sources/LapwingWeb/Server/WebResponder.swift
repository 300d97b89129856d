import HTTPTypes
import Hummingbird
import LapwingCore
import Logging
import NIOCore

/// Answers every request: who, where, what, and the headers that each answer carries.
struct WebResponder: HTTPResponder {
    typealias Context = WebContext

    let site: Site
    let gate: Gate
    let configuration: WebConfiguration
    let headers: [(String, String)]
    let log: Logger

    /// Nothing is loaded from elsewhere and nothing inline is run.
    private static let contentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    func respond(to request: Request, context: WebContext) async throws -> Response {
        var response = await answer(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        // What browsers do with a page says nothing to those who read figures.
        if response.headers[.contentType]?.hasPrefix("text/plain") != true {
            response.headers[.contentSecurityPolicy] = Self.contentPolicy
            response.headers[.frameOptions] = "DENY"
            response.headers[.referrerPolicy] = "same-origin"
            response.headers[.openerPolicy] = "same-origin"
        }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        if request.method == .head { response.body = .init() }
        return response
    }

    private func answer(_ request: Request, _ context: WebContext) async -> Response {
        guard await gate.admits(request.headers) else {
            var response = WebAnswer.text("Unauthorized\n", status: .unauthorized)
            response.headers[.wwwAuthenticate] = "Basic realm=\"Lapwing\", charset=\"UTF-8\""
            return response
        }
        guard var web = WebRequest(request, base: base(request, context)) else {
            return WebAnswer.problem(.badRequest, "The address is not well formed.")
        }
        if request.method != .get && request.method != .head {
            guard Gate.isOwn(web, authority: request.head.authority) else {
                return WebAnswer.problem(.forbidden, "The request comes from another site.")
            }
            do {
                web.body = try await request.body.collect(upTo: WebRequest.longestBody)
            } catch {
                return WebAnswer.problem(.contentTooLarge, "The body is larger than \(WebRequest.longestBody) bytes.")
            }
        }
        do {
            return try await site.answer(web)
        } catch let failure as Site.Failure {
            return site.respond(to: failure, web)
        } catch {
            log.error("request failed", metadata: ["path": "\(web.path)", "error": "\(error)"])
            return site.respond(to: .init(.internalServerError, "Something went wrong here; the log has more."), web)
        }
    }

    /// The base path: what a trusted proxy says, otherwise that of the external URL.
    private func base(_ request: Request, _ context: WebContext) -> String {
        if let prefix = request.headers[.forwardedPrefix],
            context.isLoopback || configuration.trustedProxies.contains(context.peerAddress),
            let clean = BasePath.clean(prefix)
        {
            return clean
        }
        return configuration.basePath
    }
}
