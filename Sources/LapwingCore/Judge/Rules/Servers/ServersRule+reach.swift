import DNSWire

/// Servers that fail only for the monitor, or only for some questions.
extension ServersRule {
    /// Returns a finding that the path from here to the servers is interrupted: resolvers elsewhere get fresh data from
    /// them.
    static func cutOff(_ servers: [ServerFact], _ reach: Reachability, _ picture: Picture) -> Finding {
        var finding = Finding(
            .monitorPath, .monitor, .monitorFault, .notice,
            text: Narrative(
                servers.allSatisfy { $0.standing == .silent }
                    ? "\(picture.domain): this monitor cannot reach any of its name servers; users can."
                    : "\(picture.domain): its name servers turn this monitor away; users are served.",
                facts: [
                    "Here: \(Change.list(servers.map { "\($0.label): \(words($0))" })).",
                    "Fresh answers from them through: \(Change.list(reach.reaching)).",
                ],
                grounds: ["resolvers gave data that they fetched after this monitor was cut off"],
                isNot: "an outage: \(reach.failing.isEmpty ? "no resolver fails" : "most resolvers reach them").",
                advice: "Look for a filter, a rate limit or a route between this machine and the servers. Until it is "
                    + "gone, only resolvers and the parent are watched.",
                check: picture.dig(RecordSetKey(picture.domain, .soa))))
        finding.shared = "path to servers " + servers.map { "\($0.host)" }.sorted().joined(separator: ", ")
        finding.look = askingResolvers(picture)
        finding.evidence = servers.map { EvidencePointer($0.source, RecordSetKey(picture.domain, .soa)) }
        return finding
    }

    /// Returns a second look in which each resolver has to ask the servers itself.
    static func askingResolvers(_ picture: Picture) -> SecondLook {
        let key = picture.freshLabel
        return SecondLook(
            resolverRepeats: picture.resolvers.map { SecondLook.Repeat(resolver: $0.label, key: key, times: 3) })
    }

    /// Returns findings about RRsets for which servers that otherwise answer give an error or no answer.
    static func failing(_ servers: [ServerFact], _ picture: Picture) -> [Finding] {
        guard !picture.isLearning else { return [] }
        let answering = servers.filter(\.answers)
        var everywhere: [(key: RecordSetKey, code: String)] = []
        var findings: [Finding] = []
        for fact in picture.sets {
            guard let value = picture.memory(fact.key)?.current else { continue }
            let codes = answering.compactMap { server -> (ServerFact, String)? in
                server.view.answers[fact.key].flatMap(failure).map { (server, $0) }
            }
            guard let first = codes.first else { continue }
            if codes.count == answering.count {
                everywhere.append((fact.key, first.1))
            } else if findings.isEmpty, value.isPresent, first.1 != silence {
                findings.append(failing([(fact.key, first.1)], codes.map(\.0), isEverywhere: false, picture))
            }
        }
        if !everywhere.isEmpty { findings = [failing(everywhere, answering, isEverywhere: true, picture)] }
        return findings
    }

    private static let silence = "no answer"

    /// Returns what came instead of an answer; an answer that is too large for its path has a finding of its own.
    private static func failure(_ answer: Answer) -> String? {
        if case .failure(let code) = answer.outcome { return "\(code)" }
        return answer.isReply || answer.truncatedOverUDP ? nil : silence
    }

    private static func failing(
        _ keys: [(key: RecordSetKey, code: String)], _ servers: [ServerFact], isEverywhere: Bool, _ picture: Picture
    ) -> Finding {
        let what = Change.list(keys.map { "\($0.key.name) \($0.key.type)" })
        let hurts: [RecordType] = [.a, .aaaa, .cname, .mx]
        let isGrave =
            isEverywhere
            && keys.contains {
                picture.memory($0.key)?.current?.isPresent == true
                    && (hurts.contains($0.key.type) || picture.watch.isSensitive($0.key))
            }
        let isSilence = keys.contains { $0.code == silence }
        var finding = Finding(
            .recordFailing, isEverywhere ? .servers : .server(servers[0].host), .authorityOutage,
            isGrave ? .critical : .warning, subject: keys[0].key,
            text: Narrative(
                "\(what) cannot be fetched from \(isEverywhere ? "any server" : servers[0].label): \(keys[0].code).",
                facts: keys.prefix(8).map {
                    "\($0.key): \($0.code), was \(picture.memory($0.key)?.current?.text(of: $0.key.type) ?? "-")."
                } + ["Failing on: \(Change.list(servers.map(\.label)))."],
                grounds: ["each server was asked directly", "the same servers answer other questions"],
                isNot: "a removal of the records: that would be an answer without data.",
                advice: isSilence
                    ? "Look for a filter or a load balancer that drops questions of this type: resolvers wait, and fail at last."
                    : "Look at what these servers take their data from: part of the zone cannot be read there.",
                check: picture.dig(keys[0].key, at: "\(servers[0].address)")))
        if !isEverywhere { finding.need = .polls(6) } else if isSilence { finding.need = .polls(3) }
        finding.evidence = servers.prefix(4).map { EvidencePointer($0.source, keys[0].key) }
        finding.clearing = .absent(polls: 3)
        return finding
    }
}
