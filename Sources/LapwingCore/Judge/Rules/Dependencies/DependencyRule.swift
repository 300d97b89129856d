import DNSWire

/// Names outside the domain that it relies on: name servers, mail hosts, aliases, SPF includes.
enum DependencyRule {
    /// The number of consecutive regular rounds in which an alias target must be missing; a provider's short failure is
    /// over by then.
    static let danglingPolls = 12
    /// Seconds of absence after which a target that returns with other data was taken over rather than repaired.
    static let abandoned: Int64 = 86_400

    static let rule = Rule(
        "dependencies", references: ["RFC 1912 §2.4", "RFC 2182"],
        table: [
            Rule.Row(
                .dependencyFree, .takeoverRisk, [.critical],
                "the domain of a name server is NXDOMAIN at its own parent in two polls and a look between"),
            Rule.Row(
                .dependencyFree, .takeoverRisk, [.warning],
                "the domain of a mail host, alias target or SPF include is NXDOMAIN at its own parent in twelve polls"),
            Rule.Row(
                .dependencyMissing, .takeoverRisk, [.warning],
                "a mail host or SPF include that was there is missing in twelve polls in a row, its domain is not"),
            Rule.Row(
                .dependencyTaken, .hijackSuspected, [.critical],
                "a name server, mail host or SPF include is back after more than a day with data never seen"),
            Rule.Row(
                .delegationHijacked, .hijackSuspected, [.critical],
                "the delegation leads to names that do not exist, within 45 days of a change at the registrar"),
            Rule.Row(
                .delegationLame, .delegationBroken, [.critical], "none of the names in the delegation exists"),
            Rule.Row(
                .delegationLame, .delegationBroken, [.warning],
                "a name server's name does not exist in three polls, its domain does"),
            Rule.Row(.aliasDangling, .takeoverRisk, [.warning], "an alias target is missing in twelve polls in a row"),
            Rule.Row(
                .aliasFailing, .authorityOutage, [.notice], "resolvers fail behind an alias in twelve polls in a row"),
            Rule.Row(
                .aliasTaken, .hijackSuspected, [.critical], "it is back after more than a day with data never seen"),
        ]
    ) { picture, _ in
        guard !picture.isBlind else { return [] }
        return servers(picture) + others(picture) + aliases(picture) + failing(picture)
    }

    // MARK: Name servers

    private static func servers(_ picture: Picture) -> [Finding] {
        var names = picture.snapshot.parent.hosts.map(\.name.folded)
        let inZone = picture.servers.filter { $0.isOwn && $0.answers }.flatMap {
            DelegationChange.apexNames($0, picture.domain)
        }
        for name in inZone.sorted() where !names.contains(name) { names.append(name) }
        let found = names.filter { !$0.isSubdomain(of: picture.domain) }.compactMap { server($0, picture) }
        return (nowhere(found, picture).map { [$0] } ?? found).map { suspected($0, picture) }
    }

    /// New names in the delegation that do not exist are not taken for a mistake after a change at the registrar.
    private static func suspected(_ finding: Finding, _ picture: Picture) -> Finding {
        let usual = picture.state.baseline.names
        let announced = picture.state.baseline.announced
        let isMove = picture.snapshot.parent.hosts.contains {
            !usual.contains($0.name.folded) && announced[$0.name.folded] == nil
        }
        guard finding.cause == .delegation, finding.incidentClass != .hijackSuspected, isMove, !usual.isEmpty,
            !picture.isDeclared(.ns), let forewarnings = picture.state.forewarnings
        else { return finding }
        let moment = picture.state.baseline.departure?.since ?? picture.now
        return finding.suspected(after: forewarnings.words(before: moment))
    }

    /// Returns one finding if none of the delegated names exists: once caches expire, no resolver can find a server.
    private static func nowhere(_ found: [Finding], _ picture: Picture) -> Finding? {
        let listed = picture.snapshot.parent.hosts.map(\.name.folded)
        let missing = found.filter { $0.code == .delegationLame }.map(\.cause)
        guard !listed.isEmpty, listed.allSatisfy({ missing.contains(.server($0)) }) else { return nil }
        let names = Change.list(listed.map(\.description))
        let usual = picture.state.baseline.names.sorted()
        var finding = Finding(
            .delegationLame, .delegation, .delegationBroken, .critical, subject: RecordSetKey(picture.domain, .ns),
            text: Narrative(
                "\(picture.domain) is delegated to \(names) only, and no such name\(listed.count == 1 ? "" : "s") exist\(listed.count == 1 ? "s" : "").",
                facts: [
                    "Delegation: \(names) (was \(Change.list(usual.map(\.description)))).",
                    "Look-ups fail as the addresses and the old delegation leave caches "
                        + "(NS TTL \(picture.state.baseline.nsTTL) s).",
                ],
                grounds: ["the parent was asked directly", "each name was looked up at the servers of its own zone"],
                isNot: "an outage of servers: there is no address to send a question to.",
                advice:
                    "Have the names corrected at \(picture.state.registry.known?.registrar ?? "the registrar") at once; where they are as ordered, their operator has lost them.",
                check: "dig \(listed[0]) A"))
        finding.need = Confirmation(looks: 3, polls: 2)
        finding.look = SecondLook(asksRegistry: true, dependencies: listed)
        finding.holds = [RecordSetKey(picture.domain, .ns)]
        if Set(usual) != Set(listed) {
            finding.changes = [
                Change(
                    name: picture.domain, kind: .records(.ns), old: usual.map(\.description),
                    new: listed.map(\.description),
                    seenBy: ["parent"])
            ]
        }
        return finding
    }

    private static func server(_ name: Name, _ picture: Picture) -> Finding? {
        let view = picture.snapshot.dependencies.first { $0.name == name }
        if let view, let taken = taken(view, by: [RecordSetKey(picture.domain, .ns)], picture) { return taken }
        let host = picture.snapshot.parent.hosts.first { $0.name == name }
        let isMissing = host?.lookup == .nxDomain || view?.nameState == .absent || view?.domainState == .absent
        guard isMissing else { return nil }
        let isFree = view?.domainState == .absent && view?.registered != true
        let registrable = view?.registrable ?? name
        let usual = picture.state.baseline.names.filter { $0 != name }.sorted()
        var finding: Finding
        if isFree {
            finding = Finding(
                .dependencyFree, .delegation, .takeoverRisk, .critical, subject: RecordSetKey(picture.domain, .ns),
                text: Narrative(
                    "\(picture.domain) is delegated to \(name), which does not exist: \(registrable) is not registered.",
                    facts: [
                        "NXDOMAIN for \(registrable) at its own parent\(view?.registered == false ? ", and the registry knows no such name" : "").",
                        "Other name servers: \(Change.list(usual.map(\.description))).",
                    ],
                    grounds: ["the name is free for anyone to register, at its parent, more than once"],
                    isNot: "a mere outage of one server: whoever registers it answers a share of all look-ups.",
                    advice:
                        "Looks like a typing error or an abandoned name. Correct it at the registrar and in the zone; until then "
                        + "consider registering \(registrable) yourself.",
                    check: "dig \(registrable) NS"))
            finding.need = Confirmation(looks: 3, polls: 2)
        } else {
            finding = Finding(
                .delegationLame, .server(name), .delegationBroken, .warning,
                subject: RecordSetKey(picture.domain, .ns),
                text: Narrative(
                    "\(picture.domain) is delegated to \(name), and no such name exists.",
                    facts: ["Its domain \(registrable) exists or could not be asked."],
                    grounds: ["the name was looked up at the servers of its own zone"],
                    advice: "Correct the name at the registrar and in the zone.", check: "dig \(name) A"))
            finding.need = .polls(3)
        }
        finding.look = SecondLook(dependencies: [name])
        finding.changes = [
            Change(
                name: picture.domain, kind: .records(.ns), old: usual.map(\.description), new: [name.description],
                seenBy: ["parent"])
        ]
        return finding
    }

    // MARK: Aliases

    private static func aliases(_ picture: Picture) -> [Finding] {
        picture.sets.compactMap { fact in
            guard let alias = fact.own.first?.value.alias, fact.own.first?.value.kind == .elsewhere,
                fact.key.type != .cname,
                let memory = picture.memory(fact.key)
            else { return nil }
            if let since = memory.danglingSince, picture.now.seconds(since: since) > abandoned {
                if let taken = taken(fact.key, alias, since, memory, picture) { return taken }
            }
            let isMissing = Dependencies.isMissing(fact.key, alias, picture)
            guard isMissing, memory.danglingPolls + (picture.isRegular ? 1 : 0) >= danglingPolls else { return nil }
            return dangling(fact.key, alias, memory, picture)
        }
    }

    /// Returns a finding about names that cannot be resolved because servers outside the domain fail.
    private static func failing(_ picture: Picture) -> [Finding] {
        let hurt = picture.resolvers.filter { !$0.failedElsewhere.isEmpty && $0.controlsWork }
        guard hurt.count >= min(2, picture.resolvers.count), let key = hurt.first?.failedElsewhere.first,
            let alias = picture.sets.first(where: { $0.key == key })?.own.first?.value.alias
        else { return [] }
        var finding = Finding(
            .aliasFailing, .dependency(alias), .authorityOutage, .notice, subject: key,
            text: Narrative(
                "\(key.name) cannot be resolved: the servers of \(alias), which it is an alias of, fail.",
                facts: [
                    "SERVFAIL at \(Change.list(hurt.map(\.name))) for an hour; other names of \(picture.domain) resolve there."
                ],
                grounds: ["your servers give the alias as always"],
                isNot: "a fault of your servers, nor a free name: SERVFAIL does not say that it is gone.",
                advice: "Ask the provider behind \(alias).", check: "dig \(alias) \(key.type)"))
        finding.need = .polls(danglingPolls)
        finding.clearing = .absent(polls: 3)
        finding.evidence = hurt.prefix(3).map { EvidencePointer(.resolver($0.label), key) }
        return [finding]
    }

    private static func dangling(_ key: RecordSetKey, _ alias: Name, _ memory: SetMemory, _ picture: Picture) -> Finding
    {
        let end = chainEnd(of: key, picture) ?? alias
        var finding = Finding(
            .aliasDangling, .dependency(alias), .takeoverRisk, .warning, subject: key,
            text: Narrative(
                end == alias
                    ? "\(key.name) is an alias (CNAME) of \(alias), which no longer exists."
                    : "\(key.name) is an alias (CNAME) of \(alias), which leads to \(end), and that no longer exists.",
                facts: ["NXDOMAIN for \(end) in \(danglingPolls) polls in a row."],
                grounds: [
                    "from the servers of that name or from three resolvers; time-outs and SERVFAIL were not counted"
                ],
                isNot: "a blip of the provider: those are over within the hour.",
                advice:
                    "Anyone who can claim that name at the provider can publish under your domain. Delete the CNAME or restore "
                    + "the service.", check: "dig \(key.name) CNAME"))
        finding.need = .now
        finding.since = memory.danglingSince
        finding.clearing = .absent(polls: 3)
        finding.changes = [
            Change(name: key.name, kind: .aliasTarget, old: [alias.description], new: ["NXDOMAIN"], seenBy: [])
        ]
        finding.evidence = picture.resolvers.prefix(3).map { EvidencePointer(.resolver($0.label), key) }
        return finding
    }

    /// Returns the final target of the aliases, as resolvers follow them.
    private static func chainEnd(of key: RecordSetKey, _ picture: Picture) -> Name? {
        let answer = picture.resolvers.lazy.compactMap { $0.view.answers[key] }.first { !$0.aliases.isEmpty }
        return answer?.target(of: key.name).folded
    }

    private static func taken(
        _ key: RecordSetKey, _ alias: Name, _ since: Timestamp, _ memory: SetMemory, _ picture: Picture
    ) -> Finding? {
        var seen: [String] = []
        var members: Set<Member> = []
        for resolver in picture.resolvers {
            guard let answer = resolver.view.answers[key], answer.outcome == .data, let value = SetValue(answer) else {
                continue
            }
            let strange = value.members.filter { memory.elsewhere[$0] == nil }
            guard !strange.isEmpty else { continue }
            seen.append(resolver.label)
            members.formUnion(strange)
        }
        guard seen.count >= min(2, picture.resolvers.count), !seen.isEmpty else { return nil }
        let data = members.sorted().map { $0.text(as: key.type) }
        let known = memory.elsewhere.keys.sorted().map { $0.text(as: key.type) }
        var finding = Finding(
            .aliasTaken, .dependency(alias), .hijackSuspected, .critical, subject: key,
            text: Narrative(
                "\(key.name) is an alias of \(alias), which did not exist since \(since.sentence) and is back with \(Change.list(data)), never seen before: "
                    + "it seems to be taken over.",
                facts: ["Known from before: \(Change.list(known)).", "Seen at \(Change.list(seen))."],
                grounds: ["absent for more than a day", "other data than it ever had"],
                isNot: "a recovery: that would bring back what was there.",
                advice:
                    "Delete the CNAME now; somebody else publishes under your name. Then look for certificates issued for \(key.name).",
                check: "dig \(key.name) \(key.type)"))
        finding.changes = [Change(name: key.name, kind: .records(key.type), old: known, new: data, seenBy: seen)]
        finding.clearing = .after(seconds: 48 * 3600)
        finding.evidence = seen.prefix(3).map { EvidencePointer(.resolver($0), key) }
        return finding
    }
}
