internal import DNSWire

/// The key for caching the verification of one signature by one key.
struct SignatureCheck: Hashable, Sendable {
    private let key: DNSKEY
    private let signature: RRSIG
    private let name: Name
    /// Sorted, since servers rotate their answers.
    private let data: [RecordData]

    /// The largest record data of an RRset whose verdict is cached, in bytes.
    private static let largest = 8192

    init(_ key: DNSKEY, _ signature: RRSIG, _ set: RRset) {
        self.key = key
        self.signature = signature
        name = set.name
        data = set.data.count < 2 ? set.data : set.data.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    private var size: Int { data.reduce(0) { $0 + $1.bytes.count } }

    /// Whether it may be cached.
    var isSmall: Bool { size <= Self.largest }

    /// The approximate memory use in bytes.
    var bytes: Int { 256 + size + 32 * data.count + key.publicKey.count + signature.signature.count }

    /// Hashes the signature's own fields, which distinguish almost all values; equality decides.
    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(signature.typeCovered)
        hasher.combine(signature.keyTag)
        hasher.combine(signature.expiration)
        hasher.combine(signature.signature.suffix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }
}
