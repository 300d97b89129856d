import DNSSEC
import DNSWire
import LapwingCore
import LapwingCrypto

/// An RRset to be signed.
struct SetToSign: Hashable {
    var owner: Name
    var type: RecordType
    var ttl: UInt32
    var data: [RecordData]
}

/// Derives key pairs from labels and signs with them; all results are cached.
final class Signer {
    private struct CacheKey: Hashable {
        var set: SetToSign
        var zone: Name
        var label: String
        var from: Int
        var to: Int
        var broken: Bool
    }

    fileprivate struct KeyID: Hashable {
        var label: String
        var specification: KeySpecification
    }

    /// The moment of second 0.
    private let epoch: Timestamp
    private let digests = LibcryptoVerifier()
    private var keys: [KeyID: SigningKey] = [:]
    private var signatures: [CacheKey: RecordData] = [:]
    private var hashes: [[UInt8]: [UInt8]] = [:]

    private static let mostSignatures = 50_000

    init(epoch: Timestamp) {
        self.epoch = epoch
    }

    /// Returns the key pair of a label; nil for an algorithm that is not available.
    func key(_ label: String, _ specification: KeySpecification) -> SigningKey? {
        let id = KeyID(label: label, specification: specification)
        if let known = keys[id] { return known }
        let made = KeyPool.key(label, specification)
        keys[id] = made
        return made
    }

    func dnskey(_ label: String, _ specification: KeySpecification) -> DNSKEY? {
        key(label, specification)?.dnskey
    }

    /// Returns the DS data for a key, with a SHA-256 digest (RFC 4509).
    func ds(_ label: String, _ specification: KeySpecification, zone: Name) -> RecordData? {
        key(label, specification)?.delegation(zone: zone.folded).data
    }

    /// Returns the RRSIG data over an RRset, valid between two seconds of the scenario.
    func signature(
        over set: SetToSign, zone: Name, key label: String, _ specification: KeySpecification, from: Int, to: Int,
        broken: Bool
    ) -> RecordData? {
        let cacheKey = CacheKey(set: set, zone: zone, label: label, from: from, to: to, broken: broken)
        if let known = signatures[cacheKey] { return known }
        guard let key = key(label, specification) else { return nil }
        let records = RRset(name: set.owner, type: set.type, ttl: set.ttl, data: set.data)
        guard
            var made = key.sign(records, signer: zone, inception: moment(from), expiration: moment(to))?.data
        else { return nil }
        if broken, var fields = RRSIG(made), let last = fields.signature.indices.last {
            fields.signature[last] ^= 0x55
            made = fields.data
        }
        if signatures.count >= Self.mostSignatures { signatures.removeAll(keepingCapacity: true) }
        signatures[cacheKey] = made
        return made
    }

    /// Returns the hash of RFC 5155 §5 with an empty salt.
    func nsec3Hash(_ name: Name, iterations: UInt16) -> [UInt8] {
        let input = name.folded.wire + [UInt8(iterations >> 8), UInt8(iterations & 0xff)]
        if let known = hashes[input] { return known }
        var hash = digests.digest(.sha1, name.folded.wire)
        for _ in 0..<iterations { hash = digests.digest(.sha1, hash) }
        if hashes.count >= Self.mostSignatures { hashes.removeAll(keepingCapacity: true) }
        hashes[input] = hash
        return hash
    }

    /// Seconds since 1970, modulo 2^32 (RFC 4034 §3.1.5).
    private func moment(_ second: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: epoch.adding(seconds: Int64(second)).seconds)
    }
}
