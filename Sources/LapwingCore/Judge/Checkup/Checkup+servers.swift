import DNSWire

extension Checkup {
    /// Delegation basics (checks DEL-04 to DEL-08).
    static func delegation(_ picture: Picture) -> [Finding] {
        guard picture.snapshot.parent.state == .delegated else { return [] }
        var findings: [Finding] = []
        let parent = Set(picture.snapshot.parent.hosts.map(\.name.folded))
        let ns = RecordSetKey(picture.domain, .ns)
        if parent.count < 2 {
            findings.append(
                finding(
                    .delegationSingle, .warning, "\(picture.domain) is delegated to one name server only.", subject: ns,
                    advice: "Add a second one in another network (RFC 2182).", check: picture.dig(ns)))
        } else if Set(picture.servers.filter(\.isListed).map(\.address)).count < 2 {
            findings.append(
                finding(
                    .delegationSingle, .warning, "All name servers of \(picture.domain) share one address.",
                    subject: ns,
                    advice: "Put them on machines in different networks (RFC 2182 §3.1).", check: picture.dig(ns)))
        }
        for server in picture.servers where server.isListed && server.answers {
            let child = Set(DelegationChange.apexNames(server, picture.domain))
            guard !child.isEmpty, child != parent else { continue }
            let extra = child.subtracting(parent).sorted().map(\.description)
            let missing = parent.subtracting(child).sorted().map(\.description)
            findings.append(
                finding(
                    .delegationMismatch, missing.isEmpty ? .notice : .warning,
                    "Parent and zone name different name servers for \(picture.domain).", subject: ns,
                    facts: (missing.isEmpty ? [] : ["Only at the parent: \(Change.list(missing))."])
                        + (extra.isEmpty ? [] : ["Only in the zone, at \(server.host): \(Change.list(extra))."]),
                    advice: "Make both sets equal.", check: picture.dig(ns, at: "\(server.address)"),
                    evidence: [EvidencePointer(server.source, ns)]))
            break
        }
        return findings
    }

    /// What each server does (checks SRV-01, SRV-13, SOA-02, CON-02).
    static func servers(_ picture: Picture) -> [Finding] {
        let soa = RecordSetKey(picture.domain, .soa)
        let listed = picture.servers.filter(\.isListed)
        guard listed.contains(where: \.answers) else { return [] }
        var findings = listed.compactMap { server -> Finding? in
            let place = RecordSetKey(server.host, server.address.isIPv4 ? .a : .aaaa)
            let evidence = [EvidencePointer(server.source, soa)]
            let dig = picture.dig(soa, at: "\(server.address)")
            switch server.standing {
            case .answers: return nil
            case .silent:
                return finding(
                    .serverSilent, .warning, "\(server.label) does not answer.", subject: place,
                    advice: "Bring it back or take it out of the delegation.", check: dig, evidence: evidence)
            case .refuses(let why):
                return finding(
                    .delegationLame, .warning, "\(server.label) is delegated to but not authoritative: \(why).",
                    subject: place,
                    advice: "Have it serve the zone or take it out of the delegation.", check: dig, evidence: evidence)
            }
        }
        let serials = Set(listed.compactMap(\.serial))
        if serials.count > 1 {
            let lines = listed.compactMap { server in server.serial.map { "\(server.label): \($0)." } }
            findings.append(
                finding(
                    .zoneStale, .notice, "The servers of \(picture.domain) have different serials.", subject: soa,
                    facts: lines,
                    advice: "Normal for a moment after a change; if it stays, look at zone transfers.",
                    check: picture.dig(soa)))
        }
        return findings + disagreements(picture)
    }

    private static func disagreements(_ picture: Picture) -> [Finding] {
        picture.sets.compactMap { fact in
            let values = Set(fact.own.map(\.value))
            guard values.count > 1, Set(fact.own.map(\.server.serial)).count == 1, fact.key.type != .soa else {
                return nil
            }
            // Servers that answer with changing parts of a pool share members or at least the kind of data.
            let denies = fact.own.contains { !$0.value.isPresent }
            let isAddress = fact.key.type == .a || fact.key.type == .aaaa
            return finding(
                denies ? .serverDenies : .serverDisagrees, denies ? .critical : isAddress ? .notice : .warning,
                "The servers give different answers for \(fact.key.name) \(fact.key.type) at one serial.",
                subject: fact.key,
                facts: fact.own.map { "\($0.server.label): \($0.value.text(of: fact.key.type))." },
                advice: "Normal for names that a load balancer answers; otherwise one copy of the zone is wrong.",
                check: picture.dig(fact.key), evidence: fact.own.map { EvidencePointer($0.server.source, fact.key) })
        }
    }
}
