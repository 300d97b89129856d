import DNSWire

/// The remaining lifetime of the signatures, per server, as fractions of their own validity.
enum SignatureExpiryRule {
    static let rule = Rule(
        "signature-expiry", references: ["RFC 6781 §4.4.2"],
        table: [
            Rule.Row(
                .dnssecExpiring, .dnssecExpiring, [.warning, .critical],
                "warning at a quarter of the validity or when a renewal was missed; critical at a day or a sixth")
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.trustsClock, !ChainRule.demands(picture).isEmpty, !found.has(.dnssecExpired)
        else {
            return []
        }
        let servers = picture.listedOwn.filter { $0.answers && picture.chain($0).state == .signed }
        var low: [(server: ServerFact, window: ChainFact.Window, severity: Severity, why: String)] = []
        for server in servers {
            // Of the signatures that are due, the first to expire decides: not all are renewed at the same fraction of
            // their lifetime.
            for window in picture.chain(server).windows.sorted(by: { $0.to < $1.to }) {
                guard let (severity, why) = judge(window, picture) else { continue }
                low.append((server, window, severity, why))
                break
            }
        }
        guard let worst = low.max(by: { ($0.severity, $1.window.to) < ($1.severity, $0.window.to) }) else { return [] }
        let isEverywhere = low.count == servers.count
        let left = worst.window.to.seconds(since: picture.now)
        let names = Change.list(low.map(\.server).hostNames)
        var finding = Finding(
            .dnssecExpiring, isEverywhere ? .signatures : .server(worst.server.host), .dnssecExpiring,
            worst.severity,
            subject: worst.window.covers,
            text: Narrative(
                "\(picture.domain): the DNSSEC signatures (RRSIG) on \(names) expire in \(duration(left)), on \(worst.window.to.sentence), "
                    + "and have not been renewed.",
                facts: [
                    "First to end: \(worst.window.covers), signed on \(worst.window.from.sentence) for \(duration(worst.window.validity))."
                ],
                grounds: [worst.why, "the clock was checked"],
                isNot:
                    "an outage yet: data validates until that moment, then every validating resolver answers SERVFAIL.",
                advice: isEverywhere
                    ? "The signer has stopped: restart signing. Removing the DS helps only after its TTL."
                    : "This server's copy is old: fix its zone transfer or take it out of the NS set.",
                check: picture.dig(worst.window.covers, at: "\(worst.server.address)")))
        finding.evidence = low.prefix(4).map { EvidencePointer($0.server.source, worst.window.covers) }
        return [finding]
    }

    private static func judge(_ window: ChainFact.Window, _ picture: Picture) -> (Severity, String)? {
        let left = window.to.seconds(since: picture.now)
        let validity = window.validity
        if left <= min(86_400, validity / 6) {
            return (.critical, "less than a day, or a sixth of the validity, is left")
        }
        // Proofs of absence are re-signed one by one as each becomes due, by some signers at a fifth of its validity.
        let isDenial = window.covers.type == .nsec || window.covers.type == .nsec3
        if isDenial {
            return left <= validity / 6 ? (.warning, "less than a sixth of the validity is left") : nil
        }
        if left <= validity / 4 { return (.warning, "less than a quarter of the validity is left") }
        let chain = picture.state.chain
        if chain.signings.count >= 4, let low = chain.lowWater {
            let gaps = zip(chain.signings, chain.signings.dropFirst()).map { $0.seconds(since: $1) }
            if let interval = gaps.max(), left < low - interval - interval / 4 {
                return (.warning, "the signer renews every \(duration(interval)) and has missed its turn")
            }
        }
        return nil
    }

    /// Returns texts such as `3 days` and `23 h 50 min`.
    static func duration(_ seconds: Int64) -> String {
        if seconds < 0 { return "0 min" }
        if seconds >= 3 * 86_400 { return "\(seconds / 86_400) days" }
        if seconds >= 3600 { return "\(seconds / 3600) h \(seconds / 60 % 60) min" }
        return "\(seconds / 60) min"
    }
}
