internal import CCrypto
public import DNSSEC
internal import Synchronization

/// Verifies DNSSEC signatures with OpenSSL's libcrypto.
///
/// Covers the algorithms 5, 7, 8, 10 (RSA up to a modulus of 4,096 and an exponent of 64 bits), 13, 14 (ECDSA), 15 and 16
/// (EdDSA).
/// Keys that were decoded once are kept, because building one costs about as much as using it.
public final class LibcryptoVerifier: SignatureVerifier {
    /// How many decoded keys are kept; the whole cache is dropped when it is full.
    static let keptKeys = 1024

    private struct KeyIdentity: Hashable {
        var algorithm: UInt8
        var bytes: [UInt8]
    }

    private let keys = Mutex<[KeyIdentity: PublicKey]>([:])

    public init() {}

    /// Nil for an algorithm that is not known, and for an RSA key larger than those that are used.
    public func verify(algorithm: UInt8, publicKey: [UInt8], data: [UInt8], signature: [UInt8]) -> Bool? {
        guard let scheme = SigningScheme(algorithm: algorithm) else { return nil }
        guard let signature = scheme.librarySignature(signature) else { return false }
        let identity = KeyIdentity(algorithm: algorithm, bytes: publicKey)
        let key: PublicKey
        if let known = keys.withLock({ $0[identity] }) {
            key = known
        } else {
            if case .rsa = scheme, RSAKeyParts(publicKey)?.isTooLarge == true { return nil }
            guard let made = PublicKey(scheme: scheme, bytes: publicKey) else { return false }
            key = made
            keys.withLock { cache in
                if cache.count >= Self.keptKeys { cache.removeAll() }
                cache[identity] = made
            }
        }
        return key.verifies(signature, over: data)
    }

    /// The digest of some bytes, by libcrypto.
    public func digest(_ kind: DigestKind, _ data: [UInt8]) -> [UInt8] {
        switch kind {
        case .sha1: MessageDigest.sha1.of(data)
        case .sha256: MessageDigest.sha256.of(data)
        case .sha384: MessageDigest.sha384.of(data)
        }
    }
}
