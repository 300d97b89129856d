public import DNSWire

/// The chain of trust of a name, link by link, and how long it remains valid.
public struct ChainSurvey: Sendable {
    /// The name.
    public let name: Name
    /// The moment of validation, in seconds since 1970.
    public let now: UInt32
    /// The worst verdict on any of the answers.
    public let proof: Proof
    /// The zones from the trust anchor down.
    public let links: [ChainLink]
    /// The signatures over the answers.
    public let signatures: [ChainSignature]
    /// The denial method of the lowest signed zone; nil if no zone is signed, or if it showed none.
    public let denial: DenialParameters?
    /// The first moment at which the name stops validating; nil if nothing is signed.
    public let end: ChainEnd?
    /// Whether the zone is signed without a chain of trust to it.
    public let isIsland: Bool
    /// The name's requests to its parent zone.
    public let signals: ChildSignals
    /// The remarks about these requests.
    public let signalRemarks: [ChildSignals.Remark]
    /// The keys that signed the CDS and CDNSKEY RRsets.
    public let signalSigners: Set<UInt16>
    /// Bogus answers of single servers, without duplicates.
    public let setbacks: [Setback]
    /// The DS records for the keys with which the name's zone signs its DNSKEY RRset; empty if there are none.
    public let publishable: [DS]

    /// Combines the results of two runs.
    ///
    /// - Parameters:
    ///   - judged: the answers, validated at the given moment.
    ///   - found: the same answers, validated without regard to time, so that expired parts are visible too.
    ///   - evidence: what the second run learnt about the zones.
    ///   - standing: what the first run learnt about them: the state of each zone at the given moment.
    public init(
        name: Name, judged: [Resolution], found: [Resolution], evidence: [Name: ZoneEvidence],
        standing: [Name: ZoneEvidence] = [:], now: UInt32, verifier: any SignatureVerifier
    ) {
        self.name = name
        self.now = now
        proof = ZoneVerdict.joined(judged, of: name)
        let shown = Self.shown(judged, found)
        let keySet = shown.lazy.flatMap { $0 }.first { $0.name == name && $0.type == .dnskey }
        // A zone that is secure at the moment is better evidence than one validated without regard to time.
        let merged = evidence.merging(standing.filter { $0.value.isSecure }) { $1 }
        var survey = SignatureSurvey(
            evidence: merged, standing: standing, ownKeys: keySet.map { (name, $0) }, verifier: verifier)
        let zones = merged.keys.filter { name.isSubdomain(of: $0) }.sorted { $0.labelCount < $1.labelCount }
        links = zones.map { survey.link($0) }
        var seen: Set<RRSIG> = []
        var answers: [ChainSignature] = []
        for set in shown.flatMap({ $0 }) {
            answers += survey.signatures(over: set).filter { seen.insert($0.fields).inserted }
        }
        signatures = answers
        denial = found.lazy.flatMap(\.authority).compactMap { Self.parameters($0) }.first
        let first = Self.firstEnd(links.flatMap(\.signatures) + answers)
        let isSecure = judged.contains { $0.proof.verdict == .secure }
        // A broken chain does not expire, and neither does one that is not validated.
        let isBrokenOtherwise = proof.verdict == .bogus && (first.map { $0.moment >= now } ?? false)
        end = isBrokenOtherwise || proof.verdict != .bogus && !isSecure ? nil : first
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
        setbacks = Self.once(judged.flatMap(\.setbacks))
        publishable = (own?.keys ?? []).entryPoints.compactMap { survey.digest(of: $0.fields, name) }
    }

    /// Returns the RRsets to show for each question: the secure ones, or otherwise the answer.
    private static func shown(_ judged: [Resolution], _ found: [Resolution]) -> [[SignedSet]] {
        let good = judged.filter { $0.proof.verdict == .secure }
        return judged.map { resolution in
            if resolution.proof.verdict == .secure { return resolution.answer + resolution.authority }
            let other = found.first { $0.question == resolution.question } ?? resolution
            return other.answer + other.authority + other.withheld + resolution.withheld
        } + found.filter { other in good.isEmpty && !judged.contains { $0.question == other.question } }.map(\.answer)
    }

    /// Returns setbacks that differ in server, reason or zone.
    private static func once(_ setbacks: [Setback]) -> [Setback] {
        var seen: Set<[String]> = []
        return setbacks.filter {
            seen.insert(["\($0.server)", $0.reason.code.rawValue, "\($0.reason.zone)"]).inserted
        }
    }

    private static func parameters(_ set: SignedSet) -> DenialParameters? {
        if let fields = set.records.data.first.flatMap({ NSEC($0) }) {
            return fields.types.contains(.nxname) || fields.next.label(0) == [0] ? .compact : .nsec
        }
        guard let fields = set.records.data.first.flatMap({ NSEC3($0) }) else { return nil }
        return .nsec3(iterations: fields.iterations, salt: fields.salt, optOut: fields.isOptOut)
    }

    /// Each RRset is valid until its longest valid signature expires; the chain is valid as long as its weakest RRset.
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
