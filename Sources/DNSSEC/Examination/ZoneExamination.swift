public import DNSWire

/// The validation of one server's denial, with the keys of its zone only.
public struct DenialExamination: Hashable, Sendable {
    /// A valid signature.
    public struct Signed: Hashable, Sendable {
        /// The owner of the covered RRset.
        public let owner: Name
        /// The type of that RRset.
        public let type: RecordType
        /// The signature.
        public let fields: RRSIG
    }

    /// Secure; insecure if the zone does not authenticate the denial (opt-out, too many iterations, below an unsigned
    /// zone cut); bogus; or indeterminate if it would have taken too much work.
    public var proof: Proof
    /// The valid signatures of the denial.
    public var signatures: [Signed] = []
}

/// Validates the data of a single server, for comparisons of servers with known keys of the zone.
///
/// It shares the code of the resolver, so the rules are the same.
public struct ZoneExamination: Sendable {
    private let zone: Name
    private let keys: ZoneKeys
    private let now: UInt32

    /// Makes an examination with some keys of a zone at one moment, in seconds since 1970; keys that must not sign are
    /// ignored.
    public init(zone: Name, keys: [ZoneKeys.Key], at now: UInt32) {
        self.zone = zone
        self.keys = ZoneKeys(zone: zone, keys: keys.filter(\.isUsable))
        self.now = now
    }

    /// Whether the authority section proves that a name has no such type, or does not exist.
    public func denial(
        of name: Name, _ type: RecordType, isNameError: Bool, by authority: [Record], _ judge: inout SignatureJudge
    ) -> DenialExamination {
        examine(authority, &judge) { denial, examiner in
            isNameError ? denial.nameError(name, &examiner) : denial.noData(name, type, &examiner)
        } missing: {
            "the answer says \(isNameError ? "that the name does not exist" : "that there is no such data") and has no signed "
                + "NSEC or NSEC3 record to prove it"
        }
    }

    /// Whether the authority section proves that there is no closer match for a name than the wildcard from which the
    /// answer was synthesised; secure if there was no wildcard.
    public func expansion(
        of set: SignedSet, by authority: [Record], _ judge: inout SignatureJudge
    ) -> DenialExamination {
        let made = set.signatures.first { signature in
            signature.fields.signer == zone
                && Int(signature.fields.labels) < set.name.labelCount - (set.name.isWildcard ? 1 : 0)
        }
        guard let made, let owner = CanonicalForm.signedOwner(set.name, labels: Int(made.fields.labels)),
            let encloser = owner.parent
        else { return DenialExamination(proof: .secure) }
        return examine(authority, &judge) { denial, examiner in
            denial.expansion(set.name, from: encloser, &examiner)
        } missing: {
            "it was answered from \(owner), and no NSEC or NSEC3 record proves that there is nothing closer"
        }
    }

    /// Whether the authority section of the parent zone proves that a delegation has no DS.
    public func delegation(
        of name: Name, by authority: [Record], _ judge: inout SignatureJudge
    ) -> DenialExamination {
        examine(authority, &judge) { denial, examiner in
            switch denial.delegation(name, &examiner) {
            case .unsigned: .proven
            case .absent: .unproven(.delegationUnproven, "its NSEC or NSEC3 record says that there is no delegation")
            case .insecure(let code): .insecure(code)
            case .unproven(let code, let text): .unproven(code, text)
            }
        } missing: {
            "there is no signed NSEC or NSEC3 record that proves that there is no DS"
        }
    }

    private func examine(
        _ authority: [Record], _ judge: inout SignatureJudge,
        _ find: (DenialProof, inout Examiner) -> DenialProof.Finding, missing: () -> String
    ) -> DenialExamination {
        // The judge is moved out and back rather than copied, since it has many cached verdicts.
        var lent = SignatureJudge(verifier: judge.verifier, effort: Effort(checks: 0, hashes: 0, units: 0))
        swap(&lent, &judge)
        var examiner = Examiner(now: now, judge: lent)
        lent = judge
        defer { swap(&examiner.judge, &judge) }
        let inside = authority.filter { $0.recordClass == .in && $0.name.isSubdomain(of: zone) }
        var sets: [(set: SignedSet, proof: SetProof)] = []
        var found = DenialExamination(proof: .secure)
        for set in SignedSet.grouping(inside).prefix(Limits.denialRecords) where examiner.belongs(set, to: zone) {
            let result = examiner.check(set, with: keys)
            guard result.proof.verdict == .secure else {
                found.proof = result.proof
                return found
            }
            if let fields = result.signature {
                found.signatures.append(DenialExamination.Signed(owner: set.name, type: set.type, fields: fields))
            }
            if set.type == .nsec || set.type == .nsec3 { sets.append((set, result)) }
        }
        guard !sets.isEmpty else {
            found.proof = .bogus(.denialMissing, zone, missing())
            return found
        }
        switch find(DenialProof(zone: zone, sets: sets), &examiner) {
        case .proven: break
        case .insecure(let code): found.proof = .insecure(code, zone, Walk.text(code, zone))
        case .belowCut(let cut):
            found.proof = .insecure(.unsignedDelegation, cut, Walk.text(.unsignedDelegation, cut))
        case .unproven(let code, let text): found.proof = .unproven(code, zone, text)
        }
        return found
    }
}

extension Examiner {
    /// Whether an RRset of an authority section is part of the zone's denial: one that the zone signed, or should have
    /// signed; an NS RRset only at the apex, and only with a signature.
    func belongs(_ set: SignedSet, to zone: Name) -> Bool {
        let isStray = set.signatures.isEmpty && set.name.isSubdomain(of: zone)
        guard set.hasSigner(zone) || isStray else { return false }
        return set.type != .ns || set.name == zone && !isStray
    }
}
