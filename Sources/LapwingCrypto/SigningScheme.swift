internal import CCrypto

/// What a DNSSEC algorithm number means to libcrypto.
enum SigningScheme: Hashable, Sendable {
    case rsa(RSADigest)
    case ecdsa(Curve)
    case ed25519
    case ed448

    enum RSADigest: Hashable, Sendable { case sha1, sha256, sha512 }

    enum Curve: Hashable, Sendable {
        case p256
        case p384

        /// The length of one coordinate in bytes.
        var size: Int { self == .p256 ? 32 : 48 }
        var name: String { self == .p256 ? "P-256" : "P-384" }
        var identifier: Int32 { self == .p256 ? NID_X9_62_prime256v1 : NID_secp384r1 }
        var digest: MessageDigest { self == .p256 ? .sha256 : .sha384 }
    }

    /// `nil` for an algorithm that is not supported.
    init?(algorithm: UInt8) {
        switch algorithm {
        case 5, 7: self = .rsa(.sha1)
        case 8: self = .rsa(.sha256)
        case 10: self = .rsa(.sha512)
        case 13: self = .ecdsa(.p256)
        case 14: self = .ecdsa(.p384)
        case 15: self = .ed25519
        case 16: self = .ed448
        default: return nil
        }
    }

    /// The digest that is signed; `nil` where the scheme hashes by itself.
    var digest: MessageDigest? {
        switch self {
        case .rsa(.sha1): .sha1
        case .rsa(.sha256): .sha256
        case .rsa(.sha512): .sha512
        case .ecdsa(let curve): curve.digest
        case .ed25519, .ed448: nil
        }
    }

    /// The signature as libcrypto wants it, or `nil` when its length is impossible.
    ///
    /// ECDSA signatures are two plain numbers in DNS (RFC 6605 section 4) and a DER sequence in libcrypto.
    func librarySignature(_ signature: [UInt8]) -> [UInt8]? {
        switch self {
        case .rsa: signature.isEmpty ? nil : signature
        case .ecdsa(let curve): signature.count == 2 * curve.size ? Self.sequence(signature, curve.size) : nil
        case .ed25519: signature.count == 64 ? signature : nil
        case .ed448: signature.count == 114 ? signature : nil
        }
    }

    private static func sequence(_ signature: [UInt8], _ size: Int) -> [UInt8] {
        let body = integer(signature[..<size]) + integer(signature[size...])
        return [0x30, UInt8(body.count)] + body  // At most 2 * (2 + 49) bytes: the short length form.
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var digits = Array(bytes.drop { $0 == 0 })
        if digits.isEmpty || digits[0] >= 0x80 { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }
}
