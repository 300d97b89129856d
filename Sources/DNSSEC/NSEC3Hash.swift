public import DNSWire

/// The hash under which NSEC3 hides names.
public enum NSEC3Hash {
    /// SHA-1 of the lower-case name and the salt, and again of the result and the salt (RFC 5155 section 5).
    public static func of(
        _ name: Name, iterations: UInt16, salt: [UInt8], by verifier: some SignatureVerifier
    ) -> [UInt8] {
        var digest = verifier.digest(.sha1, name.folded.wire + salt)
        for _ in 0..<iterations { digest = verifier.digest(.sha1, digest + salt) }
        return digest
    }
}
