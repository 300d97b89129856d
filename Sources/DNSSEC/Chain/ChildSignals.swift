public import DNSWire

/// What a zone asks its parent to publish: its CDS and CDNSKEY sets (RFC 7344, RFC 8078).
public struct ChildSignals: Hashable, Sendable {
    /// The zone.
    public let zone: Name
    /// The CDS records.
    public let digests: [DS]
    /// The CDNSKEY records.
    public let keys: [DNSKEY]

    /// Something about the signals that the zone's owner should know.
    public struct Remark: Hashable, Sendable {
        /// The kinds of remarks.
        public enum Kind: String, Hashable, Sendable {
            /// CDS and CDNSKEY do not say the same.
            case contradiction
            /// What is asked for would leave the parent without a DS that leads to a working key.
            case breaking
            /// The request to delete the DS stands beside others, or is not written as RFC 8078 wants it.
            case malformedDelete
            /// The parent is asked to delete the DS.
            case delete
            /// The parent does not have yet what is asked for.
            case waiting
        }

        /// What kind it is.
        public let kind: Kind
        /// One sentence for a person.
        public let text: String
    }

    /// The signals in the sets of a zone's apex; records of other types do not count.
    public init(zone: Name, records: some Sequence<RecordData>) {
        self.zone = zone
        let records = Array(records.prefix(2 * Limits.keptKeys))
        digests = records.compactMap { $0.type == .cds ? DS($0) : nil }
        keys = records.compactMap { $0.type == .cdnskey ? DNSKEY($0) : nil }
    }

    /// Whether the zone asks for nothing.
    public var isEmpty: Bool { digests.isEmpty && keys.isEmpty }

    /// Whether all that is asked is that the DS be deleted (RFC 8078 section 4).
    public var asksForDeletion: Bool {
        !isEmpty && digests.allSatisfy(Self.isDelete) && keys.allSatisfy(Self.isDelete)
    }

    /// What is to be said, with the DS that the parent has and the keys that the zone publishes, and signs with.
    public func remarks(
        delegation: [DS], published: [DNSKEY], signing: Set<UInt16>, verifier: any SignatureVerifier
    ) -> [Remark] {
        guard !isEmpty else { return [] }
        let isDeletion = digests.contains(where: Self.isDelete) || keys.contains(where: Self.isDelete)
        let isSloppy =
            digests.contains { $0.algorithm == 0 && !Self.isExactDelete($0) }
            || keys.contains { $0.algorithm == 0 && !Self.isExactDelete($0) }
        if isSloppy || isDeletion && !(asksForDeletion && digests.count < 2 && keys.count < 2) {
            let text =
                "the request to delete the DS of \(zone) must stand alone, as CDS 0 0 0 00 and CDNSKEY 0 3 0 AA=="
            return [Remark(kind: .malformedDelete, text: text)]
        }
        if isDeletion {
            guard !delegation.isEmpty else { return [] }
            return [Remark(kind: .delete, text: "\(zone) asks its parent to delete the DS and so to end DNSSEC")]
        }
        var judge = SignatureJudge(verifier: verifier, effort: .question)
        return contradictions(&judge) + breaking(published.prefix(Limits.keptKeys), signing, &judge)
            + waiting(delegation.prefix(Limits.keptKeys), &judge)
    }

    /// RFC 7344 section 4: where both are published, they must speak of the same keys.
    private func contradictions(_ judge: inout SignatureJudge) -> [Remark] {
        guard !digests.isEmpty, !keys.isEmpty else { return [] }
        let strayDigest = digests.first { digest in
            Algorithms.digest(digest.digestType) != nil && !keys.contains { fits(digest, $0, &judge) }
        }
        let strayKey = keys.first { key in !digests.contains { fits($0, key, &judge) } }
        guard strayDigest != nil || strayKey != nil else { return [] }
        let what = strayDigest.map { "CDS \($0.keyTag) has no CDNSKEY" } ?? "a CDNSKEY has no CDS"
        return [Remark(kind: .contradiction, text: "CDS and CDNSKEY of \(zone) disagree: \(what)")]
    }

    /// RFC 7344 section 4.1: what is asked for must not break the delegation.
    private func breaking(
        _ published: ArraySlice<DNSKEY>, _ signing: Set<UInt16>, _ judge: inout SignatureJudge
    ) -> [Remark] {
        let working = published.filter { !$0.isRevoked && signing.contains($0.keyTag) }
        let isKept =
            digests.isEmpty
            ? keys.contains { key in working.contains { Self.isSame($0, key) } }
            : digests.contains { digest in working.contains { fits(digest, $0, &judge) } }
        guard !isKept else { return [] }
        return [
            Remark(
                kind: .breaking,
                text: "no key that \(zone) signs its keys with is among those that it asks its parent to name")
        ]
    }

    private func waiting(_ delegation: ArraySlice<DS>, _ judge: inout SignatureJudge) -> [Remark] {
        guard !delegation.isEmpty else { return [] }
        func isNamed(_ digest: DS) -> Bool {
            delegation.contains {
                $0.keyTag == digest.keyTag && $0.algorithm == digest.algorithm
                    && ($0.digestType != digest.digestType || $0.digest == digest.digest)
            }
        }
        let wanted = digests.isEmpty ? keys.map(\.keyTag) : digests.map(\.keyTag)
        let isThere =
            digests.isEmpty
            ? keys.allSatisfy { key in delegation.contains { fits($0, key, &judge) } }
            : digests.allSatisfy(isNamed)
        let isMore = delegation.contains { !wanted.contains($0.keyTag) }
        guard !isThere || isMore else { return [] }
        func list(_ tags: [UInt16]) -> String { Set(tags).sorted().map { "\($0)" }.joined(separator: ", ") }
        return [
            Remark(
                kind: .waiting,
                text:
                    "\(zone) asks its parent for a DS of \(list(wanted)); the parent has \(list(delegation.map(\.keyTag)))"
            )
        ]
    }

    private func fits(_ digest: DS, _ key: DNSKEY, _ judge: inout SignatureJudge) -> Bool {
        guard digest.algorithm == key.algorithm else { return false }
        var key = key
        key.type = .dnskey
        return judge.fits(digest, key, of: zone) == true
    }

    private static func isSame(_ left: DNSKEY, _ right: DNSKEY) -> Bool {
        left.algorithm == right.algorithm && left.publicKey == right.publicKey && left.flags == right.flags
    }

    private static func isDelete(_ digest: DS) -> Bool { digest.algorithm == 0 }
    private static func isDelete(_ key: DNSKEY) -> Bool { key.algorithm == 0 }

    private static func isExactDelete(_ digest: DS) -> Bool {
        digest.keyTag == 0 && digest.digestType == 0 && digest.digest == [0]
    }

    private static func isExactDelete(_ key: DNSKEY) -> Bool {
        key.flags == 0 && key.protocolNumber == 3 && key.publicKey == [0]
    }
}
