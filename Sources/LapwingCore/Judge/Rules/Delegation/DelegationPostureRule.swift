import DNSWire

/// A delegation that depends on one server, and a parent and a zone that do not name the same servers.
enum DelegationPostureRule {
    static let rule = Rule(
        "delegation-posture", references: ["RFC 1034 §4.2.2", "RFC 2182 §3.1"],
        table: [
            Rule.Row(
                .delegationSingle, .posture, [.warning], "one name server only, or one address for all of them",
                lasting: 86_400),
            Rule.Row(
                .delegationMismatch, .posture, [.warning], "the parent names servers that the zone does not",
                lasting: 2 * 86_400),
            Rule.Row(
                .delegationMismatch, .posture, [.notice], "the zone names servers that the parent does not",
                lasting: 2 * 86_400),
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.snapshot.parent.state == .delegated else { return [] }
        // A delegation that is changing or was taken over has findings of its own.
        guard !found.has(.delegation), picture.state.book.open(.delegation) == nil else { return [] }
        return [single(picture), mismatch(picture)].compactMap(\.self)
    }

    private static func single(_ picture: Picture) -> Finding? {
        let hosts = picture.snapshot.parent.hosts
        let ns = RecordSetKey(picture.domain, .ns)
        let headline: String
        let advice: String
        if Set(hosts.map(\.name.folded)).count < 2 {
            headline = "\(picture.domain) is delegated to one name server only."
            advice = "Add a second one in another network (RFC 2182)."
        } else if picture.hostsWithoutAddress.isEmpty, Set(hosts.flatMap { $0.glue + $0.addresses }).count == 1 {
            headline = "\(picture.domain): all name servers share one address."
            advice = "Put them on machines in different networks (RFC 2182 §3.1)."
        } else {
            return nil
        }
        var finding = Finding(
            .delegationSingle, .posture(.delegationSingle), .posture, .warning, subject: ns,
            text: Narrative(
                headline,
                facts: ["Name servers: \(Change.list(hosts.map { "\($0.name)" }))."],
                grounds: ["the delegation and the addresses of its servers, as the parent was asked for them"],
                isNot: "an outage: as long as that one place answers, look-ups succeed.", advice: advice,
                check: picture.dig(ns)))
        finding.clearing = .absent(polls: 3)
        return finding
    }

    private static func mismatch(_ picture: Picture) -> Finding? {
        let ns = RecordSetKey(picture.domain, .ns)
        let parent = Set(picture.snapshot.parent.hosts.map(\.name.folded))
        for server in picture.servers where server.isListed && server.answers {
            let child = Set(DelegationChange.apexNames(server, picture.domain))
            guard !child.isEmpty, child != parent else { continue }
            let extra = child.subtracting(parent).sorted().map(\.description)
            let missing = parent.subtracting(child).sorted().map(\.description)
            var finding = Finding(
                .delegationMismatch, .posture(.delegationMismatch), .posture, missing.isEmpty ? .notice : .warning,
                subject: ns,
                text: Narrative(
                    "\(picture.domain): parent and zone name different name servers.",
                    facts: (missing.isEmpty ? [] : ["Only at the parent: \(Change.list(missing))."])
                        + (extra.isEmpty ? [] : ["Only in the zone, at \(server.host): \(Change.list(extra))."]),
                    grounds: ["the parent and a server of the zone were asked directly"],
                    isNot: "an outage: resolvers use either list.", advice: "Make both sets equal.",
                    check: picture.dig(ns, at: "\(server.address)")))
            finding.evidence = [EvidencePointer(server.source, ns)]
            finding.clearing = .absent(polls: 3)
            return finding
        }
        return nil
    }
}
