public import DNSWire

/// The bytes over which signatures and digests are computed.
public enum CanonicalForm {
    /// Returns the bytes that a signature covers: its own fields, then the RRset in canonical order (RFC 4034 section
    /// 3.1.8.1).
    ///
    /// `nil` if the signature states more labels than the owner name has (RFC 4035 section 5.3.1).
    public static func signedBytes(_ set: RRset, _ signature: RRSIG) -> [UInt8]? {
        guard let owner = signedOwner(set.name, labels: Int(signature.labels)) else { return nil }
        let ownerBytes = owner.folded.wire
        var bytes: [UInt8] = []
        bytes.reserveCapacity(set.data.reduce(64) { $0 + $1.bytes.count + ownerBytes.count + 10 })
        append(signature.typeCovered.rawValue, to: &bytes)
        bytes.append(signature.algorithm)
        bytes.append(signature.labels)
        append(signature.originalTTL, to: &bytes)
        append(signature.expiration, to: &bytes)
        append(signature.inception, to: &bytes)
        append(signature.keyTag, to: &bytes)
        bytes += signature.signer.folded.wire
        for data in canonical(set.data) {
            bytes += ownerBytes
            append(set.type.rawValue, to: &bytes)
            append(set.recordClass.rawValue, to: &bytes)
            append(signature.originalTTL, to: &bytes)
            append(UInt16(truncatingIfNeeded: data.count), to: &bytes)
            bytes += data
        }
        return bytes
    }

    /// Returns the data in canonical form, sorted and without duplicates (RFC 4034 section 6.3).
    private static func canonical(_ data: [RecordData]) -> [[UInt8]] {
        if data.count == 1 { return [data[0].canonical] }
        var last: [UInt8]?
        return data.map { $0.canonical }.sorted { $0.lexicographicallyPrecedes($1) }.filter { bytes in
            defer { last = bytes }
            return bytes != last
        }
    }

    /// Returns the signed owner: the name itself, or the wildcard from which it was expanded.
    static func signedOwner(_ name: Name, labels: Int) -> Name? {
        let count = name.labelCount - (name.isWildcard ? 1 : 0)
        if labels == count { return name }
        guard labels < count else { return nil }
        return try? name.suffix(labels: labels).prepending(label: [UInt8(ascii: "*")])
    }

    /// Returns the input of a DS digest: the owner, then the DNSKEY (RFC 4034 section 5.1.4).
    public static func delegationBytes(_ zone: Name, _ key: DNSKEY) -> [UInt8] { zone.folded.wire + key.data.bytes }

    private static func append(_ number: UInt16, to bytes: inout [UInt8]) {
        bytes.append(UInt8(number >> 8))
        bytes.append(UInt8(number & 0xFF))
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        append(UInt16(number >> 16), to: &bytes)
        append(UInt16(number & 0xFFFF), to: &bytes)
    }
}
