public import DNSWire

/// A finding about a chain of trust for the zone's owner.
public struct ChainFinding: Hashable, Sendable {
    /// The severity.
    public enum Severity: String, Hashable, Sendable, Codable {
        case info, notice, warning, critical
    }

    /// The stable code of the criterion.
    public let code: String
    /// The severity.
    public let severity: Severity
    /// The zone concerned.
    public let zone: Name
    /// One sentence for users.
    public let text: String
    /// The recommended action in one or two sentences; nil if there is none.
    public var advice: String? { ChainAdvice.text(for: self) }
}

extension ChainSurvey {
    /// The findings about the chain, the worst first.
    public var findings: [ChainFinding] {
        var findings = verdictFindings + windowFindings + longFindings + setbackFindings
        for link in links { findings += keyFindings(link) + delegationFindings(link) }
        findings += denialFindings + signalFindings + algorithmFindings
        let order: [ChainFinding.Severity] = [.critical, .warning, .notice, .info]
        return order.flatMap { severity in findings.filter { $0.severity == severity } }
    }

    private var verdictFindings: [ChainFinding] {
        var findings: [ChainFinding] = []
        if isIsland {
            findings.append(
                ChainFinding(
                    code: "SEC-03", severity: .warning, zone: name,
                    text: "\(name) has keys, but no DS leads to them"))
        }
        guard proof.verdict == .bogus, let reason = proof.reason else { return findings }
        let code = Self.code(of: reason.code)
        findings.append(ChainFinding(code: code, severity: .critical, zone: reason.zone, text: reason.text))
        return findings
    }

    /// The criterion of a fault.
    private static func code(of reason: Reason.Code) -> String {
        switch reason {
        case .keyMissing, .keyMismatch: "SEC-02"
        case .signatureExpired, .signatureNotYetValid, .signatureWindow: "SEC-10"
        case .signatureInvalid, .signatureWithoutKey: "SEC-15"
        case .signatureMissing: "SEC-16"
        case .signerWrong, .labelsWrong: "SEC-17"
        case .keyUnusable: "SEC-18"
        case .denialMissing, .denialWrong, .wildcardUnproven, .delegationUnproven: "SEC-20"
        default: "SEC-01"
        }
    }

    /// Servers with bogus answers while those of others are valid: users get one or the other.
    private var setbackFindings: [ChainFinding] {
        guard proof.verdict == .secure || proof.verdict == .insecure else { return [] }
        return setbacks.prefix(8).map { setback in
            ChainFinding(
                code: Self.code(of: setback.reason.code), severity: .warning, zone: setback.reason.zone,
                text: "\(setback.server) answers \(setback.name) \(setback.type) so that it does not validate, "
                    + "other servers do better: \(setback.reason.text)")
        }
    }

    private var windowFindings: [ChainFinding] {
        guard let end, let signature = ending(end) else { return [] }
        let left = Int64(end.moment) - Int64(now)
        let whole = Int64(end.moment &- signature.fields.inception)
        func finding(_ code: String, _ severity: ChainFinding.Severity, _ text: String) -> ChainFinding {
            ChainFinding(
                code: code, severity: severity, zone: end.zone,
                text: "the last signature over \(end.owner) \(end.type) \(text) (\(TimeText.text(end.moment)))")
        }
        var findings: [ChainFinding] = []
        if left >= 0, left < max(43_200, whole / 10) {
            findings.append(finding("SEC-11", .critical, "ends in \(left / 3600) hours"))
        } else if left >= 0, left < max(2 * Int64(signature.ttl), whole / 4, 259_200) {
            findings.append(finding("SEC-11", .warning, "ends in \(Self.duration(left))"))
        }
        if abs(left) < 300 || abs(Int64(now) - Int64(signature.fields.inception)) < 300 {
            findings.append(finding("SEC-13", .warning, "begins or ends within five minutes"))
        }
        return findings
    }

    private static func duration(_ seconds: Int64) -> String {
        if seconds >= 172_800 { return "\(seconds / 86400) days" }
        return seconds >= 7200 ? "\(seconds / 3600) hours" : "\(seconds / 60) minutes"
    }

    /// Signatures with such a long validity that an attacker could replay them for half a year.
    private var longFindings: [ChainFinding] {
        let longest: UInt32 = 15_552_000
        let long = (links.flatMap(\.signatures) + signatures).filter { signature in
            let (from, to) = (signature.fields.inception, signature.fields.expiration)
            let isLong = to &- from > longest || to &- now > longest
            return signature.verifies && isLong && !SerialNumber(rawValue: from).isAfter(SerialNumber(rawValue: to))
                && !SerialNumber(rawValue: now).isAfter(SerialNumber(rawValue: to))
        }
        var zones: [Name] = []
        for zone in long.map(\.fields.signer) where !zones.contains(zone) { zones.append(zone) }
        return zones.map { zone in
            var sets: [String] = []
            for signature in long where signature.fields.signer == zone {
                let set = "\(signature.owner) \(signature.fields.typeCovered)"
                if !sets.contains(set) { sets.append(set) }
            }
            let more = sets.count > 4 ? " and \(sets.count - 4) more" : ""
            return ChainFinding(
                code: "SEC-12", severity: .warning, zone: zone,
                text: "signatures over \(sets.prefix(4).joined(separator: ", "))\(more) last over 180 days")
        }
    }

    private func ending(_ end: ChainEnd) -> ChainSignature? {
        (links.flatMap(\.signatures) + signatures).first {
            $0.owner == end.owner && $0.fields.typeCovered == end.type && $0.fields.expiration == end.moment
        }
    }

    private func keyFindings(_ link: ChainLink) -> [ChainFinding] {
        var findings: [ChainFinding] = []
        func add(_ code: String, _ severity: ChainFinding.Severity, _ text: String) {
            findings.append(ChainFinding(code: code, severity: severity, zone: link.zone, text: text))
        }
        for key in link.keys {
            let algorithm = Algorithms.name(key.fields.algorithm)
            switch key.fields.algorithm {
            case 1, 3, 5, 6, 7, 12:
                add(
                    "SEC-08", .critical,
                    "key \(key.tag) of \(link.zone) uses \(algorithm), which must no longer be used")
            case 8, 13, 14, 15, 16: break
            default:
                add("SEC-08", .warning, "key \(key.tag) of \(link.zone) uses \(algorithm), which is not recommended")
            }
            if [5, 7, 8, 10].contains(key.fields.algorithm), let bits = key.bits, bits < 2048 || bits > 4096 {
                add("SEC-09", .warning, "key \(key.tag) of \(link.zone) has \(bits) bits")
            }
            let isTold = proof.reason?.code == .keyUnusable && proof.reason?.zone == link.zone
            if key.fields.isRevoked, key.isNamed, !isTold {
                add("SEC-18", .critical, "key \(key.tag) of \(link.zone) is revoked, but a DS names it")
            }
        }
        return findings
    }

    private func delegationFindings(_ link: ChainLink) -> [ChainFinding] {
        var findings: [ChainFinding] = []
        let algorithms = Set(link.keys.filter(\.isNamed).map(\.fields.algorithm))
        let missing = Set(link.digests.map(\.algorithm)).subtracting(algorithms).sorted()
        if !link.keys.isEmpty, !algorithms.isEmpty, !missing.isEmpty {
            findings.append(
                ChainFinding(
                    code: "SEC-06", severity: .warning, zone: link.zone,
                    text: "no key fits the DS of \(missing.map(Algorithms.name).joined(separator: ", "))"))
        }
        let isTold = proof.reason?.code == .keyMismatch && proof.reason?.zone == link.zone
        for digest in link.delegation where !isTold {
            let fields = digest.fields
            let words = "DS \(fields.keyTag) (\(Algorithms.digestName(fields.digestType))) of \(link.zone)"
            switch digest.fit {
            case .otherDigest:
                findings.append(
                    ChainFinding(
                        code: "SEC-06", severity: .warning, zone: link.zone,
                        text: "the digest of \(words) is not that of DNSKEY \(fields.keyTag)"))
            case .noKey where !missing.contains(fields.algorithm):
                findings.append(
                    ChainFinding(
                        code: "SEC-06", severity: .notice, zone: link.zone,
                        text: "\(words) names a key that the zone does not publish"))
            default: break
            }
        }
        if !link.digests.isEmpty, link.digests.allSatisfy({ $0.digestType == DigestKind.sha1.rawValue }) {
            findings.append(
                ChainFinding(
                    code: "SEC-07", severity: .critical, zone: link.zone,
                    text: "all DS records of \(link.zone) are of SHA-1"))
        }
        return findings
    }

    /// Algorithms that sign no data although there is a DS or a key for them (RFC 4035 section 2.2).
    private var algorithmFindings: [ChainFinding] {
        guard let link = links.last(where: { $0.zone == name }), proof.verdict == .secure else { return [] }
        let signing = Set(
            signatures.filter { $0.fields.signer == name && $0.fields.typeCovered != .dnskey && $0.verifies }
                .map(\.fields.algorithm))
        guard !signing.isEmpty else { return [] }
        let published = Set(link.keys.filter { !$0.fields.isRevoked }.map(\.fields.algorithm))
        let named = Set(link.digests.map(\.algorithm)).intersection(published)
        return published.subtracting(signing).filter(Algorithms.isSupported).sorted().map { algorithm in
            let text =
                named.contains(algorithm)
                ? "a DS names a key of \(Algorithms.name(algorithm)), but no data of \(name) is signed by that algorithm"
                : "\(name) publishes a key of \(Algorithms.name(algorithm)), but signs no data by that algorithm"
            return ChainFinding(
                code: "SEC-06", severity: named.contains(algorithm) ? .warning : .notice, zone: name, text: text)
        }
    }

    private var denialFindings: [ChainFinding] {
        switch denial {
        case .nsec3(let iterations, let salt, _) where iterations > 0 || !salt.isEmpty:
            let text =
                "NSEC3 with \(iterations) iterations and a salt of \(salt.count) bytes; both should be none (RFC 9276)"
            return [ChainFinding(code: "SEC-22", severity: .warning, zone: name, text: text)]
        case .compact:
            return [
                ChainFinding(
                    code: "SEC-24", severity: .info, zone: name,
                    text: "denials are made up for each question (RFC 9824)")
            ]
        default: return []
        }
    }

    /// CDS and CDNSKEY (RFC 7344, RFC 8078, RFC 9615).
    private var signalFindings: [ChainFinding] {
        func finding(_ code: String, _ severity: ChainFinding.Severity, _ text: String) -> ChainFinding {
            ChainFinding(code: code, severity: severity, zone: name, text: text)
        }
        var findings = signalRemarks.map { remark in
            switch remark.kind {
            case .contradiction, .malformedDelete: finding("SEC-25", .warning, remark.text)
            case .breaking: finding("SEC-25", .critical, remark.text)
            case .delete, .waiting: finding("SEC-26", .notice, remark.text)
            }
        }
        guard !signals.isEmpty else { return findings }
        let named = links.last { $0.zone == name }?.keys.filter(\.isNamed).map(\.tag) ?? []
        if !named.isEmpty, signalSigners.isDisjoint(with: named) {
            let text = "CDS and CDNSKEY of \(name) are not signed by a key that the DS names (RFC 7344 section 4.1)"
            findings.append(finding("SEC-25", .warning, text))
        }
        if isIsland, !signals.asksForDeletion {
            let text = "\(name) asks its parent for a DS, but the parent has none (RFC 8078, RFC 9615)"
            findings.append(finding("SEC-30", .notice, text))
        }
        return findings
    }
}
