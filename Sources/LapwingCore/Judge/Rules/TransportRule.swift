import DNSWire

/// R10: answers that do not get through because of their size, or because TCP is filtered.
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
        ]
    ) { picture, _ in
        guard !picture.isBlind, picture.state.learntAt != nil else { return [] }
        let servers = picture.servers.filter { $0.isListed && $0.answers }
        guard !servers.isEmpty else { return [] }
        let keys = [RecordSetKey(picture.domain, .dnskey)] + picture.sets.map(\.key)
        for key in keys {
            let stuck = servers.filter { isStuck($0.view.answers[key]) && isSelective($0, key, picture) }
            guard !stuck.isEmpty else { continue }
            return [finding(key, stuck, all: stuck.count == servers.count, picture)]
        }
        return []
    }

    private static func isStuck(_ answer: Answer?) -> Bool {
        guard let answer else { return false }
        return !answer.isReply || (answer.truncatedOverUDP && !answer.isConclusive)
    }

    /// Nearly all other questions were answered by the same server, so it is there; or it said itself that the answer is too
    /// large.
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
