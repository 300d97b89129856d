import DNSWire

/// The term and the status of the registration.
enum RegistrationRule {
    /// Seconds for which a renewal by the registry itself counts as unpaid: the auto-renew grace period.
    static let grace: Int64 = 45 * 86_400

    static let rule = Rule(
        "registration", references: ["RFC 3915", "RFC 5731", "RFC 8056", "RFC 9083"],
        table: [
            Rule.Row(
                .registrationExpiring, .expiry, [.critical],
                "7 days before the end (unless it renews itself), and after it; the end is the former one as long as the "
                    + "registry has renewed it without payment"),
            Rule.Row(
                .registrationExpiring, .expiry, [.warning], "30 days before the end, or 7 if it renews itself"),
            Rule.Row(.registrationExpiring, .expiry, [.notice], "60 days before the end"),
            Rule.Row(.registrationHold, .registryHold, [.critical], "server hold, client hold"),
            Rule.Row(.registrationHold, .expiry, [.critical], "redemption period, pending delete"),
            Rule.Row(
                .delegationMissing, .registryHold, [.warning, .critical],
                "the parent denies the name; the registry gives no other reason; warning when it never was delegated as far as is known"
            ),
            Rule.Row(
                .delegationMissing, .delegationBroken, [.warning, .critical],
                "the parent denies a name that was never seen delegated; critical in a check-up"),
            Rule.Row(
                .delegationMissing, .expiry, [.critical], "the parent denies the name after its term, or it is deleted"),
        ]
    ) { picture, found in
        guard !picture.isBlind else { return [] }
        if let missing = missing(picture) { return [missing] }
        return [held(picture), expiring(picture)].compactMap(\.self)
    }

    static func facts(_ picture: Picture) -> RegistryView? {
        if let fresh = picture.snapshot.registry, fresh.outcome == .registered {
            return fresh.filled(from: picture.state.registry.known)
        }
        return picture.state.registry.known
    }

    // MARK: Gone from the parent

    private static func missing(_ picture: Picture) -> Finding? {
        let parent = picture.snapshot.parent
        guard parent.state == .absent || parent.state == .undelegated else { return nil }
        if let unknown = neverDelegated(picture) { return unknown }
        let facts = facts(picture)
        let statuses = facts?.statuses ?? []
        let isDeleted = picture.snapshot.registry?.outcome == .available
        let end = picture.state.registry.unpaidEnd ?? facts?.expires
        let isPast = end.map { $0.at <= picture.now } ?? false
        let isExpired =
            isDeleted || isPast || statuses.contains("redemptionPeriod") || statuses.contains("pendingDelete")
        let hold =
            statuses.contains("serverHold")
            ? "server hold, set by the registry"
            : statuses.contains("clientHold") ? "client hold, set by the registrar" : nil
        let registrar = facts?.registrar ?? "the registrar"
        let how = parent.state == .absent ? "NXDOMAIN at the parent" : "no delegation at the parent"
        let healthy = picture.servers.filter { $0.isOwn && $0.answers }.map(\.label)
        var known =
            "Registration: registrar \(registrar), status \(RegistryWords.list(statuses)), expires \(end?.text ?? "not known")."
        if let registry = picture.snapshot.registry, !registry.saysSomething {
            known +=
                " It cannot be asked now (\(registry.detail ?? registry.outcome.rawValue)); this is what was known before."
        }
        var finding = Finding(
            .delegationMissing, .registration, isExpired ? .expiry : .registryHold,
            isExpired || hold != nil || picture.state.learntAt != nil ? .critical : .warning,
            subject: RecordSetKey(picture.domain, .ns),
            text: Narrative(
                "\(picture.domain) has been taken out of the zone \(parent.zone.map { "\($0)" } ?? "above"): \(how)"
                    + (isDeleted
                        ? "; the registry no longer knows it."
                        : hold.map { ", status \($0)." } ?? isPastWords(isExpired, end)),
                facts: [
                    known,
                    healthy.isEmpty
                        ? "Your own servers were not reached." : "Your own servers are fine: \(Change.list(healthy)).",
                ],
                grounds: ["the parent was asked directly, twice; a delegation removed is first-hand"],
                isNot: "a fault of your DNS: nothing is to be repaired there.",
                advice:
                    "Call \(registrar) and the registry now; ask for the \(hold == nil ? "reason" : "hold to be lifted"). "
                    + "Users lose the domain as caches end (NS TTL \(picture.state.baseline.nsTTL) s).",
                check:
                    "dig +norecurse \(picture.domain) NS @\(parent.answers.first.map { "\($0.address)" } ?? "parent")"))
        finding.look.asksRegistry = true
        finding.evidence = parent.answers.map {
            EvidencePointer(.parent($0.address), RecordSetKey(picture.domain, .ns))
        }
        finding.changes = [
            Change(
                name: picture.domain, kind: .registryDelegation,
                old: picture.state.baseline.names.sorted().map(\.description),
                new: [], seenBy: ["parent"])
        ]
        return finding
    }

    private static func isPastWords(_ isExpired: Bool, _ end: RegistryView.Moment?) -> String {
        isExpired ? ", after its term ended\(end.map { " on \($0.text.prefix(10))" } ?? "")." : "."
    }

    // MARK: Holds

    private static func held(_ picture: Picture) -> Finding? {
        guard let facts = facts(picture) else { return nil }
        let holds = ["serverHold", "clientHold", "redemptionPeriod", "pendingDelete"].filter(facts.statuses.contains)
        guard let first = holds.first else { return nil }
        let isHold = first == "serverHold" || first == "clientHold"
        let registrar = facts.registrar ?? "the registrar"
        let actor = first == "clientHold" ? "set by the registrar, \(registrar)" : "set by the registry"
        var finding = Finding(
            .registrationHold, .registration, isHold ? .registryHold : .expiry, .critical,
            text: Narrative(
                "\(picture.domain) has the status \(RegistryWords.words(first)), \(isHold ? actor : "on the way to being deleted").",
                facts: [
                    "Status: \(RegistryWords.list(facts.statuses)). Registrar: \(registrar). Expires: \(facts.expires?.text ?? "not known").",
                    "The parent \(picture.snapshot.parent.state == .delegated ? "still delegates it" : "does not delegate it (NXDOMAIN)").",
                ],
                grounds: ["from the registry (\(facts.channel?.rawValue.uppercased() ?? "RDAP"))"],
                isNot: "a fault of your DNS.",
                advice: isHold
                    ? "Call \(registrar) and the registry; a hold takes the delegation out of the zone."
                    : "Restore it at \(registrar) at once: after this period anyone can register it.",
                check: "lapwing registration \(picture.domain)"))
        finding.look.asksRegistry = true
        return finding
    }

    // MARK: Term

    private static func expiring(_ picture: Picture) -> Finding? {
        guard picture.trustsClock, picture.watch.watchesRegistration else { return nil }
        let facts = facts(picture)
        let unpaid = picture.watch.renewsItself ? nil : unpaidEnd(picture)
        let isUnpaid = unpaid != nil
        let end =
            unpaid ?? facts?.expires
            ?? picture.watch.manualExpiry.map { RegistryView.Moment(text: $0.description, at: $0) }
        guard let end else { return nil }
        let left = end.at.seconds(since: picture.now)
        let limits = picture.watch.registration
        let severity: Severity
        switch left {
        case ...limits.critical: severity = picture.watch.renewsItself && left > 0 ? .warning : .critical
        case ...limits.warning: severity = .warning
        case ...limits.notice: severity = .notice
        default: return nil
        }
        let registrar = facts?.registrar ?? "the registrar"
        let statuses = facts?.statuses ?? []
        let when =
            left <= 0 ? "expired on \(end.text.prefix(10))" : "expires in \(days(left)) on \(end.text.prefix(10))"
        var finding = Finding(
            .registrationExpiring, .registration, .expiry, severity,
            text: Narrative(
                "\(picture.domain): the registration \(when)"
                    + (isUnpaid
                        ? "; the registry renewed it by itself (auto renew period), but nobody has paid yet." : "."),
                facts: [
                    "Registrar: \(registrar). Status: \(RegistryWords.list(statuses)). Date at the registry: \(facts?.expires?.text ?? end.text)."
                ],
                grounds: [
                    "a calendar date\(facts.map { ", read on \($0.at.sentence) from \($0.channel?.rawValue.uppercased() ?? "the registry")" } ?? "")"
                ]
                    + (isUnpaid
                        ? [
                            "date + 1 year with the auto renew status is no payment: open until the status goes or 45 days pass"
                        ] : []),
                isNot: left > 0 ? "a fault yet: name servers are replaced or removed some time after the date." : nil,
                advice: "Renew \(picture.domain) at \(registrar).", check: "lapwing registration \(picture.domain)"))
        finding.need = .now
        finding.clearing = .absent(polls: 2)
        return finding
    }

    /// Returns the end of the term that was paid for, if the registry has renewed the registration automatically.
    static func unpaidEnd(_ picture: Picture) -> RegistryView.Moment? {
        if let known = picture.state.registry.unpaidEnd { return known }
        guard let fresh = facts(picture), fresh.statuses.contains("autoRenewPeriod"), let new = fresh.expires,
            let old = picture.state.registry.known?.expires, new.at.seconds(since: old.at) > 300 * 86_400
        else { return nil }
        return old
    }

    private static func days(_ seconds: Int64) -> String {
        seconds >= 2 * 86_400 ? "\(seconds / 86_400) days" : "\(seconds / 3600) hours"
    }
}

extension RegistryView {
    /// Returns the same data with missing values filled in from earlier data.
    func filled(from known: RegistryView?) -> RegistryView {
        guard let known, known.outcome == .registered else { return self }
        var view = self
        view.registrar = registrar ?? known.registrar
        view.registrarID = registrarID ?? known.registrarID
        view.created = created ?? known.created
        view.updated = updated ?? known.updated
        view.expires = expires ?? known.expires
        view.registrarExpires = registrarExpires ?? known.registrarExpires
        view.secure = secure ?? known.secure
        if statuses.isEmpty { view.statuses = known.statuses }
        if nameServers.isEmpty {
            view.nameServers = known.nameServers
            view.glue = known.glue
        }
        // A registry that says the delegation is not signed has no DS any more.
        if secure == nil { view.signers = signers ?? known.signers }
        return view
    }
}
