import DNSWire

/// Weaknesses of a registration apart from its term: no known end, no lock.
enum RegistrationPostureRule {
    static let rule = Rule(
        "registration-posture", references: ["RFC 5731", "RFC 9083"],
        table: [
            Rule.Row(
                .registrationUndated, .posture, [.info], "the registry publishes no end, and none was entered",
                lasting: 0),
            Rule.Row(.registrationUnlocked, .posture, [.notice], "no transfer lock is set", lasting: 0),
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.watch.watchesRegistration else { return [] }
        // Graver problems have findings of their own.
        guard let facts = RegistrationRule.facts(picture), !found.has(.registration, atLeast: .critical) else {
            return []
        }
        return [undated(facts, picture), unlocked(facts, found, picture)].compactMap(\.self)
    }

    private static func undated(_ facts: RegistryView, _ picture: Picture) -> Finding? {
        guard facts.expires == nil, picture.watch.manualExpiry == nil else { return nil }
        return finding(
            .registrationUndated, .info,
            Narrative(
                "\(picture.domain): its registry publishes no end of the registration.",
                grounds: ["from the registry (\(facts.channel?.rawValue.uppercased() ?? "RDAP"))"],
                advice: "Enter the date by hand to be reminded.", check: "lapwing registration \(picture.domain)"))
    }

    private static func unlocked(_ facts: RegistryView, _ found: [Finding], _ picture: Picture) -> Finding? {
        guard !facts.statuses.isEmpty, facts.statuses.isDisjoint(with: HolderRule.locks), !found.has(.holder),
            picture.state.book.open(.holder) == nil
        else { return nil }
        return finding(
            .registrationUnlocked, .notice,
            Narrative(
                "\(picture.domain) has no transfer lock.",
                facts: ["Status: \(RegistryWords.list(facts.statuses))."],
                grounds: ["from the registry (\(facts.channel?.rawValue.uppercased() ?? "RDAP"))"],
                isNot: "a lock that was removed: none was seen since the watch began.",
                advice: "Set the lock at \(facts.registrar ?? "the registrar").",
                check: "lapwing registration \(picture.domain)"))
    }

    private static func finding(_ code: FindingCode, _ severity: Severity, _ text: Narrative) -> Finding {
        var finding = Finding(code, .posture(code), .posture, severity, text: text)
        finding.clearing = .absent(polls: 3)
        return finding
    }
}
