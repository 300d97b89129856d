import DNSWire

/// What the owner says the values are, against what the servers say; from the first round on.
enum ExpectationRule {
    static let rule = Rule(
        "expectation", references: ["RFC 2181 §5"],
        table: [
            Rule.Row(.recordUnexpected, .recordsLost, [.critical], "the set is empty at all servers"),
            Rule.Row(.recordUnexpected, .plannedChange, [.warning], "it has other records than the configuration says"),
        ]
    ) { picture, found in
        guard !picture.isBlind else { return [] }
        return picture.sets.compactMap { fact in
            guard let expected = picture.watch.expected[fact.key], !fact.own.isEmpty,
                !found.contains(where: { $0.subject == fact.key && $0.severity == .critical })
            else { return nil }
            let wanted = Member.sorted(expected)
            let wrong = fact.own.filter { $0.value.members != wanted }
            guard let sight = wrong.first else { return nil }
            let isLost = fact.own.allSatisfy { !$0.value.isPresent }
            let value = SetValue(kind: .data, members: wanted)
            var seen: Set<String> = []
            let holders = wrong.map { "\($0.server.host)" }.filter { seen.insert($0).inserted }
            var finding = Finding(
                .recordUnexpected, .change, isLost ? .recordsLost : .plannedChange, isLost ? .critical : .warning,
                subject: fact.key,
                text: Narrative(
                    "\(fact.key.name) \(fact.key.type) is not what the configuration expects: \(sight.value.text(of: fact.key.type)) "
                        + "instead of \(value.text(of: fact.key.type)).",
                    facts: ["Seen on \(Change.list(holders))."],
                    grounds: ["the servers were asked directly"],
                    advice: "Correct the record, or the expectation in the configuration.", check: picture.dig(fact.key)
                ))
            finding.changes = [
                Change(fact.key, from: value, to: sight.value, seenBy: holders)
            ]
            finding.evidence = wrong.prefix(2).map { EvidencePointer($0.server.source, fact.key) }
            return finding
        }
    }
}
