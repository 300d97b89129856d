import DNSSEC
import DNSWire

/// Judges a server's keys and signatures without relying on the AD bit of resolvers.
struct ChainReader {
    let zone: Name
    /// The RRsets to look at, in this order.
    let keys: [RecordSetKey]
    /// The DS records of the parent.
    let delegation: [DS]
    let now: Timestamp

    func read(_ view: AuthorityView, _ judge: inout SignatureJudge) -> ChainFact {
        guard let answer = view.answer(zone, .dnskey), answer.isConclusive else { return ChainFact(state: .unknown) }
        guard !answer.records.isEmpty else { return ChainFact(state: .unsigned) }
        var fact = ChainFact(state: .signed)
        fact.ttl = answer.ttl ?? 0
        let all = answer.records.prefix(Limits.keptKeys).compactMap { DNSKEY($0.data) }.map { ZoneKeys.Key($0) }
        let published = all.filter { $0.fields.isZoneKey && !$0.fields.isRevoked }
        let revoked = Set(all.filter(\.fields.isRevoked).map(\.label))
        fact.keys = published.map(\.fields)
        let own = examine(answer.records, answer.signatures, (published, revoked), &fact, &judge)
        if own.isUnchecked {
            fact.state = .unknown
            fact.unchecked = [RecordSetKey(zone, .dnskey)]
            return fact
        }
        fact.anchors = own.signers
        fact.keyFault = own.signers.isEmpty ? own.fault ?? .noSignature : nil
        fact.fits = KeyPointers(digests: Array(delegation.prefix(Limits.keptKeys))).usableDigests.map {
            ChainFact.Fit(digest: $0, kind: judge.fit($0, among: published, of: zone))
        }
        fact.fitsDelegation = fact.fits.contains { $0.kind == .fits && own.signers.contains($0.digest.label) }
        for key in keys {
            guard let answer = view.answers[key], answer.isConclusive else { continue }
            for set in Self.sets(of: answer) where set[0].name.isSubdomain(of: zone) {
                let name = RecordSetKey(set[0].name, set[0].type)
                guard fact.signers[name] == nil, fact.faults[name] == nil, !fact.unchecked.contains(name) else {
                    continue
                }
                let verdict = examine(set, answer.signatures, (published, revoked), &fact, &judge)
                if verdict.isUnchecked {
                    fact.unchecked.insert(name)
                } else if verdict.signers.isEmpty {
                    fact.faults[name] = verdict.fault ?? .noSignature
                } else {
                    fact.signers[name] = verdict.signers
                }
            }
        }
        return fact
    }

    /// Adds the verdicts on the server's denials and on its proofs beside wildcard answers.
    ///
    /// Denials in the name of another zone, above or below, are not this zone's to prove.
    func readDenials(_ view: AuthorityView, into fact: inout ChainFact, _ judge: inout SignatureJudge) {
        guard fact.state == .signed, !fact.anchors.isEmpty else { return }
        let examination = ZoneExamination(
            zone: zone, keys: fact.keys.map { ZoneKeys.Key($0) }, at: UInt32(truncatingIfNeeded: now.seconds))
        let questions = view.answers.keys.filter { $0.name.isSubdomain(of: zone) }
            .sorted { ($0.name, $0.type.rawValue) < ($1.name, $1.type.rawValue) }
        for key in questions {
            guard let answer = view.answers[key] else { continue }
            let found: DenialExamination
            switch answer.outcome {
            case .noData, .nxDomain:
                let end = answer.target(of: key.name)
                let isElsewhere = answer.authority.contains { $0.type == .soa && $0.name != zone }
                // A server that denies the zone itself has lost it; that is not a question of proofs.
                let isLost = answer.outcome == .nxDomain && end == zone
                guard end.isSubdomain(of: zone), !isElsewhere, !isLost else { continue }
                found = examination.denial(
                    of: end, key.type, isNameError: answer.outcome == .nxDomain, by: answer.authority, &judge)
            case .data where fact.faults.isEmpty:
                guard let set = Self.lastSet(of: answer), set.name.isSubdomain(of: zone) else { continue }
                found = examination.expansion(of: set, by: answer.authority, &judge)
            default: continue
            }
            note(found, key, &fact)
        }
    }

    private func note(_ found: DenialExamination, _ key: RecordSetKey, _ fact: inout ChainFact) {
        switch found.proof.verdict {
        case .secure, .insecure: break
        case .bogus: fact.denialFaults[key] = found.proof.reason
        case .indeterminate: fact.unchecked.insert(key)
        }
        for signed in found.signatures where signed.type != .soa {
            let window = ChainFact.Window(
                covers: RecordSetKey(signed.owner, signed.type), from: moment(signed.fields.inception),
                to: moment(signed.fields.expiration))
            if !fact.windows.contains(window) { fact.windows.append(window) }
        }
    }

    /// Returns the records of the asked type with their signatures.
    private static func lastSet(of answer: Answer) -> SignedSet? {
        guard let first = answer.records.first else { return nil }
        let signatures = answer.signatures.compactMap { record -> SignedSet.Signature? in
            guard record.name == first.name, let fields = RRSIG(record.data), fields.typeCovered == first.type else {
                return nil
            }
            return SignedSet.Signature(fields: fields, ttl: record.ttl)
        }
        let set = RRset(name: first.name, type: first.type, ttl: first.ttl, data: answer.records.map(\.data))
        return SignedSet(records: set, signatures: Array(signatures.prefix(Limits.keptSignatures)))
    }

    /// Returns aliases and records, one list for each RRset.
    private static func sets(of answer: Answer) -> [[Record]] {
        let dnames = answer.aliases.filter { $0.type == .dname }
        let signed = answer.aliases.filter { alias in !dnames.contains { isMade(alias, from: $0) } }
        let records = answer.records.filter { record in !dnames.contains { isMade(record, from: $0) } }
        return signed.map { [$0] } + (records.isEmpty ? [] : [records])
    }

    /// Whether a CNAME was synthesized from a DNAME; such a CNAME is unsigned (RFC 6672 §5.3.1).
    private static func isMade(_ alias: Record, from dname: Record) -> Bool {
        guard alias.type == .cname, alias.name != dname.name, alias.name.isSubdomain(of: dname.name),
            let end = NameTarget(dname.data)?.target, let target = NameTarget(alias.data)?.target
        else { return false }
        let labels = (0..<(alias.name.labelCount - dname.name.labelCount)).reversed().map { alias.name.label($0) }
        let made = labels.reduce(end as Name?) { name, label in try? name?.prepending(label: label) }
        return made == target
    }

    /// The verdict on the signatures of one RRset.
    private struct Examined {
        var signers: Set<ChainMemory.KeyLabel> = []
        var fault: ChainFact.Fault?
        /// Whether no signature is known to be good and not all of them were checked.
        var isUnchecked = false
    }

    private func examine(
        _ records: [Record], _ signatures: [Record],
        _ keys: (usable: [ZoneKeys.Key], revoked: Set<ChainMemory.KeyLabel>), _ fact: inout ChainFact,
        _ judge: inout SignatureJudge
    ) -> Examined {
        var examined = Examined()
        guard let first = records.first else { return examined }
        let covers = RecordSetKey(first.name, first.type)
        var set: RRset?
        var checks = 0
        var looked = 0
        for record in signatures where record.name == first.name && looked < Limits.keptSignatures {
            guard let signature = RRSIG(record.data), signature.typeCovered == first.type else { continue }
            looked += 1
            guard signature.signer == zone else {
                examined.fault = examined.fault ?? .foreignSigner(signature.signer)
                continue
            }
            let label = ChainMemory.KeyLabel(tag: signature.keyTag, algorithm: signature.algorithm)
            let from = moment(signature.inception)
            let to = moment(signature.expiration)
            if !keys.usable.contains(where: { $0.label == label }) {
                examined.fault =
                    examined.fault ?? (keys.revoked.contains(label) ? .revokedKey(label) : .unknownKey(label))
                continue
            }
            if now >= to {
                examined.fault = .expired(to)
                fact.windows.append(ChainFact.Window(covers: covers, from: from, to: to))
                continue
            }
            if now < from {
                examined.fault = .notYetValid(from)
                continue
            }
            let signed = set ?? RRset(name: first.name, type: first.type, ttl: first.ttl, data: records.map(\.data))
            set = signed
            switch judge.judge(signature, over: signed, by: keys.usable, checks: &checks) {
            case .wrong: examined.fault = .wrong
            case .unchecked: examined.isUnchecked = true
            // An unknown algorithm is no evidence of a fault. An oversized key may have been made to look like that
            // case.
            case .unsupported where Algorithms.isSupported(signature.algorithm): examined.isUnchecked = true
            case .good, .unsupported:
                examined.signers.insert(label)
                fact.windows.append(ChainFact.Window(covers: covers, from: from, to: to))
            }
        }
        if !examined.signers.isEmpty { examined.isUnchecked = false }
        return examined
    }

    /// Returns the time nearest to now that has this 32-bit value (RFC 4034 §3.1.5).
    private func moment(_ time: UInt32) -> Timestamp {
        let difference = Int32(bitPattern: time &- UInt32(truncatingIfNeeded: now.seconds))
        return Timestamp(seconds: now.seconds + Int64(difference))
    }
}

extension ZoneKeys.Key {
    var label: ChainMemory.KeyLabel { ChainMemory.KeyLabel(tag: tag, algorithm: fields.algorithm) }
}
