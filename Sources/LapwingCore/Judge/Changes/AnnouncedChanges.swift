import DNSWire

/// Picks the findings that consist only of changes that were announced word for word.
///
/// Such findings are not reported on their own: the rule of announcements confirms them together. A finding that
/// contains anything else, or a change that any server shows differently, is left as it is: an announcement covers its
/// own content and nothing more.
struct AnnouncedChanges {
    let picture: Picture
    let open: [AnnouncedChange]

    init(_ picture: Picture) {
        self.picture = picture
        open = picture.watch.windows.filter { $0.content != nil && $0.holds(at: picture.now) }.flatMap {
            $0.content ?? []
        }
    }

    /// Codes of changes that owners make; failures and answers from unaccepted servers are not among them.
    private static let codes: Set<FindingCode> = [
        .recordChanged, .recordHijacked, .recordLost, .policyWeakened, .delegationChanged, .delegationHijacked,
        .dnssecDowngraded, .registrationChanged, .registrationUnlocked, .ttlCut, .ttlLow,
    ]

    /// Splits the findings into those that stand and those that were announced, the latter as planned work.
    func split(_ findings: [Finding]) -> (left: [Finding], fulfilled: [Finding]) {
        guard !open.isEmpty else { return (findings, []) }
        var (left, fulfilled): ([Finding], [Finding]) = ([], [])
        for finding in findings {
            if says(finding) { fulfilled.append(planned(finding)) } else { left.append(finding) }
        }
        return (left, fulfilled)
    }

    /// Whether a finding consists only of announced changes.
    private func says(_ finding: Finding) -> Bool {
        guard Self.codes.contains(finding.code), !finding.isPosture, !finding.changes.isEmpty,
            finding.changes.allSatisfy(isAnnounced)
        else { return false }
        guard finding.cause == .delegation else { return true }
        // Each new server must serve the zone as it is known or as it was announced; if nothing is known of a server's
        // content, neither is shown.
        let comparison = ContentComparison(picture)
        return (!comparison.isEmpty || picture.unacceptedServers.isEmpty)
            && (comparison.different.map(\.key) + comparison.invented).allSatisfy(isSetAsAnnounced)
    }

    private func change(of key: RecordSetKey) -> AnnouncedChange? { open.first { $0.key == key } }

    private func isAnnounced(_ change: Change) -> Bool {
        switch change.kind {
        case .records(let type): isAnnounced(change, RecordSetKey(change.name, type))
        case .ttl(let type):
            self.change(of: RecordSetKey(change.name, type)).map { picture.progress(of: $0, before: []) == .done }
                ?? false
        case .registrar: isTransferred(change)
        case .status: open.contains { $0.key == nil }
        case .registryDelegation:
            self.change(of: RecordSetKey(picture.domain, .ns)).map { Self.isSame(change.new, $0.values) } ?? false
        case .aliasTarget, .glue: false
        }
    }

    private func isTransferred(_ change: Change) -> Bool {
        guard let announced = open.first(where: { $0.key == nil }), let facts = RegistrationRule.facts(picture),
            Picture.isRegistrar(facts, announced)
        else { return false }
        // A newly created registration is not a transfer.
        return facts.created.map { one in
            picture.state.registry.accepted?.created.map { one.at.seconds(since: $0.at) <= 86_400 } ?? true
        } ?? true
    }

    private func isAnnounced(_ change: Change, _ key: RecordSetKey) -> Bool {
        let isApex = key.name == picture.domain
        if isApex, key.type == .ds {
            return self.change(of: key).map { picture.progress(of: $0, before: nil) == .done } ?? false
        }
        if isApex, key.type == .ns {
            return self.change(of: key).map { Self.isSame(change.new, $0.values) && isListed(key, $0) } ?? false
        }
        return isSetAsAnnounced(key)
    }

    private func isSetAsAnnounced(_ key: RecordSetKey) -> Bool {
        guard let announced = change(of: key) else { return follows(key) }
        return isAsAnnounced(key) { picture.isExactly($0, announced) }
    }

    /// Whether every accepted server lists either the previous name servers or the announced ones.
    private func isListed(_ key: RecordSetKey, _ announced: AnnouncedChange) -> Bool {
        let known = picture.memory(key)?.current
        let own = picture.sets.first { $0.key == key }?.own ?? []
        return own.allSatisfy { picture.isExactly($0.value, announced) || known == nil || $0.value == known }
    }

    /// Whether the change follows from another change of the name: a CNAME replaces all other types, and they replace a
    /// CNAME.
    private func follows(_ key: RecordSetKey) -> Bool {
        if key.type == .cname {
            return open.contains { other in
                other.key?.name == key.name && !other.values.isEmpty
                    && (other.key.map { key in isAsAnnounced(key) { picture.isExactly($0, other) } } ?? false)
            } && isAsAnnounced(key) { !$0.isPresent }
        }
        guard let alias = change(of: RecordSetKey(key.name, .cname)), let target = alias.data.first,
            let name = NameTarget(target)?.target
        else { return false }
        return isAsAnnounced(key) { $0.alias == name.folded }
    }

    /// Whether at least one server serves the set as announced, and no server serves another new value.
    private func isAsAnnounced(_ key: RecordSetKey, _ isExact: (SetValue) -> Bool) -> Bool {
        guard let fact = picture.sets.first(where: { $0.key == key }) else { return false }
        let sights = fact.own + fact.strange
        let known = picture.memory(key)?.current
        return sights.contains { isExact($0.value) }
            && sights.allSatisfy {
                isExact($0.value) || $0.value == known || !$0.value.isPresent && known?.isPresent == false
            }
    }

    private static func isSame(_ one: [String], _ other: [String]) -> Bool {
        Set(one.map { $0.lowercased() }) == Set(other.map { $0.lowercased() })
    }

    /// Returns the finding as planned work, so that the memory learns the change as normal.
    private func planned(_ finding: Finding) -> Finding {
        var finding = finding
        switch finding.code {
        case .delegationHijacked: finding.code = .delegationChanged
        case .recordHijacked, .recordLost, .policyWeakened: finding.code = .recordChanged
        default: break
        }
        finding.incidentClass = .plannedChange
        finding.severity = min(finding.severity, .notice)
        return finding
    }
}
