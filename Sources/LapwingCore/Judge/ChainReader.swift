import DNSSEC
import DNSWire

/// Works out what a server's keys and signatures amount to, without trusting anybody's AD bit.
struct ChainReader {
    /// Signatures of one RRset that are looked at (CVE-2023-50387 made many of them dear).
    static let signatureLimit = 8

    let zone: Name
    /// The RRsets to look at, in this order.
    let keys: [RecordSetKey]
    let now: Timestamp
    let verifier: any SignatureVerifier
    var cache: VerdictCache

    mutating func read(_ view: AuthorityView) -> ChainFact {
        guard let answer = view.answer(zone, .dnskey), answer.isConclusive else { return ChainFact(state: .unknown) }
        guard !answer.records.isEmpty else { return ChainFact(state: .unsigned) }
        var fact = ChainFact(state: .signed)
        fact.ttl = answer.ttl ?? 0
        fact.keys = answer.records.prefix(32).compactMap { DNSKEY($0.data) }.filter { $0.isZoneKey && !$0.isRevoked }
        let own = judge(answer.records, answer.signatures, fact.keys, &fact)
        fact.anchors = own.signers
        fact.keyFault = own.signers.isEmpty ? own.fault ?? .noSignature : nil
        for key in keys {
            guard let answer = view.answers[key], answer.isConclusive else { continue }
            for set in Self.sets(of: answer) where set[0].name.isSubdomain(of: zone) {
                let name = RecordSetKey(set[0].name, set[0].type)
                guard fact.signers[name] == nil, fact.faults[name] == nil else { continue }
                let verdict = judge(set, answer.signatures, fact.keys, &fact)
                if verdict.signers.isEmpty {
                    fact.faults[name] = verdict.fault ?? .noSignature
                } else {
                    fact.signers[name] = verdict.signers
                }
            }
        }
        return fact
    }

    /// Aliases and records, one list for each RRset.
    private static func sets(of answer: Answer) -> [[Record]] {
        let dnames = answer.aliases.filter { $0.type == .dname }
        let signed = answer.aliases.filter { alias in !dnames.contains { isMade(alias, from: $0) } }
        let records = answer.records.filter { record in !dnames.contains { isMade(record, from: $0) } }
        return signed.map { [$0] } + (records.isEmpty ? [] : [records])
    }

    /// Whether a CNAME is what a DNAME says: nobody signs such a one (RFC 6672 §5.3.1).
    private static func isMade(_ alias: Record, from dname: Record) -> Bool {
        guard alias.type == .cname, alias.name != dname.name, alias.name.isSubdomain(of: dname.name),
            let end = NameTarget(dname.data)?.target, let target = NameTarget(alias.data)?.target
        else { return false }
        let labels = (0..<(alias.name.labelCount - dname.name.labelCount)).reversed().map { alias.name.label($0) }
        let made = labels.reduce(end as Name?) { name, label in try? name?.prepending(label: label) }
        return made == target
    }

    private mutating func judge(
        _ records: [Record], _ signatures: [Record], _ keys: [DNSKEY], _ fact: inout ChainFact
    ) -> (signers: Set<ChainMemory.KeyLabel>, fault: ChainFact.Fault?) {
        guard let first = records.first else { return ([], nil) }
        var signers: Set<ChainMemory.KeyLabel> = []
        var fault: ChainFact.Fault?
        var looked = 0
        for record in signatures where record.name == first.name && looked < Self.signatureLimit {
            guard let signature = RRSIG(record.data), signature.typeCovered == first.type, signature.signer == zone
            else {
                continue
            }
            looked += 1
            let label = ChainMemory.KeyLabel(tag: signature.keyTag, algorithm: signature.algorithm)
            let candidates = keys.filter { $0.label == label }
            let from = moment(signature.inception)
            let to = moment(signature.expiration)
            if candidates.isEmpty {
                fault = fault ?? .unknownKey(label)
            } else if now >= to {
                fault = .expired(to)
                fact.windows.append(ChainFact.Window(covers: RecordSetKey(first.name, first.type), from: from, to: to))
            } else if now < from {
                fault = .notYetValid(from)
            } else if verifies(records, record, signature, candidates) {
                signers.insert(label)
                fact.windows.append(ChainFact.Window(covers: RecordSetKey(first.name, first.type), from: from, to: to))
            } else {
                fault = .wrong
            }
        }
        return (signers, fault)
    }

    private mutating func verifies(_ records: [Record], _ record: Record, _ signature: RRSIG, _ keys: [DNSKEY]) -> Bool
    {
        let identity = VerdictCache.Key(
            owner: record.name.folded.wire, signature: record.data.bytes,
            records: records.map { Member(bytes: $0.data.bytes) }.sorted())
        if let known = cache.verdicts[identity] { return known }
        let set = RRset(
            name: record.name, type: signature.typeCovered, ttl: signature.originalTTL, data: records.map(\.data))
        guard let bytes = CanonicalForm.signedBytes(set, signature) else { return false }
        // An algorithm that we do not know is no proof of anything.
        let verdict = keys.prefix(4).contains {
            verifier.verify(
                algorithm: signature.algorithm, publicKey: $0.publicKey, data: bytes, signature: signature.signature)
                != false
        }
        if cache.verdicts.count >= VerdictCache.limit { cache.verdicts.removeAll(keepingCapacity: true) }
        cache.verdicts[identity] = verdict
        return verdict
    }

    /// The 32-bit time of a signature nearest to now (RFC 4034 §3.1.5).
    private func moment(_ time: UInt32) -> Timestamp {
        let difference = Int32(bitPattern: time &- UInt32(truncatingIfNeeded: now.seconds))
        return Timestamp(seconds: now.seconds + Int64(difference))
    }
}
