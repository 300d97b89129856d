import DNSWire

/// The holder of the registration, its locks, and whether the registry can be asked at all.
enum HolderRule {
    /// Statuses that prevent a registrar or a thief from moving the domain.
    static let locks: Set<String> = [
        "clientTransferProhibited", "serverTransferProhibited", "clientUpdateProhibited", "serverUpdateProhibited",
        "clientDeleteProhibited", "serverDeleteProhibited",
    ]

    static let rule = Rule(
        "holder", references: ["RFC 5731", "RFC 9083"],
        table: [
            Rule.Row(
                .registrationChanged, .registrationChange, [.critical], "another registrar, or a later creation date"),
            Rule.Row(.registrationChanged, .registrationChange, [.notice], "another registrar, as it was declared"),
            Rule.Row(
                .registrationUnlocked, .registrationChange, [.warning],
                "a transfer lock was removed, or a transfer is pending"),
            Rule.Row(.registrationUnlocked, .registrationChange, [.notice], "another lock was removed"),
            Rule.Row(.registrationUnlocked, .registrationChange, [.info], "any of it, as it was declared"),
            Rule.Row(
                .registryUnavailable, .registryUnavailable, [.notice],
                "no good answer for a day; six hours when the end is near"),
        ]
    ) { picture, _ in
        guard !picture.isBlind, picture.watch.watchesRegistration else { return [] }
        return [changed(picture), unlocked(picture), unavailable(picture)].compactMap(\.self)
    }

    static func differs(_ facts: RegistryView, _ accepted: RegistryView) -> Bool {
        if let one = facts.registrarID, let two = accepted.registrarID {
            if one != two { return true }
        } else if let one = facts.registrar,
            let two = accepted.registrar, one.lowercased() != two.lowercased()
        {
            return true
        }
        return isLater(facts.created, than: accepted.created)
    }

    private static func isLater(_ one: RegistryView.Moment?, than two: RegistryView.Moment?) -> Bool {
        guard let one, let two else { return false }
        return one.at.seconds(since: two.at) > 86_400
    }

    private static func changed(_ picture: Picture) -> Finding? {
        guard let facts = RegistrationRule.facts(picture), let accepted = picture.state.registry.accepted,
            !picture.isLearning,
            differs(facts, accepted)
        else { return nil }
        let isDeclared = picture.isDeclared(.registrar)
        let old = accepted.registrar ?? "?"
        let new = facts.registrar ?? "?"
        let isRecreated = isLater(facts.created, than: accepted.created)
        let lock = facts.statuses.contains { locks.contains($0) } ? "a lock is set" : "no lock is set"
        var finding = Finding(
            .registrationChanged, .holder, .registrationChange, isDeclared && !isRecreated ? .notice : .critical,
            text: Narrative(
                isRecreated
                    ? "\(picture.domain) was registered again (created \(facts.created?.text ?? "?")): it has another owner. Registrar: \(old) -> \(new)."
                    : "\(picture.domain) moved to another registrar: \(old) -> \(new) (\(facts.registrarID ?? "no number")).",
                facts: [
                    "Status: \(RegistryWords.list(facts.statuses)); \(lock). Expires \(facts.expires?.text ?? "not known") (was \(accepted.expires?.text ?? "not known")).",
                    "Name servers and DS at the parent are \(picture.state.baseline.departure == nil ? "unchanged" : "changed as well").",
                ],
                grounds: ["two look-ups at the registry"]
                    + (isDeclared ? ["a declared window covers the registrar"] : ["no window was declared"]),
                isNot: isDeclared
                    ? "a theft, if the transfer is the one that was declared." : "a renewal or an edit of contacts.",
                advice: isDeclared
                    ? "Object if this is not the transfer you declared."
                    : "Call \(old) at once: a transfer that nobody ordered is theft and can be undone for some days only.",
                check: "lapwing registration \(picture.domain)"))
        finding.look.asksRegistry = true
        finding.changes = [
            Change(
                name: picture.domain, kind: .registrar, old: [old], new: [new],
                seenBy: [facts.channel?.rawValue ?? "rdap"])
        ]
        finding.clearing = isDeclared ? .done(seconds: 86_400) : .after(seconds: 7 * 86_400)
        return finding
    }

    private static func unlocked(_ picture: Picture) -> Finding? {
        guard let facts = RegistrationRule.facts(picture), let accepted = picture.state.registry.accepted,
            !picture.isLearning
        else { return nil }
        let gone = locks.filter { lock in
            // The registry's lock protects as well as the registrar's.
            accepted.statuses.contains(lock) && !facts.statuses.contains { $0.hasSuffix(lock.dropFirst(6)) }
        }.sorted()
        let isPending = facts.statuses.contains("pendingTransfer")
        guard !gone.isEmpty || isPending else { return nil }
        // In these states registries replace the locks by other statuses, which have findings of their own.
        let graver = ["serverHold", "clientHold", "redemptionPeriod", "pendingDelete", "autoRenewPeriod"]
        guard !graver.contains(where: facts.statuses.contains) else { return nil }
        let isDeclared = picture.isDeclared(.lock) || picture.isDeclared(.registrar)
        let what =
            (gone.isEmpty ? [] : ["the lock \(gone.map(RegistryWords.words).joined(separator: ", ")) was removed"])
            + (isPending ? ["a transfer to another registrar is pending"] : [])
        var finding = Finding(
            .registrationUnlocked, .holder, .registrationChange,
            isDeclared
                ? .info
                : isPending || gone.contains(where: { $0.hasSuffix("TransferProhibited") }) ? .warning : .notice,
            text: Narrative(
                "\(picture.domain): at the registry \(what.joined(separator: ", and ")).",
                facts: ["Status now: \(RegistryWords.list(facts.statuses)). Registrar: \(facts.registrar ?? "?")."],
                grounds: ["two look-ups at the registry"]
                    + (isDeclared ? ["a declared window covers it"] : ["no window was declared"]),
                isNot: "a change of name servers: those are watched at the parent.",
                advice: isPending
                    ? "If you did not order a transfer, reject it at \(facts.registrar ?? "the registrar") now."
                    : "Set the lock again, or see who removed it.", check: "lapwing registration \(picture.domain)"))
        finding.look.asksRegistry = true
        finding.changes = [
            Change(
                name: picture.domain, kind: .status, old: accepted.statuses.sorted(), new: facts.statuses.sorted(),
                seenBy: [facts.channel?.rawValue ?? "rdap"])
        ]
        return finding
    }

    private static func unavailable(_ picture: Picture) -> Finding? {
        let registry = picture.state.registry
        guard let since = registry.failingSince else { return nil }
        let end = registry.known?.expires?.at
        let isNear = end.map { $0.seconds(since: picture.now) < 30 * 86_400 } ?? false
        guard picture.now.seconds(since: since) >= (isNear ? 6 * 3600 : 86_400) else { return nil }
        let known = registry.known
        var finding = Finding(
            .registryUnavailable, .registry, .registryUnavailable, .notice,
            text: Narrative(
                "\(picture.domain): registration data cannot be fetched (RDAP and WHOIS: \(registry.lastFailure ?? "no answer")).",
                facts: [
                    "Last known\(known.map { ", from \($0.at.sentence)" } ?? ""): \(known?.registrar ?? "registrar not known"), "
                        + "expires \(known?.expires?.text ?? "not known"), status \(RegistryWords.list(known?.statuses ?? []))."
                ],
                grounds: ["no good answer for \(isNear ? "six hours" : "a day")"],
                isNot: "a fault of the domain: a failed look-up is no fact, and no date was changed.",
                advice: "Nothing, unless the end is near: then look at the registrar's own page.",
                check: "lapwing registration \(picture.domain)"))
        finding.need = .now
        finding.clearing = .absent(polls: 1)
        finding.shared = known?.server.map { "registry \($0)" }
        return finding
    }
}
