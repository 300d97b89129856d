public import DNSWire

/// The hash under which NSEC3 hides names.
public enum NSEC3Hash {
    /// What a hash is made of.
    public struct Input: Hashable, Sendable {
        /// The name.
        public let name: Name
        /// How often the hash is hashed again.
        public let iterations: UInt16
        /// What is hashed along with it.
        public let salt: [UInt8]

        /// A name under the parameters of an NSEC3 record.
        public init(name: Name, iterations: UInt16, salt: [UInt8]) {
            self.name = name
            self.iterations = iterations
            self.salt = salt
        }
    }

    /// SHA-1 of the lower-case name and the salt, and again of the result and the salt (RFC 5155 section 5).
    public static func of(
        _ name: Name, iterations: UInt16, salt: [UInt8], by verifier: some SignatureVerifier
    ) -> [UInt8] {
        var digest = verifier.digest(.sha1, name.folded.wire + salt)
        for _ in 0..<iterations { digest = verifier.digest(.sha1, digest + salt) }
        return digest
    }
}
