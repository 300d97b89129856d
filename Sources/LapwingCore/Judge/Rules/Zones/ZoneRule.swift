import DNSWire

/// Records of the whole zone that changed and that rounds do not query individually.
enum ZoneRule {
    static let rule = Rule(
        "zone", references: ["RFC 5936", "RFC 1995"],
        table: [
            Rule.Row(
                .zoneChanged, .plannedChange, [.notice],
                "another version of the zone has records that the one before had not, or lacks some"),
            Rule.Row(
                .zoneChanged, .plannedChange, [.warning],
                "the same, with a delegation below (NS, DS, DNAME), mail hosts (MX), issuers (CAA) or a wildcard among them"
            ),
        ]
    ) { picture, _ in
        guard !picture.isLearning, case .taken(let step) = picture.snapshot.zone?.outcome,
            let difference = step.difference, let first = difference.items.first
        else { return [] }
        return [finding(difference, first, step, picture)]
    }

    private static func finding(
        _ difference: ZoneDifference, _ first: ZoneDifference.Item, _ step: ZoneStep, _ picture: Picture
    ) -> Finding {
        let head = step.update.head
        let isAlone = difference.total == 1
        let headline =
            isAlone
            ? "\(picture.domain): \(first.sentence)."
            : "\(picture.domain): \(difference.counts) in the zone, such as \(first.sentence)."
        let way = head.way == .changes ? "as changes (IXFR)" : "as a whole (AXFR)"
        let versions = step.before.map { "Serial \($0) -> \(head.serial)" } ?? "Serial \(head.serial)"
        var finding = Finding(
            .zoneChanged, .zone, .plannedChange, first.isGrave ? .warning : .notice, subject: first.key,
            text: Narrative(
                headline,
                facts: (isAlone ? [] : difference.lines) + ["\(versions), fetched from \(head.server) \(way)."],
                grounds: ["two versions of the whole zone were compared, record by record"],
                isNot: "a change of what is watched by name: that is reported by itself.",
                advice: "Nothing, if this is yours. If not, check who has access to the zone.",
                check: picture.dig(first.key)))
        finding.changes = difference.items.map { item in
            Change(
                name: item.key.name, kind: item.kind == .timed ? .ttl(item.key.type) : .records(item.key.type),
                old: item.old, new: item.new, seenBy: [head.server])
        }
        finding.need = .now
        return finding.welcome()
    }
}
