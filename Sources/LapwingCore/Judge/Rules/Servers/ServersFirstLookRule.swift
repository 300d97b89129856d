import DNSWire

/// What one look shows of the servers, before anything is remembered of them.
///
/// Whether it lasts is for the rules that use the memory; these findings are for the user who asks now.
enum ServersFirstLookRule {
    static let rule = Rule(
        "servers-first-look", references: ["RFC 1912 §2.8", "RFC 2181 §5", "RFC 2182"], phase: .firstLook,
        table: [
            Rule.Row(.serversSilent, .authorityOutage, [.critical], "no server answers, or has a known address"),
            Rule.Row(
                .monitorPath, .monitorFault, [.warning],
                "all servers have IPv6 addresses only, and this monitor has none"
            ),
            Rule.Row(.serverSilent, .authorityOutage, [.warning], "one of several servers does not answer"),
            Rule.Row(.delegationLame, .delegationBroken, [.warning], "one of several servers is not authoritative"),
            Rule.Row(.zoneStale, .zoneStale, [.notice], "the servers have different serials"),
            Rule.Row(.serverDenies, .recordsLost, [.critical], "at one serial, one server denies what others serve"),
            Rule.Row(.serverDisagrees, .zoneStale, [.warning], "at one serial, the servers give different data"),
            Rule.Row(.serverDisagrees, .zoneStale, [.notice], "the same for addresses, which load balancers vary"),
        ]
    ) { picture, found in
        guard !picture.isBlind else { return [] }
        let listed = picture.servers.filter(\.isListed)
        guard listed.contains(where: \.answers) else {
            // What other rules report about all servers together is not reported twice.
            let isTold = found.has(.servers, atLeast: .critical) || found.has(.delegation, atLeast: .critical)
            return isTold ? [] : unserved(listed, picture)
        }
        return troubled(listed).map { one($0, listed, picture) } + serials(listed, picture) + disagreements(picture)
    }

    /// Returns the servers that do not serve the zone, grouped: addresses of one host with the same fault are one
    /// fault.
    private static func troubled(_ listed: [ServerFact]) -> [[ServerFact]] {
        var groups: [[ServerFact]] = []
        for server in listed where !server.answers {
            let place = groups.firstIndex { $0[0].host == server.host && $0[0].standing == server.standing }
            if let place { groups[place].append(server) } else { groups.append([server]) }
        }
        return groups
    }

    private static func one(_ addresses: [ServerFact], _ listed: [ServerFact], _ picture: Picture) -> Finding {
        let server = addresses[0]
        let soa = RecordSetKey(picture.domain, .soa)
        var finding: Finding
        let subject = RecordSetKey(server.host, server.address.isIPv4 ? .a : .aaaa)
        let cause = Cause.server(server.host)
        let places = addresses.map { "\($0.address)" }.joined(separator: ", ")
        let isWhole = !listed.contains { $0.host == server.host && $0.standing != server.standing }
        let check = picture.dig(soa, at: "\(server.address)")
        if case .refuses(let why) = server.standing {
            finding = Finding(
                .delegationLame, cause, .delegationBroken, .warning, subject: subject,
                text: Narrative(
                    "\(picture.domain): \(server.host) (\(places)) is listed but does not serve the zone: \(why).",
                    advice: "Have it serve the zone or take it out of the delegation.", check: check))
        } else {
            finding = Finding(
                .serverSilent, cause, .authorityOutage, .warning, subject: subject,
                text: Narrative(
                    isWhole
                        ? "\(picture.domain): \(server.host) (\(places)) does not answer."
                        : "\(picture.domain): \(server.host) does not answer at \(places).",
                    advice: "Bring it back or take it out of the delegation.", check: check))
        }
        finding.evidence = addresses.map { EvidencePointer($0.source, soa) }
        return finding
    }

    private static func serials(_ listed: [ServerFact], _ picture: Picture) -> [Finding] {
        let soa = RecordSetKey(picture.domain, .soa)
        guard Set(listed.compactMap(\.serial)).count > 1 else { return [] }
        return [
            Finding(
                .zoneStale, .servers, .zoneStale, .notice, subject: soa,
                text: Narrative(
                    "\(picture.domain): its servers have different serials.",
                    facts: listed.compactMap { server in server.serial.map { "\(server.label): \($0)." } },
                    advice: "Normal for a moment after a change; if it stays, look at zone transfers.",
                    check: picture.dig(soa)))
        ]
    }

    /// Returns a finding if the domain is delegated and no server could be asked or answers: resolvers get no answer
    /// now.
    private static func unserved(_ listed: [ServerFact], _ picture: Picture) -> [Finding] {
        guard picture.snapshot.parent.state == .delegated else { return [] }
        let soa = RecordSetKey(picture.domain, .soa)
        let lacking = picture.hostsWithoutAddress.map(\.name)
        guard !listed.isEmpty || lacking.count == picture.snapshot.parent.hosts.count else {
            return [
                Finding(
                    .monitorPath, .monitor, .monitorFault, .warning,
                    text: Narrative(
                        "\(picture.domain): its name servers have IPv6 addresses only, which this monitor does not reach.",
                        advice: "Check it from a machine with IPv6.", check: picture.dig(soa)))
            ]
        }
        var finding = Finding(
            .serversSilent, .servers, .authorityOutage, .critical, subject: soa,
            text: Narrative(
                "\(picture.domain): no authoritative server answers.",
                facts: listed.map { "\($0.label): \(ServersRule.words($0))." }
                    + (lacking.isEmpty ? [] : ["No address is known of \(Change.list(lacking.map(\.description)))."]),
                advice: "Call the DNS operator; see whether the names of the delegation are right.",
                check: picture.dig(soa)))
        finding.evidence = listed.map { EvidencePointer($0.source, soa) }
        return [finding]
    }

    private static func disagreements(_ picture: Picture) -> [Finding] {
        picture.sets.compactMap { fact in
            let values = Set(fact.own.map(\.value))
            guard values.count > 1, Set(fact.own.map(\.server.serial)).count == 1, fact.key.type != .soa else {
                return nil
            }
            // Servers that answer with changing parts of a pool share members, or at least the kind of data.
            let denies = fact.own.contains { !$0.value.isPresent }
            let isAddress = fact.key.type == .a || fact.key.type == .aaaa
            var finding = Finding(
                denies ? .serverDenies : .serverDisagrees, .content, denies ? .recordsLost : .zoneStale,
                denies ? .critical : isAddress ? .notice : .warning, subject: fact.key,
                text: Narrative(
                    "\(fact.key.name) \(fact.key.type): the servers give different answers at one serial.",
                    facts: fact.own.map { "\($0.server.label): \($0.value.text(of: fact.key.type))." },
                    advice: "Normal for names that a load balancer answers; otherwise one copy of the zone is wrong.",
                    check: picture.dig(fact.key)))
            finding.evidence = fact.own.map { EvidencePointer($0.server.source, fact.key) }
            return finding
        }
    }
}
