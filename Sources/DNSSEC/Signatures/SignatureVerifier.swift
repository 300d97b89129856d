/// The interface between the DNSSEC rules and a crypto library.
///
/// The rules handle keys only as bytes, so the same code runs with libcrypto and with a stub.
public protocol SignatureVerifier: Sendable {
    /// Verifies a signature; `nil` if the algorithm is not supported, or not with a key of that size.
    ///
    /// A key or a signature of the wrong form for its algorithm is `false`, never `nil`.
    /// - Parameters:
    ///   - algorithm: the DNSSEC algorithm number (RFC 4034 appendix A.1).
    ///   - publicKey: the public key field of the DNSKEY.
    ///   - data: the signed bytes (RFC 4034 section 3.1.8.1).
    ///   - signature: the signature field of the RRSIG.
    /// - Returns: the verdict, or `nil`.
    func verify(algorithm: UInt8, publicKey: [UInt8], data: [UInt8], signature: [UInt8]) -> Bool?

    /// Returns the digest of some bytes.
    func digest(_ kind: DigestKind, _ data: [UInt8]) -> [UInt8]
}
