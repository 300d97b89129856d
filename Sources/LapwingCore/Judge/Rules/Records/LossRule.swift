import DNSWire

/// A set may change its members freely, but one that always existed does not become empty.
enum LossRule {
    static let rule = Rule(
        "loss", references: ["RFC 2308"],
        table: [
            Rule.Row(
                .recordLost, .recordsLost, [.critical],
                "all servers deny addresses, an alias or mail that always was there"
            ),
            Rule.Row(
                .recordLost, .recordsLost, [.warning],
                "other records, or the addresses of one family while the name keeps those of the other"),
            Rule.Row(.recordLost, .recordsLost, [.notice], "what was declared"),
        ]
    ) { picture, found in
        guard !picture.isBlind, !picture.isLearning else { return [] }
        let lost = picture.sets.filter { fact in
            guard !ContentRule.isOthers(fact.key, picture), let change = SetChange(fact, picture) else { return false }
            return change.old.isPresent && !fact.own.isEmpty && fact.own.allSatisfy { !$0.value.isPresent }
                && !found.contains { $0.holds.contains(fact.key) }
        }
        guard !lost.isEmpty else { return [] }
        return [finding(lost + policies(picture), picture)]
    }

    /// Returns the TXT and CAA sets that vanished together with the records: no policy was weakened, the zone is gone.
    private static func policies(_ picture: Picture) -> [SetFact] {
        picture.sets.filter { fact in
            guard fact.key.type == .txt || fact.key.type == .caa, let change = SetChange(fact, picture) else {
                return false
            }
            return change.old.isPresent && fact.own.allSatisfy { !$0.value.isPresent }
        }
    }

    private static func finding(_ lost: [SetFact], _ picture: Picture) -> Finding {
        let severity: Severity = lost.map { self.severity(of: $0.key, picture) }.max() ?? .warning
        let keys = lost.map(\.key)
        let lines = lost.map { fact in
            "\(fact.key): \(fact.own.first?.value.text(of: fact.key.type) ?? "nothing") on all \(fact.own.count) servers, "
                + "was \(picture.memory(fact.key)?.current?.text(of: fact.key.type) ?? "-")."
        }
        let empty = picture.resolvers.filter { view in keys.contains { view.view.answers[$0]?.records.isEmpty == true }
        }
        let what = Change.list(keys.map { "\($0.name) \($0.type)" })
        var finding = Finding(
            .recordLost, .loss, .recordsLost, severity, subject: keys.first,
            text: Narrative(
                "\(what) \(lost.count == 1 ? "is" : "are") lost: all servers answer without data (NODATA or NXDOMAIN), where there always was some.",
                facts: lines + (empty.isEmpty ? [] : ["Already empty at: \(Change.list(empty.map(\.label)))."]),
                grounds: ["every server was asked directly, twice", "the set was never empty before"],
                isNot: "rotation: members may change, but a set that is used does not become empty.",
                advice:
                    "Restore the record by hand and stop the automation that owns it. If it was taken out on purpose, accept it.",
                check: picture.dig(keys[0])))
        finding.changes = lost.compactMap { fact in
            fact.own.first.map {
                Change(
                    fact.key, from: picture.memory(fact.key)?.current, to: $0.value,
                    seenBy: fact.own.map { "\($0.server.host)" })
            }
        }
        finding.holds = Set(keys)
        finding.evidence = lost.prefix(4).flatMap { fact in fact.own.map { EvidencePointer($0.server.source, fact.key) }
        }
        return finding
    }

    private static func severity(of key: RecordSetKey, _ picture: Picture) -> Severity {
        if picture.isAnnounced(key.type) { return .notice }
        guard [RecordType.a, .aaaa, .cname, .mx].contains(key.type) else { return .warning }
        let other: RecordType? = key.type == .a ? .aaaa : key.type == .aaaa ? .a : nil
        let keepsOther = picture.sets.contains { $0.key.name == key.name && $0.key.type == other && $0.isPresent }
        return keepsOther ? .warning : .critical
    }
}
