import DNSSEC
import DNSWire

/// Parts of the parent's DS set and of the zone's keys that refer to nothing, while the rest keeps the chain valid.
///
/// A chain that is not valid at all is the matter of ``ChainRule``.
enum IncompleteSigningRule {
    static let rule = Rule(
        "incomplete-signing", references: ["RFC 4035 §2.2", "RFC 4509 §3", "RFC 6840 §5.11"],
        table: [
            Rule.Row(
                .dnssecIncomplete, .posture, [.info, .notice, .warning],
                "warning for an algorithm of the DS that signs no data, notice for a digest that fits no key or a published "
                    + "algorithm that signs no data, info for a DS of a key that is not published",
                lasting: 3 * 86_400)
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.watch.dnssec != .off, picture.snapshot.parent.state == .delegated else {
            return []
        }
        guard !found.has(.dnssecBroken), !found.has(.dnssecExpired) else { return [] }
        let servers = picture.listedOwn.filter { $0.answers && picture.chain($0).fitsDelegation }
        guard let server = servers.first else { return [] }
        let chain = picture.chain(server)
        var said: [(severity: Severity, text: String)] = []
        for algorithm in idle(servers, picture) {
            let isNamed = chain.fits.contains { $0.kind == .fits && $0.digest.algorithm == algorithm }
            let name = Algorithms.name(algorithm)
            let text =
                isNamed
                ? "a DS names a key of \(name), and no data of \(picture.domain) is signed by that algorithm"
                : "\(picture.domain) publishes a key of \(name), and signs no data by that algorithm"
            said.append((severity: isNamed ? .warning : .notice, text: text))
        }
        for fit in chain.fits {
            let words = "DS \(fit.digest.keyTag) (\(Algorithms.digestName(fit.digest.digestType)))"
            switch fit.kind {
            case .otherDigest:
                said.append(
                    (severity: .notice, text: "the digest of \(words) is not that of DNSKEY \(fit.digest.keyTag)"))
            case .noKey: said.append((severity: .info, text: "\(words) names a key that the zone does not publish"))
            case .fits, .unknownDigest: break
            }
        }
        guard let worst = said.max(by: { $0.severity < $1.severity }) else { return [] }
        return [finding(worst.severity, worst.text, said.map(\.text), server, picture)]
    }

    /// Returns the algorithms of published keys with which no server signs any of the examined data.
    private static func idle(_ servers: [ServerFact], _ picture: Picture) -> [UInt8] {
        let chains = servers.map { picture.chain($0) }
        guard chains.allSatisfy({ $0.unchecked.isEmpty && $0.faults.isEmpty && !$0.signers.isEmpty }) else { return [] }
        let keySet = RecordSetKey(picture.domain, .dnskey)
        let signing = Set(chains.flatMap { $0.signers.filter { $0.key != keySet }.values.joined() }.map(\.algorithm))
        let published = Set(chains.flatMap(\.keys).map(\.algorithm)).filter(Algorithms.isSupported)
        return signing.isEmpty ? [] : published.subtracting(signing).sorted()
    }

    private static func finding(
        _ severity: Severity, _ text: String, _ facts: [String], _ server: ServerFact, _ picture: Picture
    ) -> Finding {
        let key = RecordSetKey(picture.domain, .dnskey)
        var finding = Finding(
            .dnssecIncomplete, .posture(.dnssecIncomplete), .posture, severity, subject: key,
            text: Narrative(
                "\(picture.domain): DNSSEC holds, but part of it leads nowhere: \(text).",
                facts: facts.map { "\($0.prefix(1).uppercased())\($0.dropFirst())." },
                grounds: ["computed from the DS at the parent and the keys and signatures of each server"],
                isNot: "an outage: one path that holds is enough for most validators (RFC 6840 §5.11).",
                advice:
                    "Remove DS records of keys that are gone, and keys that sign nothing. During a rollover it passes by itself.",
                check: "lapwing dnssec \(picture.domain)"))
        finding.clearing = .absent(polls: 3)
        finding.evidence = [EvidencePointer(server.source, key)]
        return finding
    }
}
