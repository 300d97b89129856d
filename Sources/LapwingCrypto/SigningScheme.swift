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
        var sequence: [UInt8] = [0x30, 0]
        sequence.reserveCapacity(2 * size + 8)
        append(signature[..<size], to: &sequence)
        append(signature[size...], to: &sequence)
        sequence[1] = UInt8(sequence.count - 2)  // At most 2 * (2 + 49) bytes: the short length form.
        return sequence
    }

    private static func append(_ bytes: ArraySlice<UInt8>, to sequence: inout [UInt8]) {
        let digits = bytes.drop { $0 == 0 }
        let isPadded = digits.first.map { $0 >= 0x80 } ?? true
        sequence.append(0x02)
        sequence.append(UInt8(digits.count + (isPadded ? 1 : 0)))
        if isPadded { sequence.append(0) }
        sequence += digits
    }
}
