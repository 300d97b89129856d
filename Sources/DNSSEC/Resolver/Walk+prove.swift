internal import DNSWire

extension Walk {
    /// A proof, and whether its fault lies in the message itself rather than in the chain above.
    struct Judged {
        var proof: Proof
        var isOfMessage: Bool
    }

    struct Fault: Error {
        var proof: Proof
    }

    /// Judges one step of a response (RFC 4035 section 5.3).
    mutating func prove(_ step: Response.Step, in response: Response, _ type: RecordType) throws(Pause) -> Judged {
        if type == .rrsig, step.target == nil {
            let proof = Proof.insecure(.signatureItself, response.zone, "signatures are not signed themselves")
            return Judged(proof: proof, isOfMessage: false)
        }
        let signer = step.sets.lazy.compactMap(\.signer).first
        let keys: ZoneKeys
        switch try self.keys(for: signer ?? anchorage(step.name, type)) {
        case .other(let proof): return Judged(proof: proof, isOfMessage: false)
        case .secure(let found): keys = found
        }
        var expansion: (name: Name, encloser: Name)?
        for set in step.signedSets where set.type != .rrsig {
            let result = examiner.check(set, with: keys)
            guard result.proof.verdict == .secure else { return Judged(proof: result.proof, isOfMessage: true) }
            if let encloser = result.expandedFrom {
                if step.isSynthesised {
                    let proof = Proof.bogus(
                        .aliasWrong, keys.zone, "the DNAME at \(set.name) was made from a wildcard (RFC 6672)")
                    return Judged(proof: proof, isOfMessage: true)
                }
                expansion = (set.name, encloser)
            }
        }
        switch checkAuthority(response, keys, isDenial: false) {
        case .failure(let fault): return Judged(proof: fault.proof, isOfMessage: true)
        case .success(let sets):
            guard let expansion else { return Judged(proof: .secure, isOfMessage: true) }
            let denial = DenialProof(zone: keys.zone, sets: sets)
            switch denial.expansion(expansion.name, from: expansion.encloser, &examiner) {
            case .proven: return Judged(proof: .secure, isOfMessage: true)
            case .insecure(let code):
                let proof = Proof.insecure(code, keys.zone, Self.text(code, expansion.name))
                return Judged(proof: proof, isOfMessage: true)
            case .unproven(_, let text):
                let proof = Proof.bogus(
                    .wildcardUnproven, keys.zone,
                    "\(expansion.name) was answered from *.\(expansion.encloser), but \(text)")
                return Judged(proof: proof, isOfMessage: true)
            }
        }
    }

    /// Checks what the zone signed in the authority section; gives the denial sets.
    ///
    /// The name servers' own set beside an answer is a courtesy and does not count.
    mutating func checkAuthority(
        _ response: Response, _ keys: ZoneKeys, isDenial: Bool
    ) -> Result<[(set: SignedSet, proof: SetProof)], Fault> {
        var sets: [(set: SignedSet, proof: SetProof)] = []
        var left = Limits.denialRecords
        for set in response.authority {
            // Beside a denial nothing may be unsigned but the name servers.
            let isStray = isDenial && set.signatures.isEmpty && set.name.isSubdomain(of: keys.zone)
            guard set.hasSigner(keys.zone) || isStray else { continue }
            if set.type == .ns, !isDenial || set.name != keys.zone || isStray { continue }
            guard left > 0 else { break }
            left -= 1
            let result = examiner.check(set, with: keys)
            guard result.proof.verdict == .secure else { return .failure(Fault(proof: result.proof)) }
            if set.type == .nsec || set.type == .nsec3 {
                sets.append((set, result))
                remember(set, result, keys.zone)
            }
        }
        return .success(sets)
    }

    /// Keeps a proven denial record: it may also deny a DS that is wanted later (RFC 8198).
    mutating func remember(_ set: SignedSet, _ proof: SetProof, _ zone: Name) {
        guard !(denials[zone] ?? []).contains(where: { $0.set.name == set.name }) else { return }
        denials[zone, default: []].insert((set, proof), at: 0)
        if denials[zone, default: []].count > Limits.denialRecords { denials[zone]?.removeLast() }
    }
}
