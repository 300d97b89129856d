import Foundation
import LapwingCrypto

/// A public key as published by a provider (RFC 7517), with the one algorithm for which it is used.
package struct WebKey: Sendable, Hashable {
    /// A signature algorithm (RFC 7518 section 3.1, RFC 8037). Algorithms with a shared secret and `none` are not
    /// supported.
    package enum Algorithm: String, Sendable, Hashable {
        case rs256 = "RS256"
        case rs512 = "RS512"
        case es256 = "ES256"
        case es384 = "ES384"
        case edDSA = "EdDSA"

        /// The DNSSEC number of the same algorithm; keys and signatures have the same encoding there.
        var number: UInt8 {
            switch self {
            case .rs256: 8
            case .rs512: 10
            case .es256: 13
            case .es384: 14
            case .edDSA: 15
            }
        }
    }

    /// The largest number of keys of one provider that are read.
    private static let most = 100
    /// The smallest modulus that is accepted, in bits (RFC 7518 section 3.3).
    private static let fewestBits = 2048
    private static let verifier = LibcryptoVerifier()

    /// Nil if the provider gives the key no identifier.
    package var name: String?
    /// The algorithm of the key, regardless of the token's header.
    package var algorithm: Algorithm
    /// The key in DNSKEY format.
    private var bytes: [UInt8]

    /// Returns the keys of a key set that verify signatures; other keys are omitted.
    ///
    /// - Throws: ``ProviderFault`` if the document is not a key set, or has no such key.
    package static func all(in document: [UInt8]) throws(ProviderFault) -> [WebKey] {
        guard let set = try? JSONDecoder().decode(KeySet.self, from: Data(document)) else {
            throw ProviderFault(.provider, "the provider's keys are not well formed")
        }
        let keys = set.keys.prefix(most).compactMap { $0.entry.flatMap(WebKey.init) }
        guard !keys.isEmpty else { throw ProviderFault(.provider, "the provider publishes no key that can be used") }
        return keys
    }

    private init?(_ entry: Entry) {
        guard entry.use ?? "sig" == "sig", entry.key_ops?.contains("verify") ?? true, entry.d == nil else { return nil }
        name = entry.kid
        switch (entry.kty, entry.crv) {
        case ("RSA", _):
            guard let modulus = Self.number(entry.n), let exponent = Self.number(entry.e), exponent.count < 256,
                (Self.fewestBits...RSAKeyParts.mostModulusBits).contains(Self.bits(modulus)),
                let algorithm = Algorithm(rawValue: entry.alg ?? "RS256"), [.rs256, .rs512].contains(algorithm)
            else { return nil }
            self.algorithm = algorithm
            bytes = [UInt8(exponent.count)] + exponent + modulus
            guard RSAKeyParts(bytes)?.isTooLarge == false else { return nil }
        case ("EC", "P-256"), ("EC", "P-384"):
            let (algorithm, size): (Algorithm, Int) = entry.crv == "P-256" ? (.es256, 32) : (.es384, 48)
            guard entry.alg ?? algorithm.rawValue == algorithm.rawValue,
                let x = entry.x.flatMap({ Base64URL.bytes($0) }),
                let y = entry.y.flatMap({ Base64URL.bytes($0) }), x.count == size, y.count == size
            else { return nil }
            self.algorithm = algorithm
            bytes = x + y
        case ("OKP", "Ed25519"):
            guard ["EdDSA", "Ed25519"].contains(entry.alg ?? "EdDSA"), let x = entry.x.flatMap({ Base64URL.bytes($0) }),
                x.count == 32
            else { return nil }
            algorithm = .edDSA
            bytes = x
        default: return nil
        }
    }

    /// Whether this key made the signature over the data.
    func verifies(_ signature: [UInt8], over data: [UInt8]) -> Bool {
        Self.verifier.verify(algorithm: algorithm.number, publicKey: bytes, data: data, signature: signature) == true
    }

    private static func number(_ text: String?) -> [UInt8]? {
        guard let bytes = text.flatMap({ Base64URL.bytes($0) }) else { return nil }
        let digits = Array(bytes.drop { $0 == 0 })
        return digits.isEmpty ? nil : digits
    }

    private static func bits(_ number: [UInt8]) -> Int {
        number.first.map { number.count * 8 - $0.leadingZeroBitCount } ?? 0
    }

    private struct KeySet: Decodable { var keys: [Possible] }

    /// An entry that may be unreadable; one bad key must not make the others unusable.
    private struct Possible: Decodable {
        var entry: Entry?

        init(from decoder: any Decoder) { entry = try? Entry(from: decoder) }
    }

    private struct Entry: Decodable {
        var kty: String
        var kid: String?
        var alg: String?
        var use: String?
        var key_ops: [String]?
        var n: String?
        var e: String?
        var crv: String?
        var x: String?
        var y: String?
        /// Present only in a private key, which should never be published.
        var d: String?
    }
}
