internal import DNSWire

extension Walk {
    /// Fetches and validates the answer for one name; if it is bogus, other servers are tried.
    mutating func part(_ name: Name, _ type: RecordType) throws(Pause) -> Part {
        if type == .ds, let supposed = settings.supposed, supposed.zone == name, let set = supposed.digestSet {
            return try part(supposing: set)
        }
        var distrusted: Set<IPAddress> = []
        var first: Part?
        for _ in 0..<Limits.attemptsToValidate {
            switch try fetch(name, type, avoiding: distrusted) {
            case .failure(let reason):
                return first ?? Part(responseCode: .servFail, proof: Proof(.indeterminate, reason))
            case .response(let response):
                let part = try judge(response, name, type)
                guard part.mayDifferElsewhere else { return part }
                setBack(name, type, response.server, part.proof)
                if first == nil { first = part }
                distrusted.insert(response.server)
            }
        }
        return first ?? Part(responseCode: .servFail, proof: .indeterminate(.unreachable, name, "no answer"))
    }

    /// A supposed DS RRset has the verdict of the parent zone.
    private mutating func part(supposing set: SignedSet) throws(Pause) -> Part {
        var part = Part(proof: .secure)
        if case .other(let proof) = try keys(for: anchorage(set.name, .ds)) { part.proof = proof }
        if !set.records.data.isEmpty { part.answer = [set] }
        return part
    }

    /// Validates all steps of a response, or its denial if it has no steps.
    private mutating func judge(_ response: Response, _ name: Name, _ type: RecordType) throws(Pause) -> Part {
        guard !response.steps.isEmpty else { return try judgeDenial(response, name, type) }
        var response = response
        var part = Part(responseCode: .noError, proof: .secure)
        for var step in response.steps {
            let judged = try prove(&step, in: &response, type)
            if !part.answer.isEmpty, judged.isOfMessage, judged.proof.verdict == .bogus {
                // Data behind a valid alias may be valid if it is queried separately.
                part.target = step.name
                return part
            }
            part.proof = part.proof.joined(with: judged.proof)
            part.mayDifferElsewhere = judged.isOfMessage && judged.proof.verdict == .bogus
            if part.proof.verdict == .bogus || part.proof.verdict == .indeterminate {
                part.withheld = step.sets + response.denials
                return part
            }
            part.answer += step.sets
        }
        switch response.responseCode {
        case .yxDomain:
            part.responseCode = .yxDomain
            let reason = Reason(.nameTooLong, zone: response.zone, "the name becomes too long by a DNAME")
            part.proof = part.proof.joined(with: Proof(.insecure, reason))
            return part
        case .nxDomain where response.openTarget == nil && response.steps.last?.sets.first?.type != .cname:
            part.responseCode = .nxDomain
            guard part.proof.verdict == .secure else { break }
            part.proof = .bogus(
                .denialWrong, response.zone, "the answer for \(name) \(type) has data, its code says NXDOMAIN")
            part.mayDifferElsewhere = true
            return part
        default: break
        }
        part.target = response.openTarget
        if part.target == nil { part.authority = response.authority.filter { $0.type != .ns } }
        return part
    }

    private mutating func judgeDenial(
        _ response: Response, _ name: Name, _ type: RecordType
    ) throws(Pause) -> Part {
        var response = response
        var part = Part(responseCode: response.responseCode, proof: .secure)
        let signer = response.denials.first?.signer.flatMap { name.isSubdomain(of: $0) ? $0 : nil }
        switch try keys(for: signer ?? anchorage(name, type)) {
        case .other(let proof):
            part.proof = proof
            // Without any denial record the chain below the zone cannot be followed either: the missing record is the
            // first fault.
            if signer == nil, proof.reason?.code == .denialMissing || proof.reason?.code == .delegationUnproven,
                case .secure(let keys) = try keys(for: response.zone), keys.zone == response.zone
            {
                part.proof = .bogus(.denialMissing, keys.zone, unproven(response, name, type))
                part.mayDifferElsewhere = true
            }
        case .secure(let keys):
            guard signer != nil else {
                part.proof = .bogus(.denialMissing, keys.zone, unproven(response, name, type))
                part.mayDifferElsewhere = true
                part.withheld = response.authority.filter { $0.type == .soa }
                return part
            }
            switch checkAuthority(&response, keys, isDenial: true) {
            case .failure(let fault): part.proof = fault.proof
            case .success(let sets): try prove(&part, name, type, DenialProof(zone: keys.zone, sets: sets), keys)
            }
            part.mayDifferElsewhere = part.proof.verdict == .bogus
        }
        if part.proof.verdict == .bogus { part.withheld = response.authority.filter { $0.type != .ns } }
        part.authority = response.authority.filter { $0.type != .ns }
        // A denial is cached no longer than its SOA states (RFC 2308 section 5, RFC 9077).
        if let life = response.denialLife {
            for place in part.authority.indices { part.authority[place].cutTimeToLive(to: life) }
        }
        return part
    }

    /// Returns the text about a denial without NSEC and NSEC3 records.
    private func unproven(_ response: Response, _ name: Name, _ type: RecordType) -> String {
        let claim = response.responseCode == .nxDomain ? "that the name does not exist" : "that there is no such data"
        return "\(name) \(type): the answer says \(claim) and has no signed NSEC or NSEC3 record to prove it"
            + withoutEDNS(response.server)
    }

    /// Returns the reason why a server's answer cannot have signatures, if there is one.
    func withoutEDNS(_ server: IPAddress) -> String {
        plainServers.contains(server)
            ? "; \(server) refuses questions with EDNS, and without it no signatures are given (RFC 6891)" : ""
    }

    private mutating func prove(
        _ part: inout Part, _ name: Name, _ type: RecordType, _ denial: DenialProof, _ keys: ZoneKeys
    ) throws(Pause) {
        var finding =
            part.responseCode == .nxDomain
            ? denial.nameError(name, &examiner) : denial.noData(name, type, &examiner)
        if part.responseCode == .nxDomain, case .unproven = finding, denial.hashed.isEmpty {
            // Some servers return NXDOMAIN where the NSEC record proves only NODATA: the record is believed, as in
            // Unbound, which does not do so with NSEC3.
            let lesser = denial.noData(name, type, &examiner)
            if case .proven = lesser {
                finding = lesser
                part.responseCode = .noError
            }
        }
        switch finding {
        case .proven: break
        case .insecure(let code):
            part.proof = .insecure(code, keys.zone, Self.text(code, name))
        case .belowCut(let cut):
            switch try self.keys(for: cut) {
            case .other(let proof): part.proof = proof
            case .secure(let below):
                let text =
                    below.zone == keys.zone
                    ? "the denial record of \(cut) speaks of a zone cut that there is not"
                    : "the denial record of \(cut) is that of \(keys.zone), the zone above; \(below.zone) is signed and "
                        + "must deny it itself"
                part.proof = .bogus(.denialWrong, below.zone, "\(name) \(type): \(text) (RFC 6840 section 4.1)")
            }
        case .unproven(let code, let text):
            part.proof = .unproven(code, keys.zone, "\(name) \(type): \(text)")
        }
    }

    static func text(_ code: Reason.Code, _ name: Name) -> String {
        switch code {
        case .optOut: "\(name) lies where unsigned delegations are left out of the proof (opt-out)"
        case .iterationsTooHigh:
            "the proof for \(name) needs more than \(Limits.hashIterations) NSEC3 iterations (RFC 9276)"
        case .unsignedDelegation: "\(name) lies below a delegation without DS"
        default: "\(name) is not signed"
        }
    }

    /// Returns the lowest name whose zone can authenticate an unsigned answer: for a DS, that of the parent zone.
    func anchorage(_ name: Name, _ type: RecordType) -> Name {
        type == .ds ? name.parent ?? name : name
    }
}
