import DNSWire

/// Servers that do not answer or refuse.
enum ServersRule {
    /// The number of regular rounds, and of seconds, for which one of several servers may fail.
    static let patience = 6
    static let patienceSeconds: Int64 = 1800
    /// Seconds to wait for other places if resolvers already show the state of the servers.
    static let placePatience: Int64 = 30

    static let rule = Rule(
        "servers", references: ["RFC 2182", "RFC 1912 §2.8"],
        table: [
            Rule.Row(
                .serversSilent, .authorityOutage, [.critical],
                "no server answers, or has an address to be asked at, in two looks, and after two minutes where at most one resolver fails; parent and controls do"
            ),
            Rule.Row(
                .serversRefuse, .takeoverRisk, [.critical], "all servers, at a host shared with others, refuse the zone"
            ),
            Rule.Row(.serversRefuse, .authorityOutage, [.critical], "all servers fail"),
            Rule.Row(
                .monitorPath, .monitorFault, [.notice],
                "no server answers here, but resolvers get fresh answers from them"),
            Rule.Row(
                .serversSilent, .authorityOutage, [.critical],
                "servers answer here, but none does at most places, in two looks of each"
            ),
            Rule.Row(
                .placePath, .monitorFault, [.notice],
                "no server answers at one place or a few, while servers answer at at least as many"),
            Rule.Row(
                .recordFailing, .authorityOutage, [.warning, .critical],
                "all servers answer, but fail for this RRset or are silent about it in three polls; critical for addresses and mail that were there"
            ),
            Rule.Row(
                .recordFailing, .authorityOutage, [.warning], "one of several servers fails for an RRset in six polls"),
            Rule.Row(
                .serverSilent, .authorityOutage, [.warning], "one of several silent for half an hour and six polls"),
            Rule.Row(
                .serverSilent, .delegationBroken, [.warning],
                "the same, and the zone itself no longer lists the server; six polls are enough"),
            Rule.Row(
                .delegationLame, .authorityOutage, [.warning, .critical],
                "one listed server answers SERVFAIL for six polls"),
            Rule.Row(
                .delegationLame, .delegationBroken, [.warning, .critical],
                "one listed server refuses for six polls; critical when most do"),
        ]
    ) { picture, _ in
        guard !picture.isBlind, picture.state.learntAt != nil || picture.snapshot.parent.state == .delegated else {
            return []
        }
        let servers = picture.listedOwn
        let lacking = picture.hostsWithoutAddress
        guard !servers.isEmpty || !lacking.isEmpty, worldIsThere(picture) else { return [] }
        // Names that do not exist have a finding of their own.
        let isNowhere = servers.isEmpty && lacking.allSatisfy { $0.lookup == .nxDomain }
        if !servers.contains(where: \.answers), !picture.unacceptedServers.contains(where: \.answers), !isNowhere {
            return [all(servers, lacking, picture)]
        }
        // A new server that never answers is not accepted, but resolvers are referred to it.
        let listed = servers + picture.unacceptedServers.filter { $0.isListed && !$0.answers }
        return listed.filter { !$0.answers }.compactMap { one($0, listed, picture) } + failing(servers, picture)
            + elsewhere(servers, picture)
    }

    /// Whether the parent or a control answered in the same minute, so that the monitor is not blind.
    private static func worldIsThere(_ picture: Picture) -> Bool {
        picture.snapshot.parent.answers.contains { $0.answers.values.contains(where: \.isReply) }
            || picture.resolvers.contains(where: \.controlsWork)
    }

    private static func all(_ servers: [ServerFact], _ lacking: [ParentView.Host], _ picture: Picture) -> Finding {
        let refusing = servers.filter { if case .refuses = $0.standing { true } else { false } }
        let failing = picture.resolvers.filter { !$0.failed.isEmpty }.map(\.label)
        let names = servers.map { "\($0.label): \(words($0))" }
        var facts = names.map { $0 + "." } + lacking.map { "\($0.name): \(whyWithoutAddress($0))." }
        if !failing.isEmpty { facts.append("Already failing at: \(failing.joined(separator: ", ")).") }
        let vote = picture.snapshot.places.isEmpty ? PlaceVote() : picture.outageVote(servers)
        if let finding = cutOffHere(vote, servers, picture) { return finding }
        if vote.isShared || !vote.unknown.isEmpty { facts.append(vote.sentence) }
        let reach = Reachability(servers, picture)
        if reach.isThere {
            var finding = cutOff(servers, reach, picture)
            // The other places give a more precise verdict as soon as they have looked.
            if !vote.unknown.isEmpty { finding.need.seconds = placePatience }
            return finding
        }
        if refusing.isEmpty {
            let isFelt = Self.isFelt(picture)
            let who = servers.hostNames + lacking.map { "\($0.name), no address known" }
            var finding = Finding(
                .serversSilent, .servers, .authorityOutage, .critical,
                text: Narrative(
                    "\(picture.domain): no authoritative server answers\(vote.isShared ? " " + vote.share : ""): \(Change.list(who)).",
                    facts: facts,
                    grounds: [
                        !isFelt
                            ? "several tries over \(picture.watch.outagePatience) s" : "two looks in a row",
                        "the parent and names elsewhere answered in the same minute",
                    ],
                    isNot: "a fault of this monitor or of the delegation, which is intact.",
                    advice: "Call the DNS operator; look at routes and firewalls. Names fail as their TTLs run out.",
                    check: picture.dig(RecordSetKey(picture.domain, .soa))))
            // As long as caches serve nearly all users, there is time to see whether the outage passes.
            if !isFelt, picture.watch.outagePatience > 0 { finding.need.seconds = picture.watch.outagePatience }
            // Other places are asked to look at once; their sights decide whether it is an outage.
            if isFelt, !vote.unknown.isEmpty { finding.need.seconds = min(placePatience, picture.watch.outagePatience) }
            finding.look = askingResolvers(picture)
            // The same for all domains on these servers, whatever addresses of them are known.
            let hosts = Set(servers.map { "\($0.host.folded)" } + lacking.map { "\($0.name.folded)" })
            finding.shared = "servers " + hosts.sorted().joined(separator: ", ")
            finding.evidence = servers.map { EvidencePointer($0.source, RecordSetKey(picture.domain, .soa)) }
            return finding
        }
        return refused(servers, facts, picture)
    }

    /// Whether at least two resolvers already fail for users: for the same RRset, or for most of all their questions.
    private static func isFelt(_ picture: Picture) -> Bool {
        let working = picture.resolvers.filter(\.controlsWork)
        let counts = Dictionary(working.flatMap(\.failed).map { ($0, 1) }, uniquingKeysWith: +)
        return counts.values.contains { $0 >= 2 } || working.count { $0.unanswered * 2 > $0.view.answers.count } >= 2
    }

    /// Returns why a server of the delegation cannot be asked at all.
    static func whyWithoutAddress(_ host: ParentView.Host) -> String {
        switch host.lookup {
        case .nxDomain: "no such name"
        case .noData: "the name has no address"
        case .timeout, .unreachable: "its address cannot be looked up, nobody answers for the name"
        case .failure(let code): "its address cannot be looked up (\(code))"
        default: "its address is not known"
        }
    }

    /// Reports servers that answer and do not serve the zone. At a shared host others may create the zone there;
    /// servers of the domain's own, or servers that fail (SERVFAIL), are broken.
    private static func refused(_ servers: [ServerFact], _ facts: [String], _ picture: Picture) -> Finding {
        let words = servers.filter { $0.standing != .silent }.map(words)
        let isLame = !words.contains { $0.contains("SERVFAIL") }
        let isShared = servers.contains { !$0.host.isSubdomain(of: picture.domain) }
        let isFree = isLame && isShared
        var finding = Finding(
            .serversRefuse, .servers, isFree ? .takeoverRisk : .authorityOutage, .critical,
            text: Narrative(
                isLame
                    ? "\(picture.domain): all authoritative servers refuse the zone (REFUSED): it is lame (not authoritative any more)."
                    : "\(picture.domain): all authoritative servers fail (SERVFAIL).",
                facts: facts,
                grounds: ["each listed server was asked directly, twice", "the delegation at the parent is unchanged"]
                    + (isFree ? ["the servers are a host's who serves others too: the zone was deleted there"] : []),
                isNot: "a network fault: the servers answer, with an error.",
                advice: isFree
                    ? "See whether the account at the DNS operator still exists, and put the zone back. As long as nobody holds "
                        + "it there, a stranger with an account at the same operator may claim it: point the delegation "
                        + "elsewhere if in doubt."
                    : "Look at the servers: a zone that expired or cannot be loaded is answered so.",
                check: picture.dig(RecordSetKey(picture.domain, .soa))))
        finding.look = askingResolvers(picture)
        finding.evidence = servers.map { EvidencePointer($0.source, RecordSetKey(picture.domain, .soa)) }
        finding.clearing = .absent(polls: 3)
        return finding
    }

    /// Counts name servers by name, however many addresses each has.
    private static func count(_ servers: [ServerFact], _ picture: Picture) -> Int {
        Set(servers.map(\.host.folded) + picture.hostsWithoutAddress.map(\.name.folded)).count
    }

    private static func one(_ server: ServerFact, _ servers: [ServerFact], _ picture: Picture) -> Finding? {
        guard let memory = picture.state.servers[server.address], !picture.isDeclared(.servers) else { return nil }
        // Outdated glue has a finding of its own.
        if GlueRule.differences(picture).contains(where: { $0.dead.contains(server.address) }) { return nil }
        let zoneLists = Set(
            picture.servers.filter { $0.isOwn && $0.answers }.flatMap { DelegationChange.apexNames($0, picture.domain) }
        )
        let isForgotten = !zoneLists.isEmpty && !zoneLists.contains(server.host)
        // Only answers refute a known failure, and its relapse needs no waiting time.
        let known = picture.state.book.open.first { $0.cause == .server(server.host) }
        var told: Finding
        let isRipe: Bool
        switch server.standing {
        case .answers: return nil
        case .silent:
            let lasted = memory.silentSince.map { picture.now.seconds(since: $0) } ?? 0
            isRipe =
                memory.silentPolls + poll(picture) >= patience && (lasted >= patienceSeconds || isForgotten)
            guard isRipe || known != nil else { return nil }
            let isElsewhere = servers.contains { $0.host == server.host && $0.answers }
            told = finding(
                .serverSilent, isForgotten ? .delegationBroken : .authorityOutage, .warning, server, picture,
                isElsewhere
                    ? "\(picture.domain): \(server.host), one of \(count(servers, picture)) name servers, does not answer at \(server.address)."
                    : "\(picture.domain): \(server.label), one of \(count(servers, picture)) name servers, does not answer.",
                isForgotten
                    ? "It is still in the delegation, but the zone no longer lists it: remove it at the registrar."
                    : "Have it brought back; the others carry the load, but redundancy is gone.")
        case .refuses(let why):
            isRipe = memory.refusingPolls + poll(picture) >= patience
            guard isRipe || known != nil else { return nil }
            let most = servers.count { $0.standing != .answers && $0.standing != .silent } * 2 > servers.count
            told = finding(
                .delegationLame, why.contains("SERVFAIL") && !isForgotten ? .authorityOutage : .delegationBroken,
                most ? .critical : .warning, server, picture,
                "\(picture.domain): \(server.label) is in the delegation but refuses the zone (\(why), lame: not authoritative).",
                (isForgotten ? "The zone no longer lists it. " : "")
                    + "Remove it from the delegation at the registrar or have it serve the zone; a lame server at a shared "
                    + "host can be claimed by a stranger.")
            // If the other servers were taken over, the second look shows it, and both are reported together.
            told.need = .twoLooks
        }
        told.since = memory.silentSince ?? memory.refusingSince
        if !isRipe {
            told.need = known?.allParts.contains { $0.code == told.code } == true ? .twoLooks : .polls(patience)
            told.text.facts = ["It was so before, and is so again."]
        }
        return told
    }

    private static func finding(
        _ code: FindingCode, _ class: IncidentClass, _ severity: Severity, _ server: ServerFact, _ picture: Picture,
        _ headline: String, _ advice: String
    ) -> Finding {
        var finding = Finding(
            code, .server(server.host), `class`, severity, subject: RecordSetKey(server.host, .a),
            text: Narrative(
                headline, facts: ["Seen at every poll for more than half an hour."],
                grounds: ["the server was asked directly; the others answer"],
                isNot: "an outage: look-ups succeed through the other servers, slower.", advice: advice,
                check: picture.dig(RecordSetKey(picture.domain, .soa), at: "\(server.address)")))
        finding.need = .now
        finding.shared = "server \(server.host)"
        finding.evidence = [EvidencePointer(server.source, RecordSetKey(picture.domain, .soa))]
        return finding
    }

    private static func poll(_ picture: Picture) -> Int { picture.isRegular ? 1 : 0 }

    static func words(_ server: ServerFact) -> String {
        switch server.standing {
        case .answers: "answers"
        case .silent: "no answer (timeout over UDP and TCP)"
        case .refuses(let why): why
        }
    }
}
