import DNSWire

/// The delegation as the registry lists it, compared with what the parent zone serves: two copies of the same data.
enum CopiesRule {
    /// Seconds after a change at the registry in which its zone may not have been published yet.
    static let publication: Int64 = 86_400
    /// Seconds for which a new difference has to last.
    private static let patience: Int64 = 2 * 86_400

    static let rule = Rule(
        "copies", references: ["RFC 9083 §5.3", "RFC 5732", "RFC 5910"],
        table: [
            Rule.Row(
                .registryDiffers, .posture, [.warning],
                "the registry lists other name servers, or another DS set, than the zone above serves",
                lasting: patience),
            Rule.Row(
                .registryDiffers, .posture, [.notice], "it lists other addresses (glue) of a name server in the domain",
                lasting: patience),
            Rule.Row(
                .registryDiffers, .posture, [.info],
                "any of it, within a day of the last change that the registry tells of", lasting: patience),
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.watch.watchesRegistration, let difference = difference(picture) else {
            return []
        }
        // A delegation that is changing or was taken over has findings of its own.
        let isOther =
            found.has(.delegation) || found.has(.secureDelegation) || found.has(.registration, atLeast: .critical)
        guard !isOther, picture.state.book.open(.delegation) == nil, picture.state.book.open(.secureDelegation) == nil,
            picture.state.baseline.departure == nil
        else { return [] }
        return [finding(difference, picture)]
    }

    /// Both copies are seen together when the registry is asked; the result holds as long as the parent zone serves the
    /// same.
    private static func difference(_ picture: Picture) -> RegistryDifference? {
        let parent = picture.snapshot.parent
        if let fresh = picture.snapshot.registry, fresh.outcome == .registered {
            return RegistryDifference(fresh, parent, of: picture.domain)
        }
        return picture.state.registry.differs.flatMap { $0.isStill(parent) ? $0 : nil }
    }

    private static func finding(_ difference: RegistryDifference, _ picture: Picture) -> Finding {
        let facts = RegistrationRule.facts(picture)
        let zone = picture.snapshot.parent.zone.map { "\($0)" } ?? "the zone above"
        let changed = facts?.updated.map { picture.now.seconds(since: $0.at) }
        let isRecent = changed.map { (0..<publication).contains($0) } ?? false
        let isGrave = difference.entries.contains { $0.part != .glue }
        let what = difference.entries.map { words($0.part) }.joined(separator: " and ")
        let registrar = facts?.registrar ?? "the registrar"
        var grounds = ["both were asked at the same time"]
        if let moment = facts?.updated {
            grounds.append("the registry says that it was last changed at \(moment.text)")
        }
        if let moment = facts?.refreshed { grounds.append("its answers are up to date to \(moment.text)") }
        var finding = Finding(
            .registryDiffers, .posture(.registryDiffers), .posture, isRecent ? .info : isGrave ? .warning : .notice,
            subject: RecordSetKey(picture.domain, difference.entries.allSatisfy { $0.part == .ds } ? .ds : .ns),
            text: Narrative(
                "\(picture.domain): the registry lists other \(what) than the zone \(zone) serves.",
                facts: difference.entries.flatMap { entry in
                    [
                        "\(title(entry.part)) at the registry: \(list(entry.registry)); in the zone: \(list(entry.parent))."
                    ]
                },
                grounds: grounds,
                isNot: isRecent
                    ? "a fault yet: what was changed at the registry may take hours to be published."
                    : "an outage: resolvers follow the zone above, not the registry.",
                advice:
                    "Ask \(registrar) which is meant: the registry may write its own into the zone at the next change.",
                check: "lapwing registration \(picture.domain)"))
        finding.clearing = .absent(polls: 3)
        finding.evidence = picture.snapshot.parent.answers.map {
            EvidencePointer(.parent($0.address), RecordSetKey(picture.domain, .ns))
        }
        return finding
    }

    private static func list(_ values: [String]) -> String { values.isEmpty ? "none" : Change.list(values) }

    private static func words(_ part: RegistryDifference.Part) -> String {
        switch part {
        case .nameServers: "name servers"
        case .glue: "glue"
        case .ds: "DS records"
        }
    }

    private static func title(_ part: RegistryDifference.Part) -> String {
        switch part {
        case .nameServers: "Name servers"
        case .glue: "Glue"
        case .ds: "DS"
        }
    }
}
