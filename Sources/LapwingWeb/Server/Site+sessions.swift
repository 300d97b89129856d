import Foundation
import HTTPTypes
import Hummingbird
import LapwingCore
import LapwingCrypto
import LapwingStore

/// Log-in and log-out, for people with an account.
extension Site {
    static let sessionRoutes: [Route] = [
        Route(.get, "/login", .linked, isOpen: true) { site, request in
            let query: LoginQuery = try request.query()
            guard request.people != nil, request.gate?.hasLogIn == true else {
                return WebAnswer.redirect("\(request.base)/")
            }
            let next = Self.next(query.next)
            // Browsers do not send the cookie with links from other sites, so an intermediate page of this site makes
            // them send it.
            if request.headers[.fetchSite] == "cross-site" { return try site.leadingOn(to: next, request) }
            return try site.loginPage(request, next: next)
        },
        Route(.post, "/login", isOpen: true) { try await $0.logIn($1) },
        Route(.post, "/logout", for: .look) { site, request in
            guard let people = request.people, case .session(let digest) = request.visitor.proof else {
                return WebAnswer.redirect("\(request.base)/")
            }
            try people.endSession(digest: digest, by: request.person())
            var response = WebAnswer.redirect("\(request.base)/login")
            response.headers[.setCookie] = request.cookie("", seconds: 0)
            return response
        },
    ]

    /// Returns the path of a page of this site to show after the log-in; the board if the text is not such a path.
    static func next(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"), text.utf8.count < 1000,
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return "/" }
        return text
    }

    /// Returns the log-in page with the available ways to log in.
    func loginPage(
        _ request: WebRequest, next: String, fault: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let model = LoginModel(
            base: request.base, next: next, nextQuery: Escape.query(next), leadsOn: false,
            hasAccounts: request.people?.hasAccounts == true,
            provider: request.gate?.provider.map { Shown.text($0.label, limit: 100) }, fault: fault)
        return WebAnswer.html(try templates.render(model), status: status)
    }

    /// Returns an intermediate page that navigates to another page of this site, so that the browser sends the session.
    func leadingOn(to next: String, _ request: WebRequest) throws -> Response {
        WebAnswer.html(
            try templates.render(
                LoginModel(
                    base: request.base, next: next, nextQuery: "", leadsOn: true, hasAccounts: false, provider: nil,
                    fault: nil)))
    }

    private func logIn(_ request: WebRequest) async throws -> Response {
        let form: LoginForm = try request.form()
        guard let people = request.people, people.hasAccounts else { throw Failure.missing("account") }
        let name = String((form.name ?? "").prefix(64))
        let next = Self.next(form.next)
        let hash = try people.store.passwordHash(of: name)
        let password = form.password ?? ""
        // An unknown name costs as much time as a known one, so that timing reveals nothing.
        guard
            let matches = await people.pool.check(
                from: request.peer, { PasswordHash.matches(password, hash: hash ?? People.nobodysHash) })
        else { throw Failure(.tooManyRequests, "Too many passwords are being checked. Try again in a few seconds.") }
        let (number, digest) = People.freshSession()
        let person = Person(name, from: "page, \(request.peer)")
        guard matches, hash != nil, try people.store.beginSession(digest: digest, by: person, at: people.now()) else {
            people.noteRefusal(as: name, from: request.peer, by: "page")
            return try loginPage(
                request, next: next, fault: "Wrong name or password.", status: .unauthorized)
        }
        // A previous session number of this browser ends: an attacker may have planted it.
        if let old = request.sessionDigest { try people.endSession(digest: old, by: nil) }
        var response = WebAnswer.redirect(request.base + next)
        response.headers[.setCookie] = request.cookie(number, seconds: Session.longest)
        return response
    }
}

struct LoginForm: Decodable {
    var name: String?
    var password: String?
    var next: String?
}

struct LoginQuery: Decodable { var next: String? }

extension WebRequest {
    static let sessionCookie = "lapwing-session"

    /// The digest of the session number in the cookie.
    var sessionDigest: [UInt8]? {
        request.cookies[Self.sessionCookie].flatMap { cookie in
            cookie.value.utf8.count == 64 ? MessageDigest.sha256.of(Array(cookie.value.utf8)) : nil
        }
    }

    /// The session cookie, sent to this site by its own pages only.
    func cookie(_ value: String, seconds: Int64) -> String {
        let secure = visit.origin.hasPrefix("https:") ? "; Secure" : ""
        return "\(Self.sessionCookie)=\(value); Path=\(base)/; Max-Age=\(seconds); HttpOnly; SameSite=Strict\(secure)"
    }
}
