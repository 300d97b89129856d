public import DNSSEC
public import DNSWire

/// A key that signs zones of simulated worlds and of tests: grown from a label, so the same in every run.
///
/// Never for a zone that anyone relies on: who knows the label knows the key.
public struct SigningKey: Sendable {
    /// The key as the zone publishes it.
    public let dnskey: DNSKEY
    /// The tag of the published key.
    public let keyTag: UInt16

    private let secret: PrivateKey

    /// Grows a key; `nil` for an algorithm or a size that libcrypto does not offer.
    /// - Parameters:
    ///   - algorithm: 5, 7, 8, 10, 13, 14, 15 or 16.
    ///   - seed: The label; another label is another key.
    ///   - flags: 257 for a secure entry point, 256 for another key of the zone.
    ///   - bits: The size of an RSA modulus, a multiple of 16 from 512 to 4096.
    public init?(algorithm: UInt8, seed: String, flags: UInt16 = 257, bits: Int = 2048) {
        guard let scheme = SigningScheme(algorithm: algorithm),
            let secret = PrivateKey(scheme: scheme, seed: Array("\(algorithm)/\(bits)/\(seed)".utf8), bits: bits)
        else { return nil }
        self.secret = secret
        dnskey = DNSKEY(
            type: .dnskey, flags: flags, protocolNumber: 3, algorithm: algorithm, publicKey: secret.publicKey)
        keyTag = dnskey.keyTag
    }

    /// The DNSKEY record of a zone.
    public func record(zone: Name, ttl: UInt32 = 3600) -> Record {
        Record(name: zone, ttl: ttl, data: dnskey.data)
    }

    /// The DS record that the parent publishes (RFC 4034 section 5).
    public func delegation(zone: Name, digest: DigestKind = .sha256, ttl: UInt32 = 3600) -> Record {
        let bytes = LibcryptoVerifier().digest(digest, CanonicalForm.delegationBytes(zone, dnskey))
        let fields = DS(
            type: .ds, keyTag: keyTag, algorithm: dnskey.algorithm, digestType: digest.rawValue, digest: bytes)
        return Record(name: zone, ttl: ttl, data: fields.data)
    }

    /// The RRSIG record over a set.
    ///
    /// `nil` when the key is too small for its digest, or `labels` is more than the owner has.
    /// - Parameters:
    ///   - set: The records; a wildcard is signed under its own name.
    ///   - signer: The zone.
    ///   - inception: The first second at which the signature holds, since 1970.
    ///   - expiration: The last second at which it holds.
    ///   - labels: What the signature says of the owner's labels; by default the truth.
    /// - Returns: The record, or `nil`.
    public func sign(
        _ set: RRset, signer: Name, inception: UInt32, expiration: UInt32, labels: UInt8? = nil
    ) -> Record? {
        let count = set.name.labelCount - (set.name.isWildcard ? 1 : 0)
        var fields = RRSIG(
            typeCovered: set.type, algorithm: dnskey.algorithm, labels: labels ?? UInt8(clamping: count),
            originalTTL: set.ttl, expiration: expiration, inception: inception, keyTag: keyTag, signer: signer,
            signature: [])
        guard let bytes = CanonicalForm.signedBytes(set, fields), let signature = secret.sign(bytes) else { return nil }
        fields.signature = signature
        return Record(name: set.name, recordClass: set.recordClass, ttl: set.ttl, data: fields.data)
    }
}
