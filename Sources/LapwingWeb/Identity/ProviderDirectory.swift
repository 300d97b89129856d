import Foundation
package import LapwingCore

/// The published metadata of a provider: its endpoints (OpenID Connect Discovery section 4) and its keys. Both are
/// fetched on demand and cached. Concurrent callers wait for the same response.
package actor ProviderDirectory {
    /// How long endpoints and keys are cached.
    private static let fresh: Duration = .seconds(3600)
    /// Time between two fetches of the keys because of an unknown key.
    private static let keyPause: Duration = .seconds(60)
    /// Time after a failure before the provider is asked again.
    private static let pause: Duration = .seconds(5)

    /// The endpoints of a provider.
    package struct Endpoints: Sendable, Hashable {
        /// The authorization endpoint, to which browsers are sent.
        package var authorization: String
        /// The token endpoint, which accepts a code.
        package var token: String
        /// The address of the key set.
        package var keys: String
        /// Whether the client secret goes into the form rather than into a header.
        var wantsSecretInForm: Bool
    }

    /// A cached value, and the fetch in progress.
    private final class Kept<Value: Sendable> {
        var value: Value?
        var at: ContinuousClock.Instant?
        var failure: (fault: ProviderFault, at: ContinuousClock.Instant)?
        var running: Task<Result<Value, ProviderFault>, Never>?
    }

    private let provider: IdentityProvider
    private let exchange: ProviderExchange
    private let now: @Sendable () -> ContinuousClock.Instant
    private let endpoints = Kept<Endpoints>()
    private let keys = Kept<[WebKey]>()

    /// - Parameter now: a monotonic clock.
    package init(
        _ provider: IdentityProvider, _ exchange: @escaping ProviderExchange,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.provider = provider
        self.exchange = exchange
        self.now = now
    }

    /// - Throws: ``ProviderFault`` if the provider cannot be asked, or publishes no endpoints.
    package func currentEndpoints() async throws(ProviderFault) -> Endpoints {
        try await current(endpoints) { [provider, exchange] () async throws(ProviderFault) in
            let base = provider.issuer.hasSuffix("/") ? String(provider.issuer.dropLast()) : provider.issuer
            let body = try await Self.document(base + "/.well-known/openid-configuration", exchange)
            return try Endpoints(body, of: provider)
        }
    }

    /// Returns the key that verifies a token. For an unknown key the key set is fetched again, at most once a minute.
    ///
    /// - Throws: ``ProviderFault`` if there is no such key.
    package func key(of parts: IdentityToken.Parts) async throws(ProviderFault) -> WebKey {
        let place = try await currentEndpoints().keys
        let fetch: @Sendable () async throws(ProviderFault) -> [WebKey] = { [exchange] () async throws(ProviderFault) in
            try WebKey.all(in: try await Self.document(place, exchange))
        }
        if let key = try parts.key(among: try await current(keys, fetch)) { return key }
        if let at = keys.at, now() - at >= Self.keyPause {
            keys.at = nil
            if let key = try parts.key(among: try await current(keys, fetch)) { return key }
        }
        throw ProviderFault(.proof, "the ID token is signed with a key that the provider does not publish")
    }

    private func current<Value: Sendable>(
        _ kept: Kept<Value>,
        _ fetch: @escaping @Sendable () async throws(ProviderFault) -> Value
    ) async throws(ProviderFault) -> Value {
        if let value = kept.value, let at = kept.at, now() - at < Self.fresh { return value }
        if let failure = kept.failure, now() - failure.at < Self.pause { throw failure.fault }
        if let running = kept.running { return try await running.value.get() }
        let task = Task<Result<Value, ProviderFault>, Never> {
            do throws(ProviderFault) {
                return .success(try await fetch())
            } catch {
                return .failure(error)
            }
        }
        kept.running = task
        let result = await task.value
        kept.running = nil
        switch result {
        case .success(let value):
            (kept.value, kept.at, kept.failure) = (value, now(), nil)
            return value
        case .failure(let fault):
            kept.failure = (fault, now())
            throw fault
        }
    }

    private static func document(
        _ url: String, _ exchange: ProviderExchange
    ) async throws(ProviderFault) -> [UInt8] {
        let answer = try await exchange(ProviderRequest(url: url))
        guard answer.status == 200 else {
            throw ProviderFault(
                .provider, "the provider answers with HTTP \(answer.status) where its documents should be")
        }
        return answer.body
    }
}

extension ProviderDirectory.Endpoints {
    private struct Document: Decodable {
        var issuer: String
        var authorization_endpoint: String
        var token_endpoint: String
        var jwks_uri: String
        var token_endpoint_auth_methods_supported: [String]?
    }

    /// Parses the discovery document.
    init(_ body: [UInt8], of provider: IdentityProvider) throws(ProviderFault) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(body)) else {
            throw ProviderFault(.provider, "the provider's description of itself is not well formed")
        }
        guard document.issuer == provider.issuer else {
            throw ProviderFault(
                .provider,
                "the provider calls itself \(Shown.text(document.issuer, limit: 200)), and not as web.oidc.issuer has it"
            )
        }
        for url in [document.authorization_endpoint, document.token_endpoint, document.jwks_uri] {
            guard Self.isUsable(url, for: provider) else {
                throw ProviderFault(
                    .provider, "the provider names an address that is not used: \(Shown.text(url, limit: 200))")
            }
        }
        authorization = document.authorization_endpoint
        token = document.token_endpoint
        keys = document.jwks_uri
        let methods = document.token_endpoint_auth_methods_supported ?? ["client_secret_basic"]
        wantsSecretInForm = !methods.contains("client_secret_basic") && methods.contains("client_secret_post")
    }

    /// Whether the URL uses HTTPS, or HTTP if the issuer itself does, which is allowed on this machine only.
    private static func isUsable(_ url: String, for provider: IdentityProvider) -> Bool {
        let scheme = ["https://", "http://"].first { url.lowercased().hasPrefix($0) }
        guard let scheme, scheme == "https://" || provider.issuer.hasPrefix("http://"), url.utf8.count <= 2000 else {
            return false
        }
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        return !authority.isEmpty && !authority.contains("@")
            && url.utf8.allSatisfy { (0x21...0x7e).contains($0) } && !url.contains { "#\"<>\\`{}|^".contains($0) }
    }
}
