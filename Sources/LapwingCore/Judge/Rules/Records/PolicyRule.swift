import DNSWire

/// Policy records compared by strength: CAA, SPF, DMARC; and the other strings of TXT.
enum PolicyRule {
    static let rule = Rule(
        "policy", references: ["RFC 7208", "RFC 7489", "RFC 8659"],
        table: [
            Rule.Row(
                .policyWeakened, .policyWeakened, [.notice, .warning],
                "loosened; notice when declared or with a token before"),
            Rule.Row(
                .recordChanged, .plannedChange, [.info, .notice],
                "anything else in TXT or CAA; info for challenges of certificate issuers"),
        ]
    ) { picture, found in
        guard !picture.isBlind, !picture.isLearning else { return [] }
        return picture.sets.compactMap { fact in
            guard fact.key.type == .txt || fact.key.type == .caa, let change = SetChange(fact, picture) else {
                return nil
            }
            guard !found.contains(where: { $0.holds.contains(fact.key) }) else { return nil }
            return judge(change, picture)
        }
    }

    private static func judge(_ change: SetChange, _ picture: Picture) -> Finding? {
        let difference = PolicyDifference(change.key, from: change.old, to: change.new)
        guard !difference.loosened.isEmpty else { return ordinary(change, difference, picture) }
        let isDeclared = picture.isAnnounced(change.key.type)
        // Providers are usually added with a token and an issuer at the same time.
        let token = picture.state.preparation.tokenAt.map { picture.now.seconds(since: $0) < 7 * 86_400 } ?? false
        let isProvider = change.key.type == .caa && token && !CAAPolicy(change.new).isOpen
        var finding = Finding(
            .policyWeakened, .content, .policyWeakened, isDeclared || isProvider ? .notice : .warning,
            subject: change.key,
            text: Narrative(
                "\(change.key.name): its protection was weakened: \(difference.loosened.joined(separator: "; ")).",
                facts: (difference.widened + difference.others).map { $0 + "." }
                    + [
                        change.change.sentence
                            + (change.new.isPresent
                                ? ", TTL \(change.ttlNow ?? 0) (was \(change.ttlBefore ?? 0))" : "")
                            + ". Seen on \(Change.list(change.holders))."
                    ],
                grounds: ["policies are compared by strength, not by text"]
                    + (isDeclared
                        ? ["declared by the owner\(picture.announcement(of: change.key.type)?.why ?? "")"]
                        : isProvider ? ["a verification token came before it"] : ["no change was declared"]),
                isNot: isDeclared || isProvider ? nil : "a routine edit: those keep or raise the strength.",
                advice: isDeclared || isProvider
                    ? "Nothing, if the service is yours."
                    : "If none of your people did this, treat the DNS account as compromised: someone may be about to obtain a "
                        + "certificate or to send mail as you.",
                check: picture.dig(change.key)))
        finding.changes = [change.change]
        finding.holds = [change.key]
        finding.evidence = change.evidence
        if !change.isEverywhere { finding.need = .polls(2) }
        return finding
    }

    /// Whether it is a name at which tokens come and go with every certificate (RFC 8555 §8.4).
    private static func isChallenge(_ name: Name) -> Bool {
        name.labelCount > 0 && name.label(0).elementsEqual("_acme-challenge".utf8)
    }

    private static func ordinary(_ change: SetChange, _ difference: PolicyDifference, _ picture: Picture) -> Finding {
        let words = difference.widened + difference.others
        let kept = change.key.type == .txt && !words.contains(where: { $0.hasPrefix("SPF") }) ? "; SPF unchanged" : ""
        var finding = Finding(
            .recordChanged, .change, .plannedChange, isChallenge(change.key.name) ? .info : .notice,
            subject: change.key,
            text: Narrative(
                "\(change.key.name) \(change.key.type): \(words.isEmpty ? "changed" : words.joined(separator: "; "))\(kept).",
                facts: [change.change.sentence + ".", "Seen on \(Change.list(change.holders))."],
                grounds: ["no policy got weaker"], isNot: "a weakening of SPF, DMARC or CAA.",
                advice: difference.addsToken ? "Make sure that the service the token belongs to is yours." : nil,
                check: picture.dig(change.key)))
        finding.changes = [change.change]
        finding.holds = [change.key]
        finding.evidence = change.evidence
        finding.isPrepared = difference.isOfService
        if !change.isEverywhere { finding.need = .polls(6) }
        return finding.welcome()
    }
}
