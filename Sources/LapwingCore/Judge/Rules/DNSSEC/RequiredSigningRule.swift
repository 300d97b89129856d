import DNSSEC
import DNSWire

/// A domain that must be signed, according to its owner, and that cannot be validated from the root.
///
/// A broken chain is the matter of ``ChainRule``: validating resolvers reject such data. This rule is about data that
/// they consider insecure and pass on, including anything that a forger put into it.
enum RequiredSigningRule {
    static let rule = Rule(
        "required-signing", references: ["RFC 4033 §5", "RFC 4035 §5.2"],
        table: [
            Rule.Row(
                .dnssecUnsigned, .dnssecDowngraded, [.critical],
                "signing is required, and there is no DS that validators use, or the zone above is not secure")
        ]
    ) { picture, _ in
        guard picture.watch.dnssec == .required else { return [] }
        guard !picture.isBlind, picture.snapshot.parent.dsKnown, picture.snapshot.parent.state == .delegated else {
            return still(picture)
        }
        return reason(picture).map { [finding($0.text, $0.advice, picture)] } ?? []
    }

    /// The number of validating resolvers that must agree: a single one may have its own reasons.
    private static let witnesses = 2

    /// Returns why the domain is not secure; nil if it is, as far as can be determined.
    private static func reason(_ picture: Picture) -> (text: String, advice: String)? {
        let records = picture.snapshot.parent.ds.compactMap { DS($0.data) }
        let isSigned = picture.servers.indices.contains {
            picture.servers[$0].isListed && picture.chains[$0].state == .signed
        }
        if records.isEmpty {
            return isSigned
                ? ("it is signed, but the parent has no DS", "Have the DS published at the registrar.")
                : ("there is no DS at the parent", "Sign the zone and publish the DS.")
        }
        if records.allSatisfy({ DigestKind(rawValue: $0.digestType) == nil }) {
            return ("its DS has digest types that validators do not know", "Publish a DS with digest type 2 (SHA-256).")
        }
        if let zone = picture.snapshot.parent.zone, isUnsigned(zone, picture) {
            return (
                "the zone above, \(zone), is not signed, so no chain leads here from the root",
                "Nothing helps below an unsigned zone: ask its operator, or use a domain under another one."
            )
        }
        guard isSigned, doubters(picture).count >= witnesses else { return nil }
        return (
            "\(Change.list(doubters(picture).map(\.name))) validate and take it for insecure: no chain leads here from the root",
            "Follow the chain from the root down and look for a zone above without a DS: lapwing dnssec \(picture.domain)."
        )
    }

    /// Whether the parent zone's servers say that it has no keys.
    private static func isUnsigned(_ zone: Name, _ picture: Picture) -> Bool {
        let answers = picture.snapshot.parent.answers.compactMap { $0.answers[RecordSetKey(zone, .dnskey)] }
            .filter(\.isConclusive)
        return !zone.isRoot && !answers.isEmpty && answers.allSatisfy { $0.records.isEmpty }
    }

    /// Returns the resolvers that validate names outside the domain and answer for the domain, but never with AD set.
    private static func doubters(_ picture: Picture) -> [ResolverFact] {
        picture.resolvers.filter { resolver in
            let answers = resolver.view.answers.filter { $0.key.type != .ds && $0.value.outcome == .data }.values
            return resolver.view.controls.values.contains(where: \.authenticData) && resolver.failed.isEmpty
                && !answers.isEmpty && !answers.contains(where: \.authenticData)
        }
    }

    private static func finding(_ reason: String, _ advice: String, _ picture: Picture) -> Finding {
        let key = RecordSetKey(picture.domain, .ds)
        var finding = Finding(
            .dnssecUnsigned, .signing, .dnssecDowngraded, .critical, subject: key,
            text: Narrative(
                "\(picture.domain) is not secured by DNSSEC, although it is required to be: \(reason).",
                grounds: ["the configuration says `dnssec: required`", "the parent was asked directly"],
                isNot: "an outage: every resolver accepts the zone, and any forgery of it.", advice: advice,
                check: picture.dig(key)))
        finding.evidence = picture.snapshot.parent.answers.prefix(2).map {
            EvidencePointer(.parent($0.address), key)
        }
        return finding
    }

    /// Returns the earlier finding again while the parent does not answer.
    private static func still(_ picture: Picture) -> [Finding] {
        guard let incident = picture.state.book.open(.signing) else { return [] }
        var finding = Finding(
            incident.code, incident.cause, incident.incidentClass, incident.severity, subject: incident.subject,
            text: incident.text)
        finding.need = .now
        return [finding]
    }
}
