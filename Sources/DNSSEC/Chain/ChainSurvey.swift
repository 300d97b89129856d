public import DNSWire

/// The chain of trust of a name, link by link, and how long it will hold.
public struct ChainSurvey: Sendable {
    /// The name.
    public let name: Name
    /// The moment of judgement, in seconds since 1970.
    public let now: UInt32
    /// The worst verdict on any of the answers.
    public let proof: Proof
    /// The zones from the trust anchor down.
    public let links: [ChainLink]
    /// The signatures over the answers.
    public let signatures: [ChainSignature]
    /// How the lowest signed zone denies.
    public let denial: DenialParameters?
    /// The first moment at which the name stops validating; nothing when nothing is signed.
    public let end: ChainEnd?
    /// Whether there are keys although the chain does not reach them.
    public let isIsland: Bool
    /// What the name asks of its parent.
    public let signals: ChildSignals
    /// What there is to say about that.
    public let signalRemarks: [ChildSignals.Remark]
    /// The keys that signed the CDS and CDNSKEY sets.
    public let signalSigners: Set<UInt16>

    /// Puts together what two walks found.
    ///
    /// `judged` are the answers as judged at the moment; `found` the same answers when times do not count, so that also
    /// what has ended is seen; `evidence` is what the second walk learnt of the zones.
    public init(
        name: Name, judged: [Resolution], found: [Resolution], evidence: [Name: ZoneEvidence], now: UInt32,
        verifier: any SignatureVerifier
    ) {
        self.name = name
        self.now = now
        proof = judged.map(\.proof).reduce(Proof.secure) { $0.joined(with: $1) }
        var survey = SignatureSurvey(evidence: evidence, verifier: verifier)
        let zones = evidence.keys.filter { name.isSubdomain(of: $0) }.sorted { $0.labelCount < $1.labelCount }
        links = zones.map { survey.link($0) }
        var seen: Set<RRSIG> = []
        var answers: [ChainSignature] = []
        for set in found.flatMap({ $0.answer + $0.authority }) {
            answers += survey.signatures(over: set).filter { seen.insert($0.fields).inserted }
        }
        signatures = answers
        denial = found.lazy.flatMap(\.authority).compactMap { Self.parameters($0) }.first
        let first = Self.firstEnd(links.flatMap(\.signatures) + answers)
        // What is broken already does not end later.
        let isBrokenOtherwise = proof.verdict == .bogus && (first.map { $0.moment >= now } ?? false)
        end = isBrokenOtherwise ? nil : first
        let isUnsigned = proof.reason?.code == .unsignedDelegation || proof.reason?.code == .noTrustAnchor
        let asked = found.flatMap(\.answer).filter { $0.name == name && ($0.type == .cds || $0.type == .cdnskey) }
        signals = ChildSignals(zone: name, records: asked.flatMap(\.records.data))
        signalSigners = Set(answers.filter { $0.verifies && $0.isOfSignal }.map(\.fields.keyTag))
        let own = links.last { $0.zone == name }
        let published = found.flatMap(\.answer).filter { $0.name == name && $0.type == .dnskey }
            .flatMap(\.records.data).compactMap { DNSKEY($0) }
        let signing = answers.filter {
            $0.owner == name && $0.fields.typeCovered == .dnskey && ($0.verifies || isUnsigned)
        }
        signalRemarks = signals.remarks(
            delegation: own?.digests ?? [], published: published, signing: Set(signing.map(\.fields.keyTag)),
            verifier: verifier)
        isIsland = isUnsigned && found.contains { $0.question.type == .dnskey && !$0.answer.isEmpty }
    }

    private static func parameters(_ set: SignedSet) -> DenialParameters? {
        if let fields = set.records.data.first.flatMap({ NSEC($0) }) {
            return fields.types.contains(.nxname) || fields.next.label(0) == [0] ? .compact : .nsec
        }
        guard let fields = set.records.data.first.flatMap({ NSEC3($0) }) else { return nil }
        return .nsec3(iterations: fields.iterations, salt: fields.salt, optOut: fields.isOptOut)
    }

    /// Each set holds as long as its longest good signature; the chain holds as long as its weakest set.
    private static func firstEnd(_ signatures: [ChainSignature]) -> ChainEnd? {
        struct Covered: Hashable {
            var owner: Name
            var type: RecordType
            var signer: Name
        }
        var longest: [Covered: ChainSignature] = [:]
        for signature in signatures where signature.verifies && signature.counts {
            let set = Covered(
                owner: signature.owner, type: signature.fields.typeCovered, signer: signature.fields.signer)
            let other = longest[set]
            if other.map({ $0.isOutlived(by: signature) }) ?? true { longest[set] = signature }
        }
        let first = longest.values.min { left, right in
            left.fields.expiration == right.fields.expiration
                ? left.owner < right.owner : left.isOutlived(by: right)
        }
        return first.map {
            ChainEnd(
                moment: $0.fields.expiration, owner: $0.owner, type: $0.fields.typeCovered, zone: $0.fields.signer,
                keyTag: $0.fields.keyTag)
        }
    }
}

extension ChainSignature {
    var isOfSignal: Bool { fields.typeCovered == .cds || fields.typeCovered == .cdnskey }

    func isOutlived(by other: ChainSignature) -> Bool {
        SerialNumber(rawValue: fields.expiration).isBefore(SerialNumber(rawValue: other.fields.expiration))
    }
}

/// Finds out which signatures verify, with each zone's keys at hand.
struct SignatureSurvey {
    let evidence: [Name: ZoneEvidence]
    let verifier: any SignatureVerifier
    private var checksLeft = Limits.signatureChecksPerQuestion

    init(evidence: [Name: ZoneEvidence], verifier: any SignatureVerifier) {
        self.evidence = evidence
        self.verifier = verifier
    }

    mutating func link(_ zone: Name) -> ChainLink {
        let known = evidence[zone] ?? ZoneEvidence()
        let named = known.keys.map { namedKeys($0, zone, known.pointers ?? KeyPointers()) } ?? []
        var rows = known.delegation.map { signatures(over: $0) } ?? []
        let overKeys = known.keys.map { signatures(over: $0, countingOnly: named) } ?? []
        rows += overKeys
        let signers = Set(overKeys.filter(\.verifies).map(\.fields.keyTag))
        let keys = known.keys?.records.data.prefix(Limits.keptKeys).compactMap { DNSKEY($0) } ?? []
        var proof = Proof.secure
        if case .other(let other) = known.state { proof = other }
        return ChainLink(
            zone: zone, parent: known.parent, proof: proof, digests: known.pointers?.digests ?? [],
            keys: keys.map { fields in
                let tag = fields.keyTag
                return ChainKey(
                    fields: fields, tag: tag, isNamed: named.contains(tag), signsKeys: signers.contains(tag))
            }, signatures: rows)
    }

    private func namedKeys(_ set: SignedSet, _ zone: Name, _ pointers: KeyPointers) -> Set<UInt16> {
        var named: Set<UInt16> = []
        for fields in set.records.data.prefix(Limits.keptKeys).compactMap({ DNSKEY($0) }) {
            let tag = fields.keyTag
            let bytes = CanonicalForm.delegationBytes(zone, fields)
            let isNamed =
                pointers.keys.contains(fields)
                || pointers.usableDigests.prefix(Limits.keptKeys).contains {
                    $0.keyTag == tag && $0.algorithm == fields.algorithm
                        && Algorithms.digest($0.digestType).map { verifier.digest($0, bytes) } == $0.digest
                }
            if isNamed { named.insert(tag) }
        }
        return named
    }

    /// The signatures over a set, each tried with the keys of the zone that it names.
    mutating func signatures(over set: SignedSet, countingOnly named: Set<UInt16>? = nil) -> [ChainSignature] {
        set.signatures.prefix(Limits.signatureChecksPerSet).map { signature in
            let fields = signature.fields
            let keys = evidence[fields.signer]?.keys.map { ZoneKeys.keys(in: $0.records) } ?? []
            let verifies = keys.filter { $0.tag == fields.keyTag && $0.fields.algorithm == fields.algorithm }
                .prefix(Limits.collidingKeys).contains { key in
                    guard checksLeft > 0, let bytes = CanonicalForm.signedBytes(set.records, fields) else {
                        return false
                    }
                    checksLeft -= 1
                    return verifier.verify(
                        algorithm: fields.algorithm, publicKey: key.fields.publicKey, data: bytes,
                        signature: fields.signature) == true
                }
            return ChainSignature(
                owner: set.name, ttl: set.records.ttl, fields: fields, verifies: verifies,
                counts: named?.contains(fields.keyTag) ?? true)
        }
    }
}
