import Foundation
import LapwingCore
import LapwingCrypto

/// Log-in at a provider with the authorization code flow of OpenID Connect, with PKCE (RFC 7636).
struct ProviderLogin: Sendable {
    /// The largest size of an authorization code, in bytes.
    private static let longestCode = 4096

    let provider: IdentityProvider
    private let exchange: ProviderExchange
    private let directory: ProviderDirectory

    init(_ provider: IdentityProvider, _ exchange: @escaping ProviderExchange) {
        self.provider = provider
        self.exchange = exchange
        directory = ProviderDirectory(provider, exchange)
    }

    /// The label of the button.
    var label: String { provider.label ?? provider.host }

    /// Returns the endpoints; they must be known before a user is redirected.
    func endpoints() async throws(ProviderFault) -> ProviderDirectory.Endpoints {
        try await directory.currentEndpoints()
    }

    /// Returns the address to which the browser is redirected.
    func address(_ endpoints: ProviderDirectory.Endpoints, _ beginning: PendingLogins.Beginning) -> String {
        let challenge = Base64URL.text(MessageDigest.sha256.of(Array(beginning.login.verifier.utf8)))
        let query = Self.form([
            ("response_type", "code"), ("client_id", provider.clientID), ("redirect_uri", beginning.login.redirect),
            ("scope", provider.scopes.joined(separator: " ")), ("state", beginning.state),
            ("nonce", beginning.login.nonce), ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ])
        return endpoints.authorization + (endpoints.authorization.contains("?") ? "&" : "?") + query
    }

    /// Exchanges the code for the verified ID token of the user.
    func token(for code: String, _ login: PendingLogins.Login, at now: Timestamp) async throws(ProviderFault)
        -> IdentityToken
    {
        guard (1...Self.longestCode).contains(code.utf8.count) else {
            throw ProviderFault(.proof, "the provider's code is not well formed")
        }
        let endpoints = try await directory.currentEndpoints()
        let answer = try await exchange(request(code, login, endpoints))
        guard answer.status == 200, let response = try? JSONDecoder().decode(Response.self, from: Data(answer.body))
        else {
            throw Self.refusal(answer)
        }
        let parts = try IdentityToken.Parts(response.id_token)
        let key = try await directory.key(of: parts)
        return try IdentityToken(
            parts, signedWith: key,
            IdentityToken.Terms(provider: provider, nonce: login.nonce, began: login.began, now: now))
    }

    private struct Response: Decodable { var id_token: String }

    private struct Refusal: Decodable { var error: String }

    private static func refusal(_ answer: ProviderAnswer) -> ProviderFault {
        guard let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(answer.body)) else {
            return ProviderFault(.provider, "the provider gives no ID token (HTTP \(answer.status))")
        }
        return ProviderFault(.proof, "the provider does not take the code: \(Shown.text(refusal.error, limit: 100))")
    }

    private func request(
        _ code: String, _ login: PendingLogins.Login, _ endpoints: ProviderDirectory.Endpoints
    ) -> ProviderRequest {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", login.redirect),
            ("code_verifier", login.verifier),
        ]
        var authorization: String?
        if let secret = provider.clientSecret, !endpoints.wantsSecretInForm {
            // Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1).
            let pair = "\(Self.encoded(provider.clientID)):\(Self.encoded(secret))"
            authorization = "Basic \(Data(pair.utf8).base64EncodedString())"
        } else {
            fields.append(("client_id", provider.clientID))
            if let secret = provider.clientSecret { fields.append(("client_secret", secret)) }
        }
        return ProviderRequest(url: endpoints.token, form: Self.form(fields), authorization: authorization)
    }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\($0)=\(encoded($1))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String { Escape.query(text) }
}
