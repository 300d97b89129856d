import DNSWire

/// Answers that do not get through because of their size, or because TCP is filtered.
enum TransportRule {
    static let rule = Rule(
        "transport", references: ["RFC 7766", "RFC 9210", "RFC 9715"],
        table: [
            Rule.Row(
                .transportSize, .transportFault, [.warning, .critical],
                "an RRset cannot be fetched for its size; critical when from no server and the chain or a watched name needs it"
            ),
            Rule.Row(
                .transportTCP, .transportFault, [.notice], "truncated answers cannot be fetched over TCP at one server"),
            Rule.Row(
                .transportEDNS, .posture, [.notice, .warning],
                "a server refuses questions with EDNS, or sends larger answers over UDP than it was asked for; warning where "
                    + "the zone is signed and EDNS is refused", lasting: 86_400),
        ]
    ) { picture, _ in
        guard !picture.isBlind, picture.state.learntAt != nil || picture.isFirstLook else { return [] }
        let servers = picture.servers.filter { $0.isListed && $0.answers }
        guard !servers.isEmpty else { return [] }
        let odd = merged(servers.compactMap { extensions($0, picture) })
        let keys = [RecordSetKey(picture.domain, .dnskey)] + picture.sets.map(\.key)
        for key in keys {
            let stuck = servers.filter { isStuck($0.view.answers[key]) && isSelective($0, key, picture) }
            guard !stuck.isEmpty else { continue }
            return [finding(key, stuck, all: stuck.count == servers.count, picture)] + odd
        }
        return odd
    }

    /// One incident for all servers: the gravest gives headline and severity, the others are listed as facts.
    private static func merged(_ found: [Finding]) -> [Finding] {
        guard var first = found.max(by: { $0.severity < $1.severity }) else { return [] }
        first.text.facts += found.filter { $0.evidence != first.evidence }.prefix(8).map(\.text.headline)
        first.evidence = Array(found.flatMap(\.evidence).prefix(8))
        return [first]
    }

    /// The most bytes that a server is asked to send over UDP; larger answers are fragmented, and many networks drop
    /// fragments.
    private static let askedSize = 1232

    /// Returns a finding if a server's use of EDNS differs from RFC 6891; nil if it conforms.
    private static func extensions(_ server: ServerFact, _ picture: Picture) -> Finding? {
        let answers = server.view.answers.sorted {
            ($0.key.name, $0.key.type.rawValue) < ($1.key.name, $1.key.type.rawValue)
        }
        // Answered only when asked again without EDNS.
        let refused = answers.first { _, answer in
            let query = answer.wire.query
            return answer.isConclusive && query.count > 12 && query[10] == 0 && query[11] == 0
        }
        let large = answers.first { _, answer in
            answer.transport == .udp && answer.isReply && answer.wire.answer.count > askedSize
        }
        guard let key = (refused ?? large)?.key else { return nil }
        let isSigned = !ChainRule.demands(picture).isEmpty
        var finding = Finding(
            .transportEDNS, .posture(.transportEDNS), .posture, refused != nil && isSigned ? .warning : .notice,
            subject: key,
            text: Narrative(
                refused != nil
                    ? "\(picture.domain): \(server.label) refuses questions with EDNS and answers only without."
                    : "\(picture.domain): \(server.label) sends answers of \(large?.value.wire.answer.count ?? 0) bytes over UDP, "
                        + "asked for \(askedSize) at most.",
                facts: refused != nil
                    ? [
                        isSigned
                            ? "Without EDNS no signatures come: validating resolvers refuse what this server says."
                            : "Each resolver asks twice, and answers above 512 bytes need TCP."
                    ] : ["They travel in fragments, which many networks drop: look-ups then wait for a second try."],
                grounds: ["the server was asked with EDNS and a size of \(askedSize) bytes (RFC 6891, RFC 9715)"],
                isNot: "an outage: the server answers.",
                advice: refused != nil
                    ? "Update the server's software, or the firewall before it."
                    : "Set its largest UDP answer to \(askedSize) bytes.",
                check: picture.dig(key, at: "\(server.address)")))
        finding.clearing = .absent(polls: 3)
        finding.evidence = [EvidencePointer(server.source, key)]
        return finding
    }

    private static func isStuck(_ answer: Answer?) -> Bool {
        guard let answer else { return false }
        return !answer.isReply || (answer.truncatedOverUDP && !answer.isConclusive)
    }

    /// Whether the server said itself that the answer is too large, or, for DNSKEY, answered all other questions, at
    /// least three, and so is up.
    private static func isSelective(_ server: ServerFact, _ key: RecordSetKey, _ picture: Picture) -> Bool {
        if server.view.answers[key]?.truncatedOverUDP == true { return true }
        guard key.type == .dnskey, picture.state.chain.dnskey.first != nil else { return false }
        let others = server.view.answers.filter { $0.key != key }
        let answered = others.values.filter(\.isReply).count
        return others.count >= 3 && answered == others.count
    }

    private static func finding(_ key: RecordSetKey, _ stuck: [ServerFact], all: Bool, _ picture: Picture) -> Finding {
        let isTruncated = stuck.contains { $0.view.answers[key]?.truncatedOverUDP == true }
        let names = Change.list(stuck.map(\.label))
        let isNeeded = key.type != .dnskey || !ChainRule.demands(picture).isEmpty
        let ttl = picture.state.chain.dnskey.first?.ttl ?? 3600
        var finding = Finding(
            all ? .transportSize : .transportTCP, .transport, .transportFault,
            all && isNeeded ? .critical : all ? .warning : .notice, subject: key,
            text: Narrative(
                "\(key.name) \(key.type) can no longer be fetched from \(names): "
                    + (isTruncated
                        ? "over UDP it comes truncated, over TCP nothing comes."
                        : "large UDP answers are lost and TCP does not help; small answers arrive."),
                facts: [
                    key.type == .dnskey
                        ? "Validating resolvers fail within the DNSKEY TTL (\(ttl) s)."
                        : "Resolvers fail as their caches end."
                ],
                grounds: [
                    "UDP with EDNS 1232 and TCP were each tried; other questions were answered by the same servers"
                ],
                isNot: "an outage of the servers: this is about the size of one answer.",
                advice:
                    "Open TCP port 53 on these servers; make the answer smaller (retire extra keys, use algorithm 13).",
                check: "dig +dnssec +tcp +norecurse \(key.name) \(key.type) @\(stuck[0].address)"))
        finding.evidence = stuck.prefix(4).map { EvidencePointer($0.source, key) }
        finding.clearing = .absent(polls: 3)
        return finding
    }
}
