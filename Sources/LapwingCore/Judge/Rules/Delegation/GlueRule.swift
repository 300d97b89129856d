import DNSWire

/// Glue at the parent compared with the addresses that the zone itself gives for the same host.
enum GlueRule {
    struct Difference {
        var host: Name
        var glue: [IPAddress]
        var zone: [IPAddress]
        /// Addresses of outdated glue at which no server answers any more.
        var dead: [IPAddress]
        /// Seconds for which caches may hold the zone's earlier records.
        var ttl: UInt32
    }

    static let rule = Rule(
        "glue", references: ["RFC 1034 §4.2.2", "RFC 9471"],
        table: [
            Rule.Row(.delegationGlue, .delegationBroken, [.critical], "no server answers at an address of the glue"),
            Rule.Row(
                .delegationGlue, .delegationBroken, [.warning],
                "the difference outlasts the TTL of the host's record, or the old address does not answer"),
            Rule.Row(
                .delegationGlue, .delegationBroken, [.notice], "the parent gives another address than the zone"),
        ]
    ) { picture, found in
        // Glue that points to a hijacker's servers is part of that finding.
        let isTaken = picture.state.book.open.contains { $0.code == .delegationHijacked }
        guard !picture.isLearning || picture.isFirstLook, !isTaken, !found.has(.delegation, atLeast: .critical) else {
            return []
        }
        return differences(picture).map { finding($0, picture) }
    }

    static func differences(_ picture: Picture) -> [Difference] {
        guard picture.snapshot.parent.state == .delegated else { return [] }
        return picture.snapshot.parent.hosts.compactMap { host in
            guard !host.glue.isEmpty, host.name.isSubdomain(of: picture.domain) else { return nil }
            var said: Set<IPAddress> = []
            var ttl: UInt32 = 0
            for server in picture.servers where server.isOwn && server.answers {
                for type in [RecordType.a, .aaaa] {
                    let records = server.view.answer(host.name, type)?.records ?? []
                    said.formUnion(records.compactMap { Address($0.data)?.address })
                    ttl = max(ttl, records.map(\.ttl).max() ?? 0)
                }
            }
            // Only address families for which the zone has records can differ.
            let glue = host.glue.filter { address in said.contains { $0.isIPv4 == address.isIPv4 } }
            guard !glue.isEmpty, !said.isEmpty, glue.contains(where: { !said.contains($0) }) else { return nil }
            let stale = glue.filter { !said.contains($0) }
            let dead = stale.filter { address in
                picture.servers.contains { $0.address == address && $0.host == host.name && !$0.answers }
            }
            return Difference(host: host.name.folded, glue: glue.sorted(), zone: said.sorted(), dead: dead, ttl: ttl)
        }
    }

    private static func finding(_ difference: Difference, _ picture: Picture) -> Finding {
        let parent = picture.snapshot.parent
        let glue = Set(parent.hosts.flatMap(\.glue))
        let noneAnswers = !glue.isEmpty && !picture.servers.contains { glue.contains($0.address) && $0.answers }
        let key = RecordSetKey(difference.host, .a)
        let ttl = Int64(picture.memory(key)?.ttl.highest ?? difference.ttl)
        let since = picture.state.baseline.glueDiffersSince[difference.host]
        let isLong = since.map { picture.now.seconds(since: $0) > ttl } ?? false
        let severity: Severity = noneAnswers ? .critical : isLong || !difference.dead.isEmpty ? .warning : .notice
        let given = Change.list(difference.glue.map(\.description))
        let said = Change.list(difference.zone.map(\.description))
        var finding = Finding(
            .delegationGlue, .server(difference.host), .delegationBroken, severity, subject: key,
            text: Narrative(
                "\(picture.domain): glue at \(parent.zone.map { "\($0)" } ?? "the parent") gives \(difference.host) the address \(given), "
                    + "the zone says \(said).",
                facts: difference.dead.isEmpty
                    ? ["Both addresses answer."]
                    : ["The old address \(Change.list(difference.dead.map(\.description))) no longer answers."],
                grounds: ["the parent's referral and the zone's own servers were asked directly"],
                isNot: "an outage: the other servers answer, but look-ups lose time and redundancy is gone.",
                advice:
                    "Update the host record (glue) at \(picture.state.registry.known?.registrar ?? "the registrar").",
                check:
                    "dig +norecurse \(picture.domain) NS @\(parent.answers.first.map { "\($0.address)" } ?? "parent")"))
        finding.changes = [
            Change(
                name: difference.host, kind: .glue, old: difference.glue.map(\.description),
                new: difference.zone.map(\.description), seenBy: ["zone"])
        ]
        return finding
    }
}
