import DNSSEC
import DNSWire

/// The domain's requests to its parent (CDS and CDNSKEY) must be consistent and keep the chain valid.
///
/// A request that the parent has not fulfilled yet is not a finding, since every rollover passes through that state.
enum SignalRule {
    static let rule = Rule(
        "signals", references: ["RFC 7344 §4", "RFC 8078 §4"],
        table: [
            Rule.Row(
                .dnssecSignals, .dnssecDowngraded, [.notice, .warning],
                "CDS and CDNSKEY disagree, differ between servers or would break the chain; notice for a request to delete"
            )
        ]
    ) { picture, _ in
        guard !picture.isBlind, picture.watch.dnssec != .off, !picture.snapshot.parent.ds.isEmpty else { return [] }
        var told: [(text: String, server: ServerFact, kind: ChildSignals.Remark.Kind)] = []
        var seen: [(server: ServerFact, digests: Set<[UInt8]>)] = []
        for server in picture.listedOwn where server.answers {
            guard let records = signals(of: server, picture) else { continue }
            seen.append((server, Set(records.map { [UInt8($0.type.rawValue)] + $0.bytes })))
            for remark in remarks(records, server, picture) where remark.kind != .waiting {
                told.append((remark.text, server, remark.kind))
            }
        }
        if let first = seen.first, let other = seen.first(where: { $0.digests != first.digests }) {
            let text =
                "\(first.server.label) and \(other.server.label) do not serve the same CDS and CDNSKEY of "
                + "\(picture.domain)"
            told.append((text, other.server, .contradiction))
        }
        guard let worst = told.first(where: { $0.kind != .delete }) ?? told.first else { return [] }
        var texts: [String] = []
        for text in told.map(\.text) where !texts.contains(text) { texts.append(text) }
        let facts = texts.map { text in
            "Seen on \(Change.list(told.filter { $0.text == text }.map(\.server.label))): \(text)."
        }
        var finding = Finding(
            .dnssecSignals, .signatures, .dnssecDowngraded, worst.kind == .delete ? .notice : .warning,
            subject: RecordSetKey(picture.domain, .cds),
            text: Narrative(
                worst.text.hasPrefix("\(picture.domain)")
                    ? "\(worst.text)."
                    : worst.text.first?.isLowercase == true
                        ? "\(picture.domain) asks its parent for what would not work: \(worst.text)."
                        : "\(picture.domain): \(worst.text).",
                facts: Array(facts.prefix(6)),
                grounds: ["a parent that follows CDS or CDNSKEY (RFC 7344, RFC 8078) would act on it"],
                isNot: "an outage: the DS at the parent is as it was.",
                advice: advice(worst.kind), check: picture.dig(RecordSetKey(picture.domain, .cds))))
        finding.evidence = [EvidencePointer(worst.server.source, RecordSetKey(picture.domain, .cds))]
        // Servers publish new records at slightly different moments.
        finding.need = .twoLooks
        return [finding]
    }

    /// Returns both sets as a server serves them; nil if it did not answer both questions.
    static func signals(of server: ServerFact, _ picture: Picture) -> [RecordData]? {
        guard let digests = server.view.answers[RecordSetKey(picture.domain, .cds)], digests.isConclusive,
            let keys = server.view.answers[RecordSetKey(picture.domain, .cdnskey)], keys.isConclusive
        else { return nil }
        return (digests.records + keys.records).map(\.data)
    }

    static func remarks(
        _ records: [RecordData], _ server: ServerFact, _ picture: Picture
    ) -> [ChildSignals.Remark] {
        let chain = picture.chain(server)
        guard chain.state == .signed else { return [] }
        return ChildSignals(zone: picture.domain, records: records).remarks(
            delegation: picture.snapshot.parent.ds.compactMap { DS($0.data) }, published: chain.keys,
            signing: Set(chain.anchors.map(\.tag)), verifier: picture.verifier)
    }

    private static func advice(_ kind: ChildSignals.Remark.Kind) -> String {
        switch kind {
        case .delete:
            "If DNSSEC is not to end, remove the CDS and CDNSKEY records at once: the parent acts on them within hours."
        case .breaking: "Publish CDS and CDNSKEY of a key that signs the DNSKEY set, or remove them."
        case .malformedDelete, .contradiction, .waiting:
            "Let one signer publish both sets, on all servers, for the same keys."
        }
    }
}
