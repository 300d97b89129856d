import DNSWire

/// The values that the owner expects, compared with those that the servers give, from the first round on.
enum ExpectationRule {
    static let rule = Rule(
        "expectation", references: ["RFC 2181 §5"],
        table: [
            Rule.Row(.recordUnexpected, .recordsLost, [.critical], "there is to be a record, and no server has one"),
            Rule.Row(.recordUnexpected, .plannedChange, [.warning], "it has other records than the configuration says"),
            Rule.Row(.recordUnexpected, .ttlAnomaly, [.notice], "only its TTL is not as the configuration says"),
        ]
    ) { picture, found in
        guard !picture.isBlind else { return [] }
        return picture.sets.compactMap { fact in
            guard let expected = picture.watch.expected[fact.key],
                !found.contains(where: { $0.subject == fact.key && $0.severity == .critical })
            else { return nil }
            return finding(fact, expected, picture)
        }
    }

    private static func finding(_ fact: SetFact, _ expected: RecordExpectation, _ picture: Picture) -> Finding? {
        let key = fact.key
        let checked = fact.own.map { ($0, ExpectationCheck(expected, key, $0.value, ttl: $0.ttl)) }
        let wrong = checked.filter { !$0.1.faults.isEmpty }
        // The gravest fault is reported.
        guard let (sight, check) = wrong.first(where: { !$0.1.isTTLOnly }) ?? wrong.first else { return nil }
        let isLost = expected.wantsRecords && fact.own.allSatisfy { !$0.value.isPresent }
        let severity: Severity = isLost ? .critical : check.isTTLOnly ? .notice : .warning
        let incidentClass: IncidentClass = isLost ? .recordsLost : check.isTTLOnly ? .ttlAnomaly : .plannedChange
        let holders = wrong.map(\.0.server).hostNames
        let wanted = check.faults.joined(separator: "; ")
        var facts = ["Seen on \(Change.list(holders))."]
        if !expected.place.isEmpty { facts.append("Expected in \(expected.place).") }
        if !check.isTTLOnly, let change = DeclaredChange(key, of: picture.domain, from: expected, to: sight.value) {
            facts.append("To expect what is served:")
            facts += change.lines
        }
        var finding = Finding(
            .recordUnexpected, .change, incidentClass, severity, subject: key,
            text: Narrative(
                "\(key.name) \(key.type) is not what the configuration expects: \(sight.value.text(of: key.type)) instead of "
                    + "\(wanted).",
                facts: facts,
                grounds: ["the servers were asked directly"],
                advice: "Correct the record, or the expectation in the configuration.", check: picture.dig(key)))
        if !check.isTTLOnly {
            let value = expected.exactly.map { SetValue(kind: .data, members: Member.sorted($0)) }
            finding.changes = [Change(key, from: value, to: sight.value, seenBy: holders)]
        }
        finding.evidence = wrong.prefix(2).map { EvidencePointer($0.0.server.source, key) }
        return finding
    }
}
