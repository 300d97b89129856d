public import DNSWire

/// The requests of a zone to its parent: its CDS and CDNSKEY RRsets (RFC 7344, RFC 8078).
public struct ChildSignals: Hashable, Sendable {
    /// The zone.
    public let zone: Name
    /// The CDS records.
    public let digests: [DS]
    /// The CDNSKEY records.
    public let keys: [DNSKEY]

    /// A remark about the requests for the zone's owner.
    public struct Remark: Hashable, Sendable {
        /// The kinds of remarks.
        public enum Kind: String, Hashable, Sendable {
            /// CDS and CDNSKEY contradict each other.
            case contradiction
            /// The request would leave the parent without a DS for a working key.
            case breaking
            /// A request to delete the DS beside other requests, or not in the form of RFC 8078.
            case malformedDelete
            /// The parent is asked to delete the DS.
            case delete
            /// The parent has not fulfilled the request yet.
            case waiting
        }

        /// The kind.
        public let kind: Kind
        /// One sentence for users.
        public let text: String
    }

    /// Reads the requests in the RRsets of a zone's apex; records of other types are ignored.
    public init(zone: Name, records: some Sequence<RecordData>) {
        self.zone = zone
        let records = Array(records.prefix(2 * Limits.keptKeys))
        digests = records.compactMap { $0.type == .cds ? DS($0) : nil }
        keys = records.compactMap { $0.type == .cdnskey ? DNSKEY($0) : nil }
    }

    /// Whether there are no requests.
    public var isEmpty: Bool { digests.isEmpty && keys.isEmpty }

    /// Whether the only request is to delete the DS (RFC 8078 section 4).
    public var asksForDeletion: Bool {
        !isEmpty && digests.allSatisfy(Self.isDelete) && keys.allSatisfy(Self.isDelete)
    }

    /// Returns the remarks, given the present DS records, the published keys and the signing keys.
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

    /// RFC 7344 section 4: if both RRsets are published, they must match the same keys.
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

    /// RFC 7344 section 4.1: the request must not break the delegation.
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
