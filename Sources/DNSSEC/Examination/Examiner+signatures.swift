public import DNSWire

/// The result of validating one RRset.
public struct SetProof: Hashable, Sendable {
    /// The verdict: secure, bogus, or indeterminate if a signature could not be checked.
    public var proof: Proof
    /// If the RRset was synthesised from a wildcard, the parent of the wildcard (RFC 4035 section 5.3.4); nil if it was
    /// not.
    public var expandedFrom: Name?
    /// The valid signature; nil if there is none.
    public var signature: RRSIG?
    /// For how many seconds a secure RRset may be used: its TTL, but not longer than the original TTL, and not beyond
    /// the expiration of the signature (RFC 4035 section 5.3.3).
    public var life: UInt32 = 0
}

extension Examiner {
    /// Validates an RRset with the keys of the zone that should have signed it (RFC 4035 section 5.3).
    ///
    /// One valid signature is sufficient (RFC 6840 section 5.4); faults of the others are irrelevant then.
    mutating func check(_ set: SignedSet, with keys: ZoneKeys) -> SetProof {
        var worst: SignatureFault?
        var checks = 0
        for signature in set.signatures {
            switch examine(set, signature.fields, keys, &checks) {
            case .success(let proof): return proof
            case .failure(let found):
                if found.rank > worst?.rank ?? -1 { worst = found }
            }
            if worst?.code == .tooManySignatures { break }
        }
        guard let worst else {
            let text = "\(set.name) \(set.type) is not signed, but the zone \(keys.zone) is"
            return SetProof(proof: .bogus(.signatureMissing, keys.zone, text))
        }
        let reason = Reason(worst.code, zone: keys.zone, "\(set.name) \(set.type): \(worst.text)")
        return SetProof(proof: Proof(worst.verdict, reason))
    }

    /// The reason why one signature is not valid; the fault with the highest rank came closest to success.
    struct SignatureFault: Error {
        var rank: Int
        var code: Reason.Code
        var text: String
        var verdict = Verdict.bogus
    }

    private mutating func examine(
        _ set: SignedSet, _ fields: RRSIG, _ keys: ZoneKeys, _ checks: inout Int
    ) -> Result<SetProof, SignatureFault> {
        func fault(_ rank: Int, _ code: Reason.Code, _ text: String) -> Result<SetProof, SignatureFault> {
            .failure(SignatureFault(rank: rank, code: code, text: text))
        }
        guard fields.signer == keys.zone, set.name.isSubdomain(of: keys.zone) else {
            return fault(0, .signerWrong, "signed by \(fields.signer), which is not the zone")
        }
        guard let owner = CanonicalForm.signedOwner(set.name, labels: Int(fields.labels)),
            owner.isSubdomain(of: keys.zone)
        else {
            return fault(1, .labelsWrong, "the signature's label count \(fields.labels) does not fit")
        }
        guard keys.keys.contains(where: { $0.tag == fields.keyTag && $0.fields.algorithm == fields.algorithm }) else {
            return fault(2, .signatureWithoutKey, "no key \(fields.keyTag) of \(Algorithms.name(fields.algorithm))")
        }
        if judgesTimes, let fault = windowFault(fields) { return .failure(fault) }
        switch judge.judge(fields, over: set.records, by: keys.keys, checks: &checks) {
        case .good:
            let isExpanded = owner != set.name
            return .success(
                SetProof(
                    proof: .secure, expandedFrom: isExpanded ? owner.parent : nil, signature: fields,
                    life: life(of: set.records, under: fields)))
        case .wrong: return fault(6, .signatureInvalid, "the signature of key \(fields.keyTag) does not verify")
        case .unsupported:
            let text =
                "key \(fields.keyTag) is larger than the keys of \(Algorithms.name(fields.algorithm)) that are used"
            return .failure(SignatureFault(rank: 7, code: .algorithmUnsupported, text: text, verdict: .indeterminate))
        case .unchecked:
            // Validators give up on such an RRset (KeyTrap). If the budget of the whole question is used up, the RRset
            // is not at fault.
            let text = "too many signatures and keys to try"
            let verdict = judge.effort.isSpent ? Verdict.indeterminate : .bogus
            return .failure(SignatureFault(rank: 9, code: .tooManySignatures, text: text, verdict: verdict))
        }
    }

    private func life(of set: RRset, under signature: RRSIG) -> UInt32 {
        let life = min(set.ttl, signature.originalTTL)
        return judgesTimes ? min(life, signature.expiration &- now) : life
    }

    /// Checks the validity period in serial number arithmetic (RFC 4034 section 3.1.5).
    private func windowFault(_ fields: RRSIG) -> SignatureFault? {
        let (start, end) = (SerialNumber(rawValue: fields.inception), SerialNumber(rawValue: fields.expiration))
        let moment = SerialNumber(rawValue: now)
        if start.isAfter(end) {
            return SignatureFault(rank: 3, code: .signatureWindow, text: "the signature expires before it begins")
        }
        if moment.isAfter(end) {
            let text = "the signature of key \(fields.keyTag) expired at \(TimeText.text(fields.expiration))"
            return SignatureFault(rank: 5, code: .signatureExpired, text: text)
        }
        if moment.isBefore(start) {
            let text = "the signature of key \(fields.keyTag) begins at \(TimeText.text(fields.inception))"
            return SignatureFault(rank: 4, code: .signatureNotYetValid, text: text)
        }
        return nil
    }
}
