import DNSSEC
import DNSWire

extension DelegationChange {
    /// Returns the finding about new names or addresses in the delegation; nil if there are none.
    func verdict() -> Finding? {
        guard !added.isEmpty || !removed.isEmpty || !movedHosts.isEmpty || !childStrangers.isEmpty else { return nil }
        if picture.isLearning { return nil }
        guard !added.isEmpty || !movedHosts.isEmpty || !childStrangers.isEmpty else { return shrunk() }
        if let unserved = unserved() { return suspected(unserved) }
        var grave = comparison.grave(picture.watch.sensitive)
        // Users are not referred to servers that only the zone names: data that is missing there is no sign of a
        // takeover.
        if isOnlyNamed { grave.removeAll { !$0.strange.isPresent } }
        let isWild = !comparison.invented.isEmpty
        if !grave.isEmpty || isWild {
            if let parked = parked(grave) { return parked }
            let marks = self.marks
            if !marks.isEmpty { return hijacked(grave, marks) }
        }
        guard picture.unacceptedServers.contains(where: \.answers) else { return nil }
        if isOnlyNamed { return nil }
        return suspected(brokenChain() ?? moved(grave))
    }

    /// An unannounced move after an unannounced change at the registrar is suspected, whatever the new servers serve.
    private func suspected(_ finding: Finding) -> Finding {
        isAnnounced || picture.isDeclared(.ns) ? finding : finding.suspected(after: forewarnings)
    }

    private var forewarnings: [String] { picture.state.forewarnings?.words(before: moment) ?? [] }

    /// Answering servers that only the zone's own NS set names.
    private var childStrangers: [ServerFact] {
        picture.unacceptedServers.filter { childOnly.contains($0.host) && $0.answers }
    }

    private var marks: [String] {
        var marks: [String] = []
        if Set(listed).isDisjoint(with: old), !isAnnounced {
            marks.append("no old name server is left, and the old servers never listed the new ones")
        } else if !isAnnounced {
            marks.append("the old servers never listed the new ones")
        }
        if let chainMark { marks.append(chainMark) }
        if lowTTL { marks.append("the new servers give short TTLs (\(comparison.ttl ?? 0) s)") }
        if freshSerial { marks.append("the serial on the new servers is not a continuation of the old one") }
        return marks + forewarnings
    }

    private func base(
        _ code: FindingCode, _ class: IncidentClass, _ severity: Severity, _ text: Narrative, isPrepared: Bool = false
    ) -> Finding {
        var finding = Finding(
            code, .delegation, `class`, severity, subject: RecordSetKey(picture.domain, .ns), text: text)
        if !added.isEmpty || !removed.isEmpty { finding.changes.append(change) }
        finding.look = SecondLook(authorityQuestions: [picture.randomLabel], asksRegistry: true)
        finding.isPrepared = isPrepared
        finding.holds = [RecordSetKey(picture.domain, .ns)]
        // If no parent server answered, a trace from the root shows the delegation.
        finding.text.look(
            with: picture.snapshot.parent.answers.first.map { "dig +norecurse \(picture.domain) NS @\($0.address)" }
                ?? "dig +trace \(picture.domain) NS")
        finding.evidence = evidence
        return finding
    }

    private var evidence: [EvidencePointer] {
        var pointers = picture.snapshot.parent.answers.map {
            EvidencePointer(.parent($0.address), RecordSetKey(picture.domain, .ns))
        }
        for server in picture.unacceptedServers.prefix(2) {
            pointers += comparison.different.prefix(4).map { EvidencePointer(server.source, $0.key) }
        }
        return pointers
    }

    private var oldText: String { Change.list(old.map(\.description)) }
    private var newText: String { Change.list((added.isEmpty ? listed : added).map(\.description)) }
    private var registrar: String { picture.state.registry.known?.registrar ?? "the registrar" }

    private func lines(_ differences: [ContentComparison.Difference]) -> [String] {
        differences.prefix(12).map {
            "\($0.key): new servers give \($0.strange.text(of: $0.key.type)), yours \($0.known.text(of: $0.key.type))."
        }
    }

    private func hijacked(_ grave: [ContentComparison.Difference], _ marks: [String]) -> Finding {
        let names =
            isOnlyNamed
            ? Change.list(childOnly.map(\.description))
            : added.isEmpty ? Change.list(movedHosts.map(\.label)) : newText
        var facts =
            ["\(isOnlyNamed ? "NS in the zone" : "Delegation"): \(names) (was \(oldText))."]
            + lines(grave.isEmpty ? comparison.different : grave)
        if !comparison.invented.isEmpty { facts.append("Names that do not exist resolve on the new servers.") }
        var finding = base(
            .delegationHijacked, .hijackSuspected, .critical,
            Narrative(
                isOnlyNamed
                    ? "\(picture.domain): the zone itself names \(names), and these do not serve your zone; the parent still delegates to \(oldText)."
                    : added.isEmpty
                        ? "\(picture.domain): its name servers are at addresses they never had, \(names), and do not serve your zone there."
                        : "\(picture.domain) is delegated to \(names) instead of \(oldText), and the new servers do not serve your zone.",
                facts: facts,
                grounds: ["parent and both sets of servers were asked directly"] + marks,
                isNot: "a planned move: that copies the zone and is announced by the old servers.",
                advice: (isOnlyNamed
                    ? "Take the account at the DNS operator for stolen: change its keys, take these names out of the NS set, "
                        + "see what else was changed. "
                    : "Call the registrar (\(registrar)) now, have the account frozen, restore NS, then DS. ")
                    + "Treat certificates issued since then as suspect."))
        finding.changes += grave.map {
            Change($0.key, from: $0.known, to: $0.strange, seenBy: added.map(\.description))
        }
        finding.clearing = .after(seconds: 48 * 3600)
        return finding
    }

    /// Returns a finding if no server that the parent now delegates to serves the zone, even if the old servers answer.
    private func unserved() -> Finding? {
        let servers = picture.servers.filter(\.isListed)
        let lacking = picture.snapshot.parent.hosts.filter { $0.glue.isEmpty && $0.addresses.isEmpty }
        // Names that do not exist have a finding of their own.
        guard !servers.isEmpty || lacking.contains(where: { $0.lookup != .nxDomain }),
            !servers.contains(where: \.answers),
            picture.servers.contains(where: \.answers) || picture.resolvers.contains(where: \.controlsWork)
        else { return nil }
        let isSilent = !servers.isEmpty && servers.allSatisfy { $0.standing == .silent }
        let what =
            servers.isEmpty
            ? "no address is known of these."
            : isSilent ? "these do not answer." : "these refuse the zone (lame: not authoritative)."
        let places =
            servers.map { "\($0.label): \(ServersRule.words($0))." }
            + lacking.map { "\($0.name): \(ServersRule.whyWithoutAddress($0))." }
        let isServedByOld = picture.servers.contains { $0.isOwn && $0.answers }
        var finding = base(
            .delegationLame, .delegationBroken, .critical,
            Narrative(
                "\(picture.domain) is delegated to \(newText) instead of \(oldText), and "
                    + what,
                facts: places
                    + ["Look-ups fail as the old delegation leaves caches (NS TTL \(picture.state.baseline.nsTTL) s)."],
                grounds: ["the parent and each listed server were asked directly, twice"]
                    + (isServedByOld ? ["the old servers still serve the zone"] : []),
                isNot: "a planned move: that puts the zone in place first.",
                advice: "Have the zone put on \(newText) at once, or the old name servers put back at \(registrar)."))
        finding.evidence += servers.prefix(4).map {
            EvidencePointer($0.source, RecordSetKey(picture.domain, .soa))
        }
        if servers.isEmpty { finding.need = Confirmation(looks: 3, polls: 2) }
        return finding
    }

    /// Registrars put up a parking page when the fee is not paid.
    private func parked(_ grave: [ContentComparison.Difference]) -> Finding? {
        let registry = picture.state.registry
        let statuses = registry.known?.statuses ?? []
        let end = registry.unpaidEnd ?? registry.known?.expires
        let isUnpaid =
            registry.unpaidEnd != nil || statuses.contains("autoRenewPeriod") || statuses.contains("redemptionPeriod")
            || statuses.contains("pendingDelete") || (end.map { $0.at <= picture.now } ?? false)
        let isWild = !comparison.invented.isEmpty
        let addresses = Set(comparison.different.filter { $0.key.type == .a }.map(\.strange.members))
        // If renewal is automatic, the grace period says little: only a page for every possible name, without mail, is
        // a registrar's.
        let hasMail = comparison.different.contains { $0.key.type == .mx && $0.strange.isPresent }
        let isParking = isWild && addresses.count == 1 && !hasMail
        guard isUnpaid, !picture.watch.renewsItself || statuses.contains("redemptionPeriod") || isParking,
            isWild || addresses.count <= 1
        else { return nil }
        var finding = base(
            .registrationParked, .expiry, .critical,
            Narrative(
                "\(picture.domain) was parked by its registrar: the term ended\(end.map { " on \($0.text.prefix(10))" } ?? "") "
                    + "and it is delegated to \(newText).",
                facts: [
                    "Delegation: \(newText) (was \(oldText)).",
                    "Status: \(RegistryWords.list(statuses)). Registrar: \(registrar).",
                ] + lines(comparison.different),
                grounds: ["the registration expired or is in its auto renew period", "the old servers are healthy"]
                    + (isWild ? ["just any name resolves on the new servers"] : []),
                isNot: "an attack: this is what registrars do with a domain that nobody paid for.",
                advice:
                    "Pay at \(registrar), then see that the name servers are put back; caches keep the parking servers "
                    + "up to the NS TTL (\(picture.snapshot.parent.nsTTL ?? 0) s)."))
        finding.cause = .registration
        finding.clearing = .absent(polls: 2)
        return finding
    }

    /// Returns a finding about a move to servers without the keys to which the DS refers.
    private func brokenChain() -> Finding? {
        let listed = picture.unacceptedServers.filter { $0.isListed && $0.answers }
        let records = picture.snapshot.parent.ds.compactMap { DS($0.data) }
        let memory = picture.state.chain.ds.filter { !$0.keys.isEmpty && $0.end() > picture.now }
        let demands = records.isEmpty ? memory.map(\.keys) : [records.map(\.label)]
        guard !demands.isEmpty, picture.watch.dnssec != .off else { return nil }
        let unfit = listed.filter { server in
            let chain = picture.chain(server)
            return chain.state != .unknown && !demands.allSatisfy { chain.satisfies($0) }
        }
        guard !unfit.isEmpty else { return nil }
        let tags = Set(demands.flatMap(\.self)).sorted().map { "\($0.tag)" }.joined(separator: ", ")
        return base(
            .dnssecBroken, .dnssecBroken, .critical,
            Narrative(
                "\(picture.domain) moved to \(newText), but the DS at the parent (tag \(tags)) matches no DNSKEY there.",
                facts: [
                    "Delegation: \(newText) (was \(oldText)).",
                    "Servers without a fitting DNSKEY: \(Change.list(unfit.map(\.label))).",
                    "Validating resolvers fail as their caches end (NS TTL \(picture.snapshot.parent.nsTTL ?? 0) s).",
                ],
                grounds: [
                    "all watched records are equal on old and new servers", "the chain was computed from DS and DNSKEY",
                ],
                isNot: "a hijack: the content is the same. This is a move without DNSSEC.",
                advice: "Remove the DS at the registrar now, or have the new operator sign the zone and publish its DS."
            ))
    }

    private func moved(_ grave: [ContentComparison.Difference]) -> Finding {
        let isKnownMove = isAnnounced || picture.isDeclared(.ns)
        let same =
            "\(comparison.equal.count) of \(comparison.equal.count + comparison.different.count) watched records are "
            + "equal on old and new servers"
        let until = picture.now.adding(
            seconds: Int64(max(picture.snapshot.parent.nsTTL ?? 0, picture.state.baseline.nsTTL)))
        return base(
            .delegationChanged, .plannedChange, isKnownMove && comparison.different.isEmpty ? .notice : .warning,
            Narrative(
                removed.isEmpty && movedHosts.isEmpty
                    ? "\(picture.domain) is delegated to further servers, \(newText), beside \(oldText)."
                    : "\(picture.domain) moves from \(oldText) to \(movedHosts.isEmpty ? newText : Change.list(movedHosts.map(\.label))).",
                facts: ["Delegation: \(Change.list(listed.map(\.description))) (was \(oldText)).", same + "."]
                    + lines(comparison.different),
                grounds: isKnownMove
                    ? ["the old servers list the new ones, or the move was declared"]
                    : ["nothing announced it, but the content is the same"],
                isNot: "a hijack, as far as content tells.",
                advice: isKnownMove && removed.isEmpty && movedHosts.isEmpty
                    ? "Nothing, if this is yours."
                    : isKnownMove
                        ? "Keep the old servers running until \(until.sentence) (NS TTL)."
                        : "Make sure that one of your people did this; if not, call \(registrar)."),
            isPrepared: isKnownMove && comparison.different.isEmpty
        )
        .welcome()
    }

    private func shrunk() -> Finding {
        base(
            .delegationChanged, .plannedChange, .notice,
            Narrative(
                "\(picture.domain) is no longer delegated to \(Change.list(removed.map(\.description))).",
                facts: ["Delegation: \(Change.list(listed.map(\.description))) (was \(oldText))."],
                grounds: ["the servers that are left were accepted before"]), isPrepared: isLastStep
        ).welcome()
    }

    /// Returns a finding about servers that the zone's own NS set names and the parent does not (yet) delegate to.
    func announcement() -> Finding? {
        guard !picture.isLearning,
            let fact = picture.sets.first(where: { $0.key.name == picture.domain && $0.key.type == .ns }),
            let value = fact.agreed ?? fact.own.first?.value, let memory = picture.memory(fact.key),
            let known = memory.current, value != known, value.isPresent
        else { return nil }
        let lacking = comparison.different.filter { $0.known.isPresent && !$0.strange.isPresent }.map(\.key.description)
        let isKnown = memory.knows(value, at: picture.now)
        var finding = Finding(
            .delegationChanged, .delegation, .plannedChange, !lacking.isEmpty ? .warning : isKnown ? .info : .notice,
            subject: fact.key,
            text: Narrative(
                "\(picture.domain): the zone lists other name servers now: \(value.text(of: .ns)).",
                facts: [
                    "NS in the zone: \(value.text(of: .ns)) (was \(known.text(of: .ns))).",
                    "The parent still delegates to \(oldText).",
                ]
                    + (lacking.isEmpty
                        ? []
                        : [
                            "The new servers do not have \(Change.list(lacking)): resolvers that follow the zone's own list miss it."
                        ]),
                grounds: ["the accepted servers say so themselves; what they serve besides is unchanged"],
                advice: (lacking.isEmpty ? "" : "Fill the new servers first. ")
                    + "If this is the beginning of a move, change the delegation at the registrar next.",
                check: picture.dig(fact.key)))
        finding.changes = [Change(fact.key, from: known, to: value, seenBy: fact.own.map { "\($0.server.host)" })]
        finding.holds = [fact.key]
        // A move begins with new servers that already have the whole zone; a list without any of the old servers is no
        // such preparation.
        finding.isPrepared =
            comparison.different.isEmpty && !comparison.equal.isEmpty && !known.isDisjoint(with: value) || isLastStep
        return finding.welcome()
    }
}

extension Finding {
    /// Returns the finding of a completed event, whose incident ends after this time.
    func welcome(seconds: Int64 = 7200) -> Finding {
        var finding = self
        finding.clearing = .done(seconds: seconds)
        return finding
    }
}

extension Finding {
    /// Returns the finding as a suspected hijack: a change of the delegation after an unannounced event at the
    /// registrar.
    ///
    /// - Parameter forewarnings: the earlier events, in words; if empty, the finding is returned unchanged.
    func suspected(after forewarnings: [String]) -> Finding {
        guard let first = forewarnings.first else { return self }
        var finding = self
        finding.code = .delegationHijacked
        finding.incidentClass = .hijackSuspected
        finding.severity = .critical
        finding.isPrepared = false
        finding.text.headline = "\(text.headline.trimming(suffix: ".")), after \(first)."
        finding.text.grounds += forewarnings + ["neither the old servers nor a declared window announced the move"]
        finding.text.isNot = "a planned move, as far as anybody said."
        finding.text.advice =
            "If none of your people did this, call the registrar now, have the account frozen and the delegation restored. "
            + "If it is yours, accept it."
        finding.clearing = .after(seconds: 48 * 3600)
        return finding
    }
}

extension String {
    fileprivate func trimming(suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
