import DNSWire

/// Low and reduced TTLs, judged at the authoritative servers only.
enum TTLRule {
    static let rule = Rule(
        "ttl", references: ["RFC 1912 §2.2", "RFC 2181 §8"],
        table: [
            Rule.Row(.ttlCut, .ttlAnomaly, [.notice], "cut to a fifth or less on a steady name"),
            Rule.Row(.ttlLow, .ttlAnomaly, [.notice], "fell below the configured floor"),
        ]
    ) { picture, found in
        guard !picture.isBlind, !picture.isLearning else { return [] }
        let cut = picture.sets.filter { fact in
            guard let memory = picture.memory(fact.key), let before = memory.ttl.current, let now = fact.ttl,
                now < before,
                memory.isStable, fact.key.type != .soa, let value = fact.agreed, value == memory.current,
                value.isPresent,
                fact.own.allSatisfy({ $0.ttl == now }), !picture.isAnnounced(fact.key.type)
            else { return false }
            return now <= before / 5 || (now < picture.watch.lowTTL && before >= picture.watch.lowTTL)
        }
        guard let first = cut.first, let ttl = first.ttl else { return [] }
        let isLow = cut.contains { ($0.ttl ?? 0) < picture.watch.lowTTL }
        let lines = cut.map { "\($0.key): TTL \(picture.memory($0.key)?.ttl.current ?? 0) -> \($0.ttl ?? 0) s." }
        var finding = Finding(
            isLow ? .ttlLow : .ttlCut, .ttl, .ttlAnomaly, .notice, subject: first.key,
            text: Narrative(
                "\(Change.list(cut.map { "\($0.key.name) \($0.key.type)" })): the TTL was lowered to \(ttl) s at the authority.",
                facts: lines, grounds: ["all servers agree; the data is unchanged"],
                isNot: "a cache counting down: the authority was asked.",
                advice: "Often done a day before a move. Raise it again afterwards.", check: picture.dig(first.key)))
        finding.changes = cut.map {
            Change(
                name: $0.key.name, kind: .ttl($0.key.type), old: ["\(picture.memory($0.key)?.ttl.current ?? 0)"],
                new: ["\($0.ttl ?? 0)"], seenBy: $0.own.map { "\($0.server.host)" })
        }
        finding.holds = Set(cut.map(\.key))
        finding.evidence = [EvidencePointer(first.own[0].server.source, first.key)]
        return [finding.welcome(seconds: 3600)]
    }
}
