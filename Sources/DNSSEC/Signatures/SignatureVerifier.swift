/// The one seam between the rules of DNSSEC and a crypto library.
///
/// The rules never see keys as anything but bytes, so the same code runs over libcrypto and over a stub.
public protocol SignatureVerifier: Sendable {
    /// Says whether a signature verifies; `nil` when the algorithm is not supported, or not with a key of that size.
    ///
    /// A key or a signature of the wrong shape for its algorithm is `false`, never `nil`.
    /// - Parameters:
    ///   - algorithm: The DNSSEC algorithm number (RFC 4034 appendix A.1).
    ///   - publicKey: The public key field of the DNSKEY.
    ///   - data: The signed bytes (RFC 4034 section 3.1.8.1).
    ///   - signature: The signature field of the RRSIG.
    /// - Returns: The verdict, or `nil`.
    func verify(algorithm: UInt8, publicKey: [UInt8], data: [UInt8], signature: [UInt8]) -> Bool?

    /// The digest of some bytes.
    func digest(_ kind: DigestKind, _ data: [UInt8]) -> [UInt8]
}

/// The digests that DS records and NSEC3 use; the raw value is the DS digest type.
public enum DigestKind: UInt8, Hashable, Sendable {
    case sha1 = 1
    case sha256 = 2
    case sha384 = 4

    /// The length of the digest in bytes.
    public var length: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        }
    }
}
