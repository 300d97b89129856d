import DNSWire

/// Resolvers that fail, no longer validate, or keep old data, and where the fault lies.
enum ResolverRule {
    static let rule = Rule(
        "resolvers", references: ["RFC 4035 §4", "RFC 8767", "RFC 8914"],
        table: [
            Rule.Row(
                .resolverFailing, .resolverFault, [.notice],
                "half of ten polls bad, or three silent; or only this domain fails at one"),
            Rule.Row(.resolversSilent, .monitorFault, [.notice], "all resolvers silent in three polls"),
            Rule.Row(
                .resolutionFailing, .dnssecBroken, [.critical],
                "two validating resolvers fail, CD=1 works, the servers are fine"),
            Rule.Row(
                .resolutionFailing, .authorityOutage, [.critical],
                "two resolvers cannot reach the servers that answer us"),
            Rule.Row(
                .dnssecDowngraded, .dnssecDowngraded, [.warning],
                "resolvers that validated the domain treat it as insecure"),
            Rule.Row(
                .resolverDivergent, .resolverFault, [.notice],
                "one resolver denies for six polls what the authority serves"),
            Rule.Row(.resolverStale, .propagation, [.notice], "old data past its deadline in twelve polls"),
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.state.learntAt != nil || picture.isFirstLook else { return [] }
        var findings = faulty(picture)
        // Consequences of a known fault belong to its incident.
        let causes: [Cause] = [
            .delegation, .secureDelegation, .servers, .signatures, .parent, .transport, .registration, .loss,
        ]
        let known = found.filter {
            $0.code != .dnssecIterations && $0.code != .dnssecAlgorithm && $0.code != .dnssecExpiring
        }
        // This rule's own finding explains nothing: it is found for as long as it lasts.
        let isExplained =
            picture.isTroubled(causes, except: [.resolutionFailing])
            || causes.contains { known.has($0, atLeast: .warning) }
            || picture.state.book.open.contains { $0.incidentClass == .dnssecBroken && $0.code != .resolutionFailing }
        guard !isExplained, !picture.isLearning || picture.isFirstLook else { return findings }
        findings += failing(picture)
        guard !picture.isTroubled(causes) else { return findings }
        findings += unvalidated(picture) + denying(picture) + overdue(picture)
        return findings
    }

    // MARK: The resolver itself

    /// Returns one finding for each resolver that does not work; if none works, the fault is rather on the monitor's
    /// side.
    private static func faulty(_ picture: Picture) -> [Finding] {
        let findings = picture.resolvers.compactMap { faulty($0, picture) }
        guard picture.resolvers.count > 1, findings.count == picture.resolvers.count,
            picture.resolvers.allSatisfy(\.isSilent)
        else { return findings }
        var finding = Finding(
            .resolversSilent, .monitor, .monitorFault, .notice,
            text: Narrative(
                "No resolver answers this monitor: \(Change.list(picture.resolvers.map(\.name))).",
                facts: ["Silent in three polls, for names outside \(picture.domain) too."],
                grounds: [
                    "operators that have nothing to do with one another", "name servers, asked directly, answer",
                ],
                isNot: "a fault of \(picture.domain), as far as its own servers tell.",
                advice:
                    "Look for a filter between this machine and its resolvers. Until then nothing is known of caches.",
                check: "dig . NS @\(picture.resolvers[0].view.server)"))
        finding.shared = "all resolvers"
        finding.need = .now
        finding.clearing = .absent(polls: 3)
        return [finding]
    }

    private static func faulty(_ resolver: ResolverFact, _ picture: Picture) -> Finding? {
        guard let memory = picture.state.resolvers[resolver.label] else { return nil }
        let isDown = resolver.isSilent && memory.silentPolls + (picture.isRegular ? 1 : 0) >= 3
        let isOpen = picture.state.book.open.contains {
            $0.cause == .resolver(resolver.label) && $0.code == .resolverFailing
        }
        let isBad = memory.badOfTen >= (isOpen ? 2 : 5)
        guard isDown || isBad else { return nil }
        var finding = Finding(
            .resolverFailing, .resolver(resolver.label), .resolverFault, .notice,
            text: Narrative(
                "Resolver \(resolver.name) \(isDown ? "does not answer" : "answers unreliably").",
                facts: [
                    "\(isDown ? "Silent in three polls" : "\(memory.badOfTen) of the last ten polls were bad there"), names outside the domain included."
                ],
                grounds: ["the other resolvers and the domain's own servers answer"],
                isNot: "a fault of \(picture.domain).",
                advice: "Nothing at the domain. What this resolver says is given no weight for now.",
                check: "dig . NS @\(resolver.view.server)"))
        finding.shared = "resolver \(resolver.label)"
        finding.need = .now
        finding.clearing = .absent(polls: 3)
        return finding
    }

    // MARK: Users of several resolvers

    private static func failing(_ picture: Picture) -> [Finding] {
        let hurt = picture.resolvers.filter { !$0.failed.isEmpty && $0.controlsWork && !$0.siblingsFail }
        let healthy = picture.listedOwn.contains(where: \.answers)
        guard healthy else { return [] }
        // A failure at one resolver alone may be its own fault, even if another resolver fails for a different RRset.
        let counts = Dictionary(hurt.flatMap(\.failed).map { ($0, 1) }, uniquingKeysWith: +)
        let shared = hurt.flatMap(\.failed).filter { counts[$0, default: 0] >= 2 }
        guard let subject = shared.max(by: { counts[$0, default: 0] < counts[$1, default: 0] }) else {
            return picture.resolvers.compactMap { alone($0, picture) }
        }
        let checked = hurt.flatMap { resolver in resolver.failed.compactMap { resolver.view.unchecked[$0] } }
        let isValidation = !checked.isEmpty && checked.filter(\.isConclusive).count * 2 > checked.count
        let errors = Set(
            hurt.flatMap { resolver in resolver.failed.flatMap { resolver.view.answers[$0]?.extendedErrors ?? [] } }
        ).sorted()
        var finding = Finding(
            .resolutionFailing, isValidation ? .signatures : .servers, isValidation ? .dnssecBroken : .authorityOutage,
            .critical,
            subject: subject,
            text: Narrative(
                isValidation
                    ? "\(subject.name) \(subject.type) fails DNSSEC validation (SERVFAIL) at \(Change.list(hurt.map(\.name)))."
                    : "\(subject.name) \(subject.type) cannot be resolved at \(Change.list(hurt.map(\.name))): the servers of \(picture.domain) "
                        + "are unreachable from there, no authoritative answer.",
                facts: hurt.map { "\($0.name): SERVFAIL for \(Change.list($0.failed.map(\.description)))." }
                    + ExtendedErrors.facts(errors)
                    + ["Servers: \(Change.list(picture.listedOwn.map(\.label))) answer from here."],
                grounds: [
                    "two operators that have nothing to do with one another", "names elsewhere resolve there",
                    isValidation
                        ? "the same question with CD=1 gets data (SERVFAIL comes from validation)"
                        : "CD=1 does not help, so it is not DNSSEC",
                ],
                isNot: "a fault of one resolver.",
                advice: isValidation
                    ? "Look at keys, signatures and denials (lapwing dnssec \(picture.domain)); see what was changed last."
                    : "Look for filters and rate limits that drop queries of resolvers, and at routes to the servers.",
                check: "dig +cd \(subject.name) \(subject.type) @\(hurt[0].view.server)"))
        finding.need = .polls(2)
        finding.evidence = hurt.prefix(3).map { EvidencePointer(.resolver($0.label), subject) }
        finding.clearing = .absent(polls: 3)
        return [finding]
    }

    /// Returns a finding if only one resolver fails, and only for this domain; the failing RRsets may vary.
    private static func alone(_ resolver: ResolverFact, _ picture: Picture) -> Finding? {
        guard let memory = picture.state.resolvers[resolver.label], let key = resolver.failing.first,
            resolver.controlsWork, !resolver.siblingsFail,
            !picture.servers.contains(where: { $0.isOwn && !$0.answers }),
            memory.failingPolls + (picture.isRegular ? 1 : 0) >= 6
        else { return nil }
        var finding = Finding(
            .resolverFailing, .resolver(resolver.label), .resolverFault, .notice, subject: key,
            text: Narrative(
                "\(picture.domain): resolver \(resolver.name) fails for \(Change.list(resolver.failing.map(\.description))); the other resolvers do not.",
                facts: ["For something in each of six polls in a row; names elsewhere resolve there."],
                grounds: ["your servers answer when asked directly"],
                isNot: "a fault that users of other resolvers notice.",
                advice: "If users of this resolver matter, look for filters between it and your servers.",
                check: "dig \(key.name) \(key.type) @\(resolver.view.server)"))
        finding.need = .now
        finding.clearing = .absent(polls: 3)
        finding.evidence = [EvidencePointer(.resolver(resolver.label), key)]
        return finding
    }

    /// Returns a finding about resolvers that no longer validate the domain although the chain is unchanged.
    private static func unvalidated(_ picture: Picture) -> [Finding] {
        guard !picture.snapshot.parent.ds.isEmpty else { return [] }
        let lost = picture.resolvers.filter { (picture.state.resolvers[$0.label]?.unvalidatedPolls ?? 0) >= 3 }
        guard let first = lost.first else { return [] }
        let records = picture.snapshot.parent.ds.compactMap { DS($0.data) }
        let isOld = !records.isEmpty && records.allSatisfy { $0.algorithm == 5 || $0.algorithm == 7 }
        guard isOld || lost.count >= 2 else { return [] }
        var finding = Finding(
            .dnssecDowngraded, .signatures, .dnssecDowngraded, .warning,
            text: Narrative(
                "\(picture.domain): \(Change.list(lost.map(\.name))) no longer validate\(lost.count == 1 ? "s" : "") it and treat\(lost.count == 1 ? "s" : "") it as insecure.",
                facts: isOld
                    ? ["The zone is signed with SHA-1 algorithms (5 or 7) only, which they no longer support."] : [],
                grounds: ["the AD flag was set before and is gone in three polls", "DS and keys are unchanged"],
                isNot: "an outage: answers come, but forged ones would be accepted too.",
                advice: isOld
                    ? "Roll the zone to algorithm 13."
                    : "Compare algorithms, digest types and NSEC3 parameters with what resolvers support.",
                check: "dig +dnssec \(picture.domain) SOA @\(first.view.server)"))
        finding.need = .now
        return [finding]
    }

    private static func denying(_ picture: Picture) -> [Finding] {
        let guilty = picture.resolvers.compactMap { resolver -> (ResolverFact, [RecordSetKey])? in
            let keys = (picture.state.resolvers[resolver.label]?.denied ?? [:]).filter { $0.value >= 6 }.keys
            return keys.isEmpty ? nil : (resolver, keys.sorted { "\($0)" < "\($1)" })
        }
        return guilty.map { resolver, keys in
            var finding = Finding(
                .resolverDivergent, .resolver(resolver.label), .resolverFault, .notice, subject: keys[0],
                text: Narrative(
                    "\(picture.domain): resolver \(resolver.name) says that \(Change.list(keys.map(\.description))) does not exist; your servers have it.",
                    facts: ["So in six polls in a row."], grounds: ["every authoritative server was asked directly"],
                    isNot: "a fault of the domain, unless the resolver filters it on purpose.",
                    advice: "If users of this resolver matter, ask its operator why.",
                    check: "dig \(keys[0].name) \(keys[0].type) @\(resolver.view.server)"))
            finding.need = .now
            finding.evidence = [EvidencePointer(.resolver(resolver.label), keys[0])]
            return finding
        }
    }

    private static func overdue(_ picture: Picture) -> [Finding] {
        picture.resolvers.compactMap { resolver in
            let keys = (picture.state.resolvers[resolver.label]?.overdue ?? [:]).filter { $0.value >= 12 }.keys.sorted {
                "\($0)" < "\($1)"
            }
            guard let key = keys.first else { return nil }
            var finding = Finding(
                .resolverStale, .resolver(resolver.label), .propagation, .notice, subject: key,
                text: Narrative(
                    "\(picture.domain): resolver \(resolver.name) still gives the old \(Change.list(keys.map(\.description))), an hour past its TTL.",
                    facts: ["Now right: \(picture.memory(key)?.current?.text(of: key.type) ?? "-")."],
                    grounds: ["counted from when the last server stopped giving the old value"],
                    isNot: "poisoning: the old value was yours.",
                    advice: "Ask the operator to flush it if users of it matter.",
                    check: "dig \(key.name) \(key.type) @\(resolver.view.server)"))
            finding.need = .now
            return finding
        }
    }
}
