import Foundation
package import LapwingCore

/// A provider's statement about a user: an ID token (OpenID Connect Core section 2) whose signature and claims have
/// been verified.
package struct IdentityToken: Sendable, Hashable {
    /// The conditions that a token must meet for one log-in.
    package struct Terms: Sendable {
        /// The provider, with the client identifier used there.
        package var provider: IdentityProvider
        /// The nonce that was sent with the request.
        package var nonce: String
        /// When the log-in began.
        package var began: Timestamp
        /// The present time.
        package var now: Timestamp

        package init(provider: IdentityProvider, nonce: String, began: Timestamp, now: Timestamp) {
            self.provider = provider
            self.nonce = nonce
            self.began = began
            self.now = now
        }
    }

    /// The largest size of a token, in bytes.
    private static let longest = 128 << 10
    /// Seconds by which the clocks of both sides may differ.
    package static let leeway: Int64 = 60
    /// The largest number of groups of a user that are read, and the largest size of each in bytes.
    private static let mostGroups = 2000
    private static let longestGroup = 256

    /// The identifier of the user, unique at this provider.
    package var subject: String
    /// The name that is used here: from the claim that the configuration names, else a mail address that the provider
    /// has verified, else the subject.
    package var name: String
    /// The groups of the user, as the provider spells them.
    package var groups: [String]

    /// The header with the signature algorithm; not trusted before the signature is verified.
    package struct Header: Decodable, Sendable {
        /// The algorithm.
        package var alg: String
        /// The identifier of the key; nil if the provider does not name one.
        package var kid: String?
        /// Members that must be understood; none are supported.
        var crit: [String]?
    }

    /// The three parts of a token.
    package struct Parts: Sendable {
        /// The header with the algorithm.
        package var header: Header
        fileprivate var claims: [UInt8]
        fileprivate var signed: [UInt8]
        fileprivate var signature: [UInt8]

        /// - Throws: ``ProviderFault`` if the text is not a signed token.
        package init(_ text: String) throws(ProviderFault) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard text.utf8.count <= IdentityToken.longest, parts.count == 3, let head = Base64URL.bytes(parts[0]),
                let claims = Base64URL.bytes(parts[1]), let signature = Base64URL.bytes(parts[2]),
                let header = try? JSONDecoder().decode(Header.self, from: Data(head))
            else { throw ProviderFault(.proof, "the ID token is not well formed") }
            guard header.crit == nil else {
                throw ProviderFault(.proof, "the ID token requires an unknown extension")
            }
            self.header = header
            self.claims = claims
            self.signature = signature
            signed = Array((parts[0] + "." + parts[1]).utf8)
        }

        /// Selects the key that verifies the token from those that the provider publishes; nil if the token names a key
        /// that is not among them.
        ///
        /// - Throws: ``ProviderFault`` if it is certain already that no key verifies it.
        package func key(among keys: [WebKey]) throws(ProviderFault) -> WebKey? {
            guard WebKey.Algorithm(rawValue: header.alg) != nil else {
                throw ProviderFault(
                    .proof,
                    "the ID token is signed by `\(Shown.text(header.alg, limit: 40))`, which proves nothing here")
            }
            let named = header.kid.map { kid in keys.filter { $0.name == kid } }
            // Without an identifier it must be the only key of the algorithm; with two the choice would be ambiguous.
            let fitting = (named ?? keys).filter { $0.algorithm.rawValue == header.alg }
            if let named, !named.isEmpty, fitting.isEmpty {
                throw ProviderFault(.proof, "the ID token names another algorithm than its key has")
            }
            if named == nil, fitting.count > 1 {
                throw ProviderFault(.proof, "the ID token does not say by which of several keys it is signed")
            }
            return fitting.first
        }
    }

    /// Verifies the signature and the claims.
    ///
    /// - Throws: ``ProviderFault`` with the first fault.
    package init(_ parts: Parts, signedWith key: WebKey, _ terms: Terms) throws(ProviderFault) {
        guard parts.header.alg == key.algorithm.rawValue, key.verifies(parts.signature, over: parts.signed) else {
            throw ProviderFault(.proof, "the ID token is not signed by the provider")
        }
        let claims: Claims
        do {
            claims = try JSONDecoder().decode(Claims.self, from: Data(parts.claims), configuration: terms.provider)
        } catch {
            throw ProviderFault(.proof, "the claims of the ID token are not well formed")
        }
        try Self.check(claims, terms)
        guard (1...255).contains(claims.sub.utf8.count), claims.sub == claims.sub.visible else {
            throw ProviderFault(.proof, "the ID token names no person")
        }
        subject = claims.sub
        let mail = claims.email_verified == true ? claims.email : nil
        let called = terms.provider.nameClaim == nil ? mail : claims.name
        name = called.flatMap { (1...255).contains($0.utf8.count) && $0 == $0.visible ? $0 : nil } ?? claims.sub
        groups = claims.groups.prefix(Self.mostGroups).filter { (1...Self.longestGroup).contains($0.utf8.count) }
    }

    private static func check(_ claims: Claims, _ terms: Terms) throws(ProviderFault) {
        let provider = terms.provider
        guard claims.iss == provider.issuer else {
            throw ProviderFault(.proof, "the ID token is of another provider: \(Shown.text(claims.iss, limit: 200))")
        }
        guard claims.audience.contains(provider.clientID) else {
            throw ProviderFault(.proof, "the ID token is for another client")
        }
        guard claims.azp ?? provider.clientID == provider.clientID, claims.audience.count == 1 || claims.azp != nil
        else {
            throw ProviderFault(.proof, "the ID token was issued to another client")
        }
        guard PasswordHash.isEqual(Array((claims.nonce ?? "").utf8), Array(terms.nonce.utf8)) else {
            throw ProviderFault(.proof, "the ID token is not of this log-in: its nonce is another")
        }
        let now = terms.now.seconds
        guard let ends = claims.exp, ends > now - leeway else {
            throw ProviderFault(.proof, "the ID token has expired; if it did not, the clocks of both sides differ")
        }
        guard let made = claims.iat, made <= now + leeway, claims.nbf ?? made <= now + leeway else {
            throw ProviderFault(.proof, "the ID token is dated in the future; the clocks of both sides differ")
        }
        guard made >= terms.began.seconds - leeway else {
            throw ProviderFault(
                .proof, "the ID token is older than this log-in; if not, the clocks of both sides differ")
        }
    }
}

/// The claims that are read.
private struct Claims: DecodableWithConfiguration {
    /// The last second that is written with four digits for its year.
    private static let lastMoment = 253_402_300_799.0

    var iss: String
    var sub: String
    var audience: [String]
    var azp: String?
    var nonce: String?
    /// Seconds since 1970.
    var exp: Int64?
    var iat: Int64?
    var nbf: Int64?
    var email: String?
    var email_verified: Bool?
    var groups: [String]
    var name: String?

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
        init(_ text: String) { stringValue = text }
    }

    init(from decoder: any Decoder, configuration provider: IdentityProvider) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func text(_ name: String) throws -> String? { try fields.decodeIfPresent(String.self, forKey: Key(name)) }
        func moment(_ name: String) throws -> Int64? {
            // Seconds may have a fraction.
            guard let number = try fields.decodeIfPresent(Double.self, forKey: Key(name)) else { return nil }
            guard (0...Self.lastMoment).contains(number) else {
                throw DecodingError.dataCorruptedError(
                    forKey: Key(name), in: fields, debugDescription: "no clock shows it")
            }
            return Int64(number)
        }
        func texts(_ name: String) -> [String] {
            if let one = try? fields.decode(String.self, forKey: Key(name)) { return [one] }
            return (try? fields.decode([String].self, forKey: Key(name))) ?? []
        }
        iss = try fields.decode(String.self, forKey: Key("iss"))
        sub = try fields.decode(String.self, forKey: Key("sub"))
        audience = texts("aud")
        azp = try text("azp")
        nonce = try text("nonce")
        (exp, iat, nbf) = (try moment("exp"), try moment("iat"), try moment("nbf"))
        email = try? text("email")
        email_verified = try? fields.decodeIfPresent(Bool.self, forKey: Key("email_verified"))
        groups = texts(provider.groupsClaim)
        name = provider.nameClaim.flatMap { try? text($0) }
    }
}
