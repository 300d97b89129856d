public import DNSWire

/// The hash of names in NSEC3.
public enum NSEC3Hash {
    /// The input of a hash.
    public struct Input: Hashable, Sendable {
        /// The name.
        public let name: Name
        /// The number of additional iterations.
        public let iterations: UInt16
        /// The salt, hashed along with the name.
        public let salt: [UInt8]

        /// Combines a name with the parameters of an NSEC3 record.
        public init(name: Name, iterations: UInt16, salt: [UInt8]) {
            self.name = name
            self.iterations = iterations
            self.salt = salt
        }
    }

    /// Returns the SHA-1 hash of the lower-case name and the salt, repeated for the result and the salt (RFC 5155
    /// section 5).
    public static func of(
        _ name: Name, iterations: UInt16, salt: [UInt8], by verifier: some SignatureVerifier
    ) -> [UInt8] {
        var digest = verifier.digest(.sha1, name.folded.wire + salt)
        for _ in 0..<iterations { digest = verifier.digest(.sha1, digest + salt) }
        return digest
    }
}
