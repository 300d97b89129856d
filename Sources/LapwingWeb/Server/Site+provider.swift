import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingCrypto
import LapwingStore
import Logging

/// Log-in at an OpenID Connect provider.
extension Site {
    static let providerRoutes: [Route] = [
        Route(.get, "/login/oidc", isOpen: true, readsStore: false) { try await $0.leaveForProvider($1) },
        Route(.get, "/login/oidc/callback", .linked, isOpen: true) { try await $0.comeFromProvider($1) },
    ]

    /// Redirects the browser to the provider.
    private func leaveForProvider(_ request: WebRequest) async throws -> Response {
        let query: LoginQuery = try request.query()
        let (people, provider) = try request.provider()
        let next = Self.next(query.next)
        let endpoints: ProviderDirectory.Endpoints
        do throws(ProviderFault) {
            endpoints = try await provider.endpoints()
        } catch {
            log.warning("logging in at the provider is not possible", metadata: ["fault": "\(error)"])
            return try refusal(error, request, next: next)
        }
        let beginning = people.pending.begin(
            from: request.peer, next: next, redirect: Self.redirect(request),
            formerSession: request.sessionDigest, at: people.now())
        guard let beginning else {
            throw Failure(.tooManyRequests, "Too many log-ins were started from your address. Try again in a minute.")
        }
        var response = WebAnswer.redirect(provider.address(endpoints, beginning))
        response.headers[.setCookie] = request.loginCookie(beginning.browser, seconds: PendingLogins.longest)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The address to which the provider redirects the browser: below the external URL if one is configured, otherwise
    /// below the address of the request.
    private static func redirect(_ request: WebRequest) -> String {
        let place = request.gate?.externalURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        return (place ?? request.visit.origin + request.base) + "/login/oidc/callback"
    }

    /// Finishes a log-in after the provider's redirect.
    private func comeFromProvider(_ request: WebRequest) async throws -> Response {
        let query: CallbackQuery = try request.query()
        let (people, provider) = try request.provider()
        var next = "/"
        do throws(ProviderFault) {
            let login = try Self.login(query, request, people)
            next = login.next
            let token = try await Self.token(query, login, provider, at: people.now())
            return try enter(token, login, provider, people, request)
        } catch {
            if error.kind != .stranger { people.noteRefusal(as: "", from: request.origin(at: provider), by: "page") }
            log.notice(
                "a log-in at the provider is refused", metadata: ["reason": "\(error)", "from": "\(request.peer)"])
            return try refusal(error, request, next: next)
        }
    }

    /// Takes the log-in that this browser began here; it cannot be resumed again.
    private static func login(
        _ query: CallbackQuery, _ request: WebRequest, _ people: People
    ) throws(ProviderFault) -> PendingLogins.Login {
        switch people.pending.take(state: query.state ?? "", browser: request.loginCookie, at: people.now()) {
        case .taken(let login): return login
        case .unknown:
            throw ProviderFault(.proof, "this log-in was used already, has expired, or did not begin here; begin again")
        case .ofAnotherBrowser:
            throw ProviderFault(.proof, "this log-in began in another browser; begin again in this one")
        }
    }

    private static func token(
        _ query: CallbackQuery, _ login: PendingLogins.Login, _ provider: ProviderLogin, at now: Timestamp
    ) async throws(ProviderFault) -> IdentityToken {
        // RFC 9207 section 2.4.
        guard query.iss ?? provider.provider.issuer == provider.provider.issuer else {
            throw ProviderFault(.proof, "the answer is of another provider")
        }
        if let error = query.error {
            let reason = query.error_description.map { ": " + Shown.text($0, limit: 200) } ?? ""
            throw ProviderFault(.proof, "the provider refuses: \(Shown.text(error, limit: 100))\(reason)")
        }
        return try await provider.token(for: query.code ?? "", login, at: now)
    }

    private func enter(
        _ token: IdentityToken, _ login: PendingLogins.Login, _ provider: ProviderLogin, _ people: People,
        _ request: WebRequest
    ) throws(ProviderFault) -> Response {
        let origin = request.origin(at: provider)
        guard let rights = provider.provider.groups.rights(of: token.groups) else {
            people.noteRefusal(as: token.name, from: origin, by: "page")
            throw ProviderFault(
                .stranger, "you are \(Shown.text(token.name, limit: 255)), and in no group with access")
        }
        let (number, digest) = People.freshSession()
        let person = VouchedPerson(
            issuer: provider.provider.issuer, subject: token.subject, name: token.name,
            groups: token.groups.filter { provider.provider.groups.groups[$0] != nil })
        var response: Response
        do {
            try people.store.beginSession(
                digest: digest, of: person, from: "page, \(origin)", rights: rights, at: people.now())
            // All previous sessions of this browser end.
            for old in [login.formerSession, request.sessionDigest] {
                if let old { try people.endSession(digest: old, by: nil) }
            }
            // The request came from another site, so the browser would follow a redirect without sending the session.
            response = try leadingOn(to: login.next, request)
        } catch {
            log.error("a log-in cannot be kept", metadata: ["fault": "\(error)"])
            throw ProviderFault(.provider, "the log-in cannot be kept; the log has more")
        }
        response.headers[values: .setCookie] = [
            request.cookie(number, seconds: provider.provider.session), request.loginCookie("", seconds: 0),
        ]
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func refusal(_ fault: ProviderFault, _ request: WebRequest, next: String) throws -> Response {
        let (status, text): (HTTPResponse.Status, String) =
            switch fault.kind {
            case .provider:
                (.badGateway, request.people?.hasAccounts == true ? " Accounts of Lapwing itself work as before." : "")
            case .proof: (.unauthorized, "")
            case .stranger: (.forbidden, "")
            }
        return try loginPage(
            request, next: next, fault: "You are not logged in: \(fault.description).\(text)", status: status)
    }
}

/// The parameters that a provider sends with the redirect (OpenID Connect Core section 3.1.2.5, RFC 9207).
struct CallbackQuery: Decodable {
    var state: String?
    var code: String?
    var iss: String?
    var error: String?
    var error_description: String?
}

extension WebRequest {
    private static let loginCookieName = "lapwing-login"

    /// The accounts of the store, and the provider.
    fileprivate func provider() throws -> (People, ProviderLogin) {
        guard let people, let provider = gate?.provider else {
            throw Site.Failure(.notFound, "No log-in provider is configured.")
        }
        return (people, provider)
    }

    /// The origin of a request, for the journal.
    fileprivate func origin(at provider: ProviderLogin) -> String { "\(peer), by \(provider.provider.host)" }

    /// The value that this browser got when its log-in began.
    fileprivate var loginCookie: String? { request.cookies[Self.loginCookieName].map(\.value) }

    /// The cookie of a log-in in progress. Unlike that of a session, browsers send it with the redirect from the
    /// provider.
    fileprivate func loginCookie(_ value: String, seconds: Int64) -> String {
        let secure = visit.origin.hasPrefix("https:") ? "; Secure" : ""
        return
            "\(Self.loginCookieName)=\(value); Path=\(base)/login/oidc; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)"
    }
}
