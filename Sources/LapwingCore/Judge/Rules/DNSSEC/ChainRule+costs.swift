import DNSWire

extension ChainRule {
    /// Codes of incidents that rest on signatures: they stay open while the signatures are not checked.
    private static let codes: Set<FindingCode> = [
        .dnssecBroken, .dnssecExpired, .dnssecExpiring, .dnssecDenial, .dnssecIterations, .parentFailing,
    ]

    /// Reports that something was left unchecked because checking it costs too much.
    ///
    /// Unchecked data is neither good nor bad: the finding keeps open incidents open and prevents a check-up without
    /// faults.
    static func costly(_ picture: Picture) -> [Finding] {
        let servers = picture.servers.filter { !picture.chain($0).unchecked.isEmpty }
        var facts = servers.prefix(8).map { server in
            let sets = picture.chain(server).unchecked.map(\.description).sorted()
            return "Not checked on \(server.label): \(Change.list(sets))."
        }
        if picture.parentSignature == .unchecked {
            facts.append("Not checked: the signature of the parent zone over the DS.")
        }
        if picture.leftHashesOut { facts.append("Not computed: NSEC3 hashes that denials need.") }
        guard !facts.isEmpty else { return [] }
        let count = picture.checksMade == 1 ? "1 was" : "\(picture.checksMade) were"
        var finding = Finding(
            .dnssecCostly, .signatures, .dnssecBroken, .warning, subject: RecordSetKey(picture.domain, .dnskey),
            text: Narrative(
                "\(picture.domain): too many signatures or keys: \(count) checked, and the rest of its DNSSEC is unknown.",
                facts: facts,
                grounds: [
                    "for one RRset at most eight checks are made, with at most four keys of one tag; RSA keys of more than "
                        + "4,096 bits, or with exponents of more than 64, are not used",
                    "validating resolvers have such limits too, since CVE-2023-50387",
                ],
                isNot: "a proof that the chain is broken, or that it is not.",
                advice: "Remove signatures by keys that are gone, and keys whose tag another key has.",
                check: picture.dig(RecordSetKey(picture.domain, .dnskey))))
        finding.evidence = servers.prefix(4).map {
            EvidencePointer($0.source, RecordSetKey(picture.domain, .dnskey))
        }
        // This is a first-hand count; a second look would only cost the same again.
        finding.need = .now
        let open = picture.state.book.open.filter { codes.contains($0.code) && $0.cause != finding.cause }
        return [finding]
            + open.map { incident in
                var other = finding
                other.cause = incident.cause
                return other
            }
    }
}
