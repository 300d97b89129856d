internal import DNSWire

extension DenialProof {
    /// Whether the name exists without this type, or does not exist but matches a wildcard without the type.
    func noData(_ name: Name, _ type: RecordType, _ examiner: inout Examiner) -> Finding {
        decide(plainNoData(name, type)) { () throws(Stop) in try hashedNoData(name, type, &examiner) }
    }

    /// Whether the name does not exist and no wildcard matches it.
    func nameError(_ name: Name, _ examiner: inout Examiner) -> Finding {
        decide(plainNameError(name)) { () throws(Stop) in try hashedNameError(name, &examiner) }
    }

    /// Whether there is no closer match for the name than the wildcard under this encloser, from which the answer was
    /// synthesised.
    func expansion(_ name: Name, from encloser: Name, _ examiner: inout Examiner) -> Finding {
        decide(plainExpansion(name, from: encloser)) { () throws(Stop) in
            try hashedExpansion(name, from: encloser, &examiner)
        }
    }

    private func decide(_ byPlain: Finding, byHashed: () throws(Stop) -> Finding) -> Finding {
        guard case .unproven = byPlain, !hashed.isEmpty else {
            return isEmpty ? .unproven(.denialMissing, "there is no NSEC or NSEC3 record") : byPlain
        }
        if isTooCostly { return .insecure(.iterationsTooHigh) }
        do throws(Stop) {
            return try byHashed()
        } catch {
            switch error {
            case .exhausted: return .unproven(.tooManyHashes, "too many NSEC3 hashes to compute")
            case .unsignedDelegation(let cut): return .belowCut(cut)
            }
        }
    }

    /// Whether there is a delegation without DS at the name.
    func delegation(_ name: Name, _ examiner: inout Examiner) -> Delegation {
        let byPlain = plainDelegation(name)
        guard case .unproven = byPlain, !hashed.isEmpty else {
            return isEmpty ? .unproven(.denialMissing, "there is no NSEC or NSEC3 record") : byPlain
        }
        if isTooCostly { return .insecure(.iterationsTooHigh) }
        do throws(Stop) {
            return try hashedDelegation(name, &examiner)
        } catch {
            switch error {
            case .exhausted: return .unproven(.tooManyHashes, "too many NSEC3 hashes to compute")
            case .unsignedDelegation:
                return .unproven(.delegationUnproven, "the closest encloser of \(name) is a zone cut itself")
            }
        }
    }
}
