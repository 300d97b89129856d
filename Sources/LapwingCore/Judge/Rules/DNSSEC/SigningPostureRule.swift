import DNSSEC
import DNSWire

/// Signing that has no effect or is weak, as far as this can be determined without a history.
enum SigningPostureRule {
    static let rule = Rule(
        "signing-posture", references: ["RFC 4035 §2.4", "RFC 8624 §3", "RFC 9904"],
        table: [
            Rule.Row(
                .dnssecIsland, .posture, [.notice], "the zone is signed and the parent has no DS", lasting: 3 * 86_400),
            Rule.Row(
                .dnssecAlgorithm, .posture, [.warning],
                "all DS have digests that are given up, or a key has a forbidden algorithm or too few bits",
                lasting: 86_400),
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.watch.dnssec != .off, picture.snapshot.parent.dsKnown,
            picture.snapshot.parent.state == .delegated
        else { return [] }
        let records = picture.snapshot.parent.ds.compactMap { DS($0.data) }
        let chains = picture.servers.indices.filter { picture.servers[$0].isListed }.map { picture.chains[$0] }
        if records.isEmpty {
            // If signing is required, that has a finding of its own.
            guard !found.has(.dnssecUnsigned), chains.contains(where: { $0.state == .signed }) else { return [] }
            return [island(picture)]
        }
        return [digests(records, picture), keys(chains, picture)].compactMap(\.self)
    }

    private static func island(_ picture: Picture) -> Finding {
        finding(
            .dnssecIsland, .notice, picture,
            Narrative(
                "\(picture.domain) is signed, but the parent has no DS: nobody can validate it.",
                grounds: ["the parent was asked for the DS, the servers for their keys"],
                isNot: "an outage: every resolver accepts the zone, and any forgery of it.",
                advice: "Have the DS published at the registrar.", check: "dig \(picture.domain) DS"))
    }

    private static func digests(_ records: [DS], _ picture: Picture) -> Finding? {
        guard !records.contains(where: { $0.digestType == 2 || $0.digestType == 4 }) else { return nil }
        return finding(
            .dnssecAlgorithm, .warning, picture,
            Narrative(
                "\(picture.domain): its DS uses digest types that resolvers give up (SHA-1).",
                grounds: ["the parent was asked for the DS"], isNot: "an outage yet: most resolvers still take them.",
                advice: "Publish a DS with digest type 2 (SHA-256).", check: "dig \(picture.domain) DS"))
    }

    private static func keys(_ chains: [ChainFact], _ picture: Picture) -> Finding? {
        let weak = Set(chains.flatMap(\.keys).compactMap(weakness)).sorted()
        guard !weak.isEmpty else { return nil }
        return finding(
            .dnssecAlgorithm, .warning, picture,
            Narrative(
                "\(picture.domain): weak keys: \(weak.joined(separator: "; ")).",
                grounds: ["the servers were asked for their keys"], isNot: "an outage yet.",
                advice: "Roll to algorithm 13 (ECDSA P-256), or RSA with 2048 bits at least.",
                check: "dig \(picture.domain) DNSKEY"))
    }

    private static func finding(
        _ code: FindingCode, _ severity: Severity, _ picture: Picture, _ text: Narrative
    ) -> Finding {
        var finding = Finding(
            code, .posture(code), .posture, severity, subject: RecordSetKey(picture.domain, .dnskey), text: text)
        finding.clearing = .absent(polls: 3)
        return finding
    }

    private static func weakness(_ key: DNSKEY) -> String? {
        switch key.algorithm {
        case 1, 3, 5, 6, 7, 12: return "key \(key.keyTag) has the forbidden algorithm \(key.algorithm) (RFC 9904)"
        case 8, 10:
            let bits = modulusBits(key.publicKey)
            return bits < 2048 ? "RSA key \(key.keyTag) has \(bits) bits" : nil
        default: return nil
        }
    }

    /// Returns the number of bits of an RSA key in the format of RFC 3110.
    private static func modulusBits(_ key: [UInt8]) -> Int {
        guard let first = key.first else { return 0 }
        if first > 0 { return max(0, key.count - 1 - Int(first)) * 8 }
        guard key.count >= 3 else { return 0 }
        return max(0, key.count - 3 - (Int(key[1]) << 8 | Int(key[2]))) * 8
    }
}
