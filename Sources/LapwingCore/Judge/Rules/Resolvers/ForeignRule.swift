import DNSWire

/// A resolver serves data that the authoritative servers never served.
enum ForeignRule {
    /// The number of times the same resolver is asked again: each time another of its caches may answer.
    static let repeats = 8

    static let rule = Rule(
        "foreign", references: ["RFC 5452"],
        table: [
            Rule.Row(.resolverPoisoned, .resolverPoisoned, [.critical], "foreign data at one resolver, twice"),
            Rule.Row(
                .pathHijacked, .hijackSuspected, [.critical],
                "the same foreign data at two resolvers, the authority unchanged"),
            Rule.Row(.resolverRewrites, .resolverFault, [.notice], "only names that do not exist get addresses"),
        ]
    ) { picture, found in
        guard !picture.isBlind, !picture.isLearning else { return [] }
        let isTaken = isElsewhere(picture) || found.has(.delegation, atLeast: .critical)
        let sights = isTaken ? ofNeither(foreign(picture), picture) : foreign(picture)
        var findings = isTaken ? [] : invented(picture)
        let taken = Set(sights.map(\.key))
        for fact in picture.sets where taken.contains(fact.key) {
            findings += judge(fact, sights.filter { $0.key == fact.key }, picture)
        }
        return findings
    }

    /// Whether the delegation refers, or recently referred, to other servers or to none: resolvers then serve the data
    /// of those servers, or their substitute for a missing name.
    private static func isElsewhere(_ picture: Picture) -> Bool {
        if picture.snapshot.parent.state == .absent || picture.snapshot.parent.state == .undelegated { return true }
        if picture.state.baseline.departure != nil { return true }
        let codes: Set<FindingCode> = [.delegationHijacked, .registrationParked, .delegationMissing]
        let book = picture.state.book
        return book.open.contains { codes.contains($0.code) || $0.concerns(.delegation) && $0.severity >= .warning }
            || book.closed.contains {
                (codes.contains($0.code) || $0.concerns(.delegation) && $0.severity >= .warning)
                    && picture.now.seconds(since: $0.closedAt ?? $0.lastFound) < 48 * 3600
            }
    }

    /// Returns, while the delegation refers to strange servers, the answers of single resolvers that neither these
    /// servers nor the domain's own were seen to serve.
    private static func ofNeither(_ sights: [Sight], _ picture: Picture) -> [Sight] {
        guard picture.snapshot.parent.state == .delegated, let departure = picture.state.baseline.departure,
            let served = departure.members, served.count < DelegationBaseline.Departure.memberLimit
        else { return [] }
        return sights.filter { sight in
            guard let fact = picture.sets.first(where: { $0.key == sight.key }), !fact.strange.isEmpty,
                fact.strange.allSatisfy({ $0.value.alias == nil && $0.value.isPresent }), sight.value.alias == nil
            else { return false }
            let known = served.union(fact.strange.flatMap(\.value.members))
            let isShared = sights.contains { other in
                other.resolver.label != sight.resolver.label && other.key == sight.key
                    && !Set(other.value.members).isDisjoint(with: sight.value.members)
            }
            return known.isDisjoint(with: sight.value.members) && !isShared
        }
    }

    struct Sight {
        var resolver: ResolverFact
        var key: RecordSetKey
        var value: SetValue
        var ttl: UInt32
    }

    /// Returns all foreign answers, including those to repeated questions.
    private static func foreign(_ picture: Picture) -> [Sight] {
        var sights: [Sight] = []
        for fact in picture.sets where !(fact.key.type == .soa || fact.key.type == .ds) {
            for resolver in picture.resolvers {
                for (answer, sight) in resolver.unvouched(fact.key) {
                    guard case .foreign(let value) = sight else { continue }
                    // Data that a validating resolver validated comes from the zone, for example from another region.
                    if answer.authenticData, !picture.snapshot.parent.ds.isEmpty { continue }
                    if isTold(value, of: fact.key, picture) { continue }
                    if sights.contains(where: {
                        $0.resolver.label == resolver.label && $0.key == fact.key && $0.value == value
                    }) {
                        continue
                    }
                    sights.append(Sight(resolver: resolver, key: fact.key, value: value, ttl: answer.ttl ?? 0))
                }
            }
        }
        return sights
    }

    static func answers(_ resolver: ResolverFact, _ key: RecordSetKey) -> [Answer] {
        (resolver.view.answers[key].map { [$0] } ?? []) + (resolver.view.repeats[key] ?? [])
    }

    private static func judge(_ fact: SetFact, _ sights: [Sight], _ picture: Picture) -> [Finding] {
        let key = fact.key
        // A name that changes in this round, or changed recently, may have more values than were seen yet.
        let isSettled = settled(fact, picture)
        // Addresses of one family may vary by region if those of the other family do.
        let family =
            [fact]
            + picture.sets.filter { !fact.isPresent && $0.key.name == key.name && [.a, .aaaa].contains($0.key.type) }
        let isSteady = family.allSatisfy {
            settled($0, picture) && picture.memory($0.key)?.elsewhere.isEmpty ?? true
        }
        let labels = Set(sights.map(\.resolver.label))
        let shared = sights.first { sight in
            Set(sights.filter { !Set($0.value.members).isDisjoint(with: sight.value.members) }.map(\.resolver.label))
                .count >= 2
        }
        if let shared, isSteady || labels.count == picture.resolvers.count && isSettled {
            return [hijacked(key, shared, sights, picture)]
        }
        return sights.compactMap { sight in
            let memory = picture.state.resolvers[sight.resolver.label] ?? ResolverMemory()
            let limit = max(picture.memory(key)?.ttl.highest ?? 0, fact.ttl ?? 0, memory.floor)
            let isForged = sight.ttl > limit && fact.isPresent
            guard isSteady || isForged else { return nil }
            return poisoned(key, sight, limit, isForged, picture)
        }
    }

    private static func settled(_ fact: SetFact, _ picture: Picture) -> Bool {
        guard let memory = picture.memory(fact.key) else { return false }
        return memory.isSettled(at: picture.now, interval: picture.interval)
            && fact.own.allSatisfy { memory.knows($0.value, at: picture.now) }
    }

    /// Whether the value belongs to an incident about data that the domain's own servers serve or served recently.
    private static func isTold(_ value: SetValue, of key: RecordSetKey, _ picture: Picture) -> Bool {
        let book = picture.state.book
        let lately = book.closed.filter { picture.now.seconds(since: $0.closedAt ?? $0.lastFound) < 48 * 3600 }
        let texts = Set(value.texts(of: key.type))
        return (book.open + lately).contains { incident in
            incident.concerns(.content)
                && incident.changes.contains {
                    $0.name == key.name && $0.kind == .records(key.type) && texts.isSubset(of: $0.new)
                }
        }
    }

    private static func poisoned(
        _ key: RecordSetKey, _ sight: Sight, _ limit: UInt32, _ isForged: Bool, _ picture: Picture
    ) -> Finding {
        let right = picture.memory(key)?.current?.text(of: key.type) ?? "-"
        let all = answers(sight.resolver, key)
        let others = picture.resolvers.filter { $0.label != sight.resolver.label }.map(\.label)
        var finding = Finding(
            .resolverPoisoned, .foreign, .resolverPoisoned, .critical, subject: key,
            text: Narrative(
                "\(key.name) \(key.type): resolver \(sight.resolver.name) gives \(sight.value.text(of: key.type)) (TTL \(sight.ttl)); "
                    + "your servers give \(right) (TTL \(picture.memory(key)?.ttl.current ?? 0)) and have never served it.",
                facts: [
                    "Asked \(all.count) time\(all.count == 1 ? "" : "s") in this look; not every cache behind it need have it.",
                    "Not seen at: \(Change.list(others)).",
                ],
                grounds: ["every authoritative server was asked in the same minute"]
                    + (isForged
                        ? [
                            "TTL \(sight.ttl) is above the \(limit) that the authority or this resolver allow: it cannot come from there"
                        ] : []),
                isNot: "propagation or rotation: no server served it in the last 30 days.",
                advice:
                    "Its cache is poisoned or its path is intercepted: ask the operator to flush \(key.name); sign the zone.",
                check: "dig \(key.name) \(key.type) @\(sight.resolver.view.server)"))
        finding.changes = [
            Change(key, from: picture.memory(key)?.current, to: sight.value, seenBy: [sight.resolver.label])
        ]
        finding.need = Confirmation(looks: 2, polls: 1, patience: 3)
        finding.look = SecondLook(resolverRepeats: [
            SecondLook.Repeat(resolver: sight.resolver.label, key: key, times: repeats)
        ])
        finding.clearing = .absent(polls: 12)
        finding.evidence = [EvidencePointer(.resolver(sight.resolver.label), key)]
        return finding
    }

    private static func hijacked(_ key: RecordSetKey, _ sight: Sight, _ sights: [Sight], _ picture: Picture) -> Finding
    {
        var seen: Set<String> = []
        let hurt = sights.map(\.resolver).filter { seen.insert($0.label).inserted }
        let names = hurt.map(\.name)
        let right = picture.memory(key)?.current?.text(of: key.type) ?? "-"
        var finding = Finding(
            .pathHijacked, .foreign, .hijackSuspected, .critical, subject: key,
            text: Narrative(
                "\(key.name) \(key.type): resolvers \(Change.list(names)) give \(sight.value.text(of: key.type)); your servers give \(right) "
                    + "and have never served it: the path to your servers seems to be hijacked.",
                facts: sights.map { "\($0.resolver.name): \($0.value.text(of: key.type)), TTL \($0.ttl)." },
                grounds: [
                    "two operators that have nothing to do with one another give the same foreign data",
                    "the authority, asked directly from here, and the delegation are unchanged",
                ],
                isNot: "one poisoned cache, nor propagation: the value was never served.",
                advice:
                    "Call the operators of your name servers and their network: routes (BGP) to them may be announced by "
                    + "somebody else. Certificates issued now are suspect.",
                check: "dig \(key.name) \(key.type) @\(sight.resolver.view.server)"))
        finding.changes = [
            Change(key, from: picture.memory(key)?.current, to: sight.value, seenBy: hurt.map(\.label))
        ]
        finding.need = Confirmation(looks: 2, polls: 1, patience: 3)
        finding.look = SecondLook(
            resolverRepeats: hurt.map { SecondLook.Repeat(resolver: $0.label, key: key, times: repeats) })
        finding.clearing = .absent(polls: 12)
        finding.evidence = hurt.prefix(4).map { EvidencePointer(.resolver($0.label), key) }
        return finding
    }

    // MARK: Names that do not exist

    private static func invented(_ picture: Picture) -> [Finding] {
        picture.resolvers.compactMap { resolver in
            let keys = picture.sets.compactMap { fact -> (RecordSetKey, SetValue)? in
                for (_, sight) in resolver.unvouched(fact.key) {
                    if case .invented(let value) = sight { return (fact.key, value) }
                }
                return nil
            }
            guard let (key, value) = keys.first else { return nil }
            var finding = Finding(
                .resolverRewrites, .resolver(resolver.label), .resolverFault, .notice, subject: key,
                text: Narrative(
                    "\(picture.domain): resolver \(resolver.name) answers names that do not exist: \(key.name) \(key.type) gets \(value.text(of: key.type)) "
                        + "instead of \(picture.memory(key)?.current?.kind == .nxDomain ? "NXDOMAIN" : "no data (NXDOMAIN or NODATA)").",
                    facts: ["Seen for: \(Change.list(keys.map(\.0.description)))."],
                    grounds: ["your servers deny these names", "existing names are right there"],
                    isNot: "poisoning of the domain: the domain is fine.",
                    advice:
                        "Nothing at the domain. What this resolver says about missing names is ignored from now on.",
                    check: "dig \(key.name) \(key.type) @\(resolver.view.server)"))
            finding.shared = "resolver \(resolver.label)"
            finding.need = Confirmation(looks: 2, polls: 1, patience: 3)
            finding.look = SecondLook(resolverRepeats: [
                SecondLook.Repeat(resolver: resolver.label, key: key, times: repeats)
            ])
            finding.clearing = .absent(polls: 12)
            finding.evidence = [EvidencePointer(.resolver(resolver.label), key)]
            return finding
        }
    }
}
