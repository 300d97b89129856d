internal import DNSWire

extension Walk {
    /// A proof, and whether its fault is in the message itself rather than in the chain above.
    struct Judged {
        var proof: Proof
        var isOfMessage: Bool
    }

    struct Fault: Error {
        var proof: Proof
    }

    /// Validates one step of a response (RFC 4035 section 5.3); the TTLs of secure data are limited to the signed
    /// values.
    mutating func prove(
        _ step: inout Response.Step, in response: inout Response, _ type: RecordType
    ) throws(Pause) -> Judged {
        if type == .rrsig, step.target == nil {
            let proof = Proof.insecure(.signatureItself, response.zone, "signatures are not signed themselves")
            return Judged(proof: proof, isOfMessage: false)
        }
        let signer = step.sets.lazy.compactMap(\.signer).first
        let keys: ZoneKeys
        switch try self.keys(for: signer ?? anchorage(step.name, type)) {
        case .other(let proof):
            let cause = proof.verdict == .bogus ? try deniedDelegation(to: response.zone) : nil
            return Judged(proof: cause ?? proof, isOfMessage: false)
        case .secure(let found): keys = found
        }
        var expansion: (name: Name, encloser: Name)?
        for place in step.signedSets.indices where step.sets[place].type != .rrsig {
            let set = step.sets[place]
            let result = examiner.check(set, with: keys)
            guard result.proof.verdict == .secure else {
                return Judged(proof: try explained(result.proof, of: set, in: response, keys), isOfMessage: true)
            }
            step.sets[place].cutTimeToLive(to: result.life)
            // The CNAME synthesised from a DNAME has the DNAME's lifetime (RFC 6672 section 3.1).
            if step.isSynthesised, place + 1 < step.sets.count { step.sets[place + 1].cutTimeToLive(to: result.life) }
            if let encloser = result.expandedFrom {
                if step.isSynthesised {
                    let proof = Proof.bogus(
                        .aliasWrong, keys.zone, "the DNAME at \(set.name) was made from a wildcard (RFC 6672)")
                    return Judged(proof: proof, isOfMessage: true)
                }
                expansion = (set.name, encloser)
            }
        }
        switch checkAuthority(&response, keys, isDenial: false) {
        case .failure(let fault): return Judged(proof: fault.proof, isOfMessage: true)
        case .success(let sets):
            guard let expansion else { return Judged(proof: .secure, isOfMessage: true) }
            let denial = DenialProof(zone: keys.zone, sets: sets)
            switch denial.expansion(expansion.name, from: expansion.encloser, &examiner) {
            case .proven: return Judged(proof: .secure, isOfMessage: true)
            case .insecure(let code):
                let proof = Proof.insecure(code, keys.zone, Self.text(code, expansion.name))
                return Judged(proof: proof, isOfMessage: true)
            case .belowCut(let cut):
                let proof = Proof.bogus(
                    .wildcardUnproven, keys.zone,
                    "\(expansion.name) was answered from a wildcard beside a cut at \(cut)")
                return Judged(proof: proof, isOfMessage: true)
            case .unproven(let code, let text):
                let proof = Proof.unproven(
                    code == .tooManyHashes ? code : .wildcardUnproven, keys.zone,
                    "\(expansion.name) was answered from *.\(expansion.encloser), but \(text)")
                return Judged(proof: proof, isOfMessage: true)
            }
        }
    }

    /// Returns the fault of a zone to which the parent zone refers while its signed denial states that there is no
    /// delegation.
    private mutating func deniedDelegation(to zone: Name) throws(Pause) -> Proof? {
        guard case .secure(let above) = try keys(for: zone), above.zone != zone, zone.isSubdomain(of: above.zone) else {
            return nil
        }
        return .bogus(
            .delegationUnproven, above.zone,
            "\(above.zone) refers to \(zone), and its signed denial says that there is no such delegation")
    }

    /// Explains the fault of an RRset if its cause is the signing zone, or the form of the query.
    private mutating func explained(
        _ proof: Proof, of set: SignedSet, in response: Response, _ keys: ZoneKeys
    ) throws(Pause) -> Proof {
        guard proof.verdict == .bogus, let reason = proof.reason else { return proof }
        switch reason.code {
        case .signatureWithoutKey, .signatureInvalid:
            guard case .secure(let own) = try self.keys(for: anchorage(set.name, set.type)), own.zone != keys.zone
            else {
                return proof
            }
            return .bogus(
                .signerWrong, own.zone,
                "\(set.name) \(set.type): the RRSIG names \(keys.zone) as its signer, but the zone is \(own.zone)")
        case .signerWrong where response.zone != keys.zone && response.zone.isSubdomain(of: keys.zone),
            .signatureMissing where response.zone != keys.zone && response.zone.isSubdomain(of: keys.zone):
            return try deniedDelegation(to: response.zone) ?? proof
        case .signatureMissing:
            let hint = withoutEDNS(response.server)
            return hint.isEmpty ? proof : .bogus(reason.code, reason.zone, reason.text + hint)
        default: return proof
        }
    }

    /// Validates the zone's signed data in the authority section, and limits its TTLs to the signed values; returns the
    /// denial RRsets.
    ///
    /// The NS RRset beside an answer is not needed and ignored.
    mutating func checkAuthority(
        _ response: inout Response, _ keys: ZoneKeys, isDenial: Bool
    ) -> Result<[(set: SignedSet, proof: SetProof)], Fault> {
        var sets: [(set: SignedSet, proof: SetProof)] = []
        var left = Limits.denialRecords
        for (place, set) in response.authority.enumerated() {
            // In a denial only the NS RRset may be unsigned.
            guard isDenial ? examiner.belongs(set, to: keys.zone) : set.hasSigner(keys.zone) && set.type != .ns else {
                continue
            }
            guard left > 0 else { break }
            left -= 1
            let result = examiner.check(set, with: keys)
            guard result.proof.verdict == .secure else { return .failure(Fault(proof: result.proof)) }
            response.authority[place].cutTimeToLive(to: result.life)
            if set.type == .nsec || set.type == .nsec3 {
                sets.append((set, result))
                remember(set, result, keys.zone)
            }
        }
        return .success(sets)
    }

    /// Keeps a proven denial record, which may also deny a DS that is needed later (RFC 8198).
    mutating func remember(_ set: SignedSet, _ proof: SetProof, _ zone: Name) {
        guard !(denials[zone] ?? []).contains(where: { $0.set.name == set.name }) else { return }
        denials[zone, default: []].insert((set, proof), at: 0)
        if denials[zone, default: []].count > Limits.denialRecords { denials[zone]?.removeLast() }
    }
}
