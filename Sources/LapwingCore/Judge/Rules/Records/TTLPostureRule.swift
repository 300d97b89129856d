import DNSWire

/// TTLs at the authoritative servers that are low or not uniform.
enum TTLPostureRule {
    /// Seconds after which a TTL that was lowered for a move counts as forgotten.
    static let forgotten: Int64 = 7 * 86_400

    static let rule = Rule(
        "ttl-posture", references: ["RFC 1912 §2.2", "RFC 2181 §5.2"],
        table: [
            Rule.Row(
                .ttlLow, .posture, [.warning], "below the configured floor, as learnt or a week after it fell",
                lasting: forgotten),
            Rule.Row(
                .ttlUneven, .posture, [.notice], "records of one RRset, or its servers, have different TTLs",
                lasting: 86_400),
        ]
    ) { picture, found in
        guard !picture.isBlind else { return [] }
        // What another rule reports about the same RRset in this round is not reported twice.
        return picture.sets.flatMap { [low($0, picture), uneven($0, picture)].compactMap(\.self) }.filter { finding in
            !found.contains { $0.code == finding.code && $0.subject == finding.subject }
        }
    }

    private static func low(_ fact: SetFact, _ picture: Picture) -> Finding? {
        guard let ttl = fact.ttl, fact.isPresent, ttl < picture.watch.lowTTL, fact.key.type != .soa else { return nil }
        return finding(
            .ttlLow, .warning, fact, picture,
            Narrative(
                "\(fact.key.name) \(fact.key.type): the TTL is \(ttl) s, below \(picture.watch.lowTTL) s.",
                grounds: ["asked of the domain's own servers; the floor is the configuration's"],
                isNot: "a cache counting down: the authority was asked.",
                advice: "Raise it again if it was lowered for a move.", check: picture.dig(fact.key)))
    }

    private static func uneven(_ fact: SetFact, _ picture: Picture) -> Finding? {
        guard fact.isPresent else { return nil }
        let isInside = fact.own.contains { sight in
            Set((sight.server.view.answers[fact.key]?.records ?? []).map(\.ttl)).count > 1
        }
        guard isInside || Set(fact.own.compactMap(\.ttl)).count > 1 else { return nil }
        return finding(
            .ttlUneven, .notice, fact, picture,
            Narrative(
                "\(fact.key.name) \(fact.key.type): the TTLs differ \(isInside ? "within the set" : "between servers").",
                facts: fact.own.map { "\($0.server.label): \($0.ttl ?? 0) s." },
                grounds: ["asked of the domain's own servers"],
                isNot: "a fault that users notice: caches take the lowest.",
                advice: "Give all records of a set one TTL (RFC 2181 §5.2).", check: picture.dig(fact.key)))
    }

    private static func finding(
        _ code: FindingCode, _ severity: Severity, _ fact: SetFact, _ picture: Picture, _ text: Narrative
    ) -> Finding {
        var finding = Finding(code, .posture(code), .posture, severity, subject: fact.key, text: text)
        finding.evidence = fact.own.prefix(1).map { EvidencePointer($0.server.source, fact.key) }
        // Servers that generate their answers have a low TTL now and then.
        finding.clearing = .after(seconds: 6 * 3600)
        return finding
    }
}
