package import DNSWire

extension TransactionKey {
    /// The algorithms that messages can be signed with, by their names in the DNS without the final dot (RFC 8945 §6).
    private static let digests: [String: MessageDigest] = [
        "hmac-sha1": .sha1, "hmac-sha256": .sha256, "hmac-sha384": .sha384, "hmac-sha512": .sha512,
    ]

    /// A key of a secret; nil for an algorithm that is not known.
    package init?(name: Name, algorithm: String, secret: [UInt8]) {
        guard let digest = Self.digests[algorithm], let algorithm = try? Name(algorithm) else { return nil }
        self.init(name: name, algorithm: algorithm) { digest.authenticate($0, key: secret) }
    }
}
