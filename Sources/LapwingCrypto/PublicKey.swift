internal import CCrypto

/// A public key that libcrypto has taken in.
final class PublicKey: @unchecked Sendable {  // Nothing changes the key or the context once they are built.
    private let key: OpaquePointer
    /// A verification that has not begun: copying it is cheaper than preparing one, by an eighth of an RSA check.
    private let prepared: OpaquePointer

    /// Takes in the public key field of a DNSKEY; `nil` when it is no key of that scheme.
    init?(scheme: SigningScheme, bytes: [UInt8]) {
        let made: OpaquePointer? =
            switch scheme {
            case .rsa: Self.rsa(bytes)
            case .ecdsa(let curve): Self.curve(curve, bytes)
            case .ed25519: EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
            case .ed448: EVP_PKEY_new_raw_public_key(EVP_PKEY_ED448, nil, bytes, bytes.count)
            }
        defer { ERR_clear_error() }
        guard let made else { return nil }
        let context = EVP_MD_CTX_new()
        guard let context, EVP_DigestVerifyInit(context, nil, scheme.digest?.method, nil, made) == 1 else {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(made)
            return nil
        }
        key = made
        prepared = context
    }

    deinit {
        EVP_MD_CTX_free(prepared)
        EVP_PKEY_free(key)
    }

    func verifies(_ signature: [UInt8], over data: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_MD_CTX_copy_ex(context, prepared) == 1 else {
            ERR_clear_error()
            return false
        }
        let verdict = EVP_DigestVerify(context, signature, signature.count, data, data.count)
        if verdict != 1 { ERR_clear_error() }
        return verdict == 1
    }

    /// RFC 3110 section 2: the length of the exponent, the exponent, the modulus.
    private static func rsa(_ bytes: [UInt8]) -> OpaquePointer? {
        guard let parts = RSAKeyParts(bytes) else { return nil }
        var parameters = KeyParameters()
        parameters.add("n", number: parts.modulus)
        parameters.add("e", number: parts.exponent)
        return parameters.key(type: "RSA", .publicKey)
    }

    /// RFC 6605 section 4: the two coordinates of the point.
    private static func curve(_ curve: SigningScheme.Curve, _ bytes: [UInt8]) -> OpaquePointer? {
        guard bytes.count == 2 * curve.size else { return nil }
        var parameters = KeyParameters()
        parameters.add("group", text: curve.name)
        parameters.add("pub", octets: [4] + bytes)
        return parameters.key(type: "EC", .publicKey)
    }
}

/// The two numbers of an RSA public key in DNS form (RFC 3110 section 2).
package struct RSAKeyParts {
    /// The public exponent, most significant byte first.
    package let exponent: [UInt8]
    /// The modulus, most significant byte first.
    package let modulus: [UInt8]

    /// Reads the key as DNSKEY has it (RFC 3110 section 2); nil where it is cut short.
    package init?(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return nil }
        var start = 1
        var length = Int(first)
        if first == 0 {
            guard bytes.count >= 3 else { return nil }
            length = Int(bytes[1]) << 8 | Int(bytes[2])
            start = 3
        }
        guard length > 0, bytes.count > start + length else { return nil }
        exponent = Array(bytes[start..<start + length].drop { $0 == 0 })
        modulus = Array(bytes[(start + length)...].drop { $0 == 0 })
        if modulus.isEmpty { return nil }
    }

    /// The largest modulus that is worked with, in bits: RFC 3110 section 2 ends there, and so does what signers make.
    package static let mostModulusBits = 4096
    /// The largest exponent, in bits: the usual one has 17, BIND's `dnssec-keygen -e` makes one of 33. The time that a
    /// verification takes grows with it.
    package static let mostExponentBits = 64

    /// Whether verifying with the key costs more than it may.
    package var isTooLarge: Bool {
        Self.bits(modulus) > Self.mostModulusBits || Self.bits(exponent) > Self.mostExponentBits
    }

    private static func bits(_ number: [UInt8]) -> Int {
        number.first.map { number.count * 8 - $0.leadingZeroBitCount } ?? 0
    }
}
