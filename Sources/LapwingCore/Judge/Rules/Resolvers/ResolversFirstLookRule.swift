import DNSWire

/// What one look shows of the resolvers and the servers, before anything is remembered of either.
enum ResolversFirstLookRule {
    static let rule = Rule(
        "resolvers-first-look", references: ["RFC 4035 §4", "RFC 8914"], phase: .firstLook,
        table: [
            Rule.Row(
                .resolverFailing, .resolverFault, [.notice],
                "a resolver is silent, or names outside the domain fail too"
            ),
            Rule.Row(.resolverFailing, .resolverFault, [.critical], "a resolver fails for the domain only"),
            Rule.Row(
                .resolverDivergent, .resolverFault, [.warning], "a resolver gives what no server of the domain gives"),
        ]
    ) { picture, found in
        guard !picture.isBlind, picture.servers.contains(where: \.answers) else { return [] }
        // Validating resolvers that reject bogus data show the same fault; its finding names them.
        let isBogus = found.contains { $0.incidentClass == .dnssecBroken && $0.severity == .critical }
        return picture.resolvers.flatMap { resolver -> [Finding] in
            if resolver.isSilent || resolver.asked > 0 && resolver.timedOut == resolver.asked {
                return [
                    Finding(
                        .resolverFailing, .resolver(resolver.label), .resolverFault, .notice,
                        text: Narrative(
                            "Resolver \(resolver.name) does not answer.", advice: "Nothing at the domain.",
                            check: "dig . NS @\(resolver.view.server)"))
                ]
            }
            return [failing(resolver, isBogus: isBogus, picture)].compactMap(\.self) + divergences(resolver, picture)
        }
    }

    private static func failing(_ resolver: ResolverFact, isBogus: Bool, _ picture: Picture) -> Finding? {
        guard let key = resolver.failed.first else { return nil }
        let errors = Set(resolver.failed.flatMap { resolver.view.answers[$0]?.extendedErrors ?? [] }).sorted()
        let isValidation = resolver.failed.contains { resolver.view.unchecked[$0]?.isConclusive == true }
        guard !(isBogus && isValidation) else { return nil }
        var finding = Finding(
            .resolverFailing, .resolver(resolver.label), .resolverFault,
            resolver.controlsFail ? .notice : .critical, subject: key,
            text: Narrative(
                "\(picture.domain): resolver \(resolver.name) fails for \(Change.list(resolver.failed.map(\.description)))"
                    + (isValidation ? ": DNSSEC validation." : "."),
                facts: ExtendedErrors.facts(errors)
                    + (resolver.controlsFail ? ["Names outside the domain fail there too."] : []),
                advice: "See what the servers say when asked directly.",
                check: "dig \(key.name) \(key.type) @\(resolver.view.server)"))
        finding.evidence = [EvidencePointer(.resolver(resolver.label), key)]
        return finding
    }

    private static func divergences(_ resolver: ResolverFact, _ picture: Picture) -> [Finding] {
        picture.sets.compactMap { fact in
            guard let answer = resolver.view.answers[fact.key], let value = SetValue(answer), !fact.own.isEmpty,
                fact.key.type != .soa, !(fact.key.type == .ds && fact.key.name == picture.domain)
            else { return nil }
            let own = fact.own.map(\.value)
            if own.contains(value) || own.contains(where: { $0.kind == .elsewhere && $0.alias == value.alias }) {
                return nil
            }
            let members = fact.members
            if value.kind == .data, Set(own).count > 1, value.members.contains(where: members.contains) { return nil }
            // Both deny, one with NXDOMAIN and the other with NODATA.
            if !value.isPresent, !own.contains(where: \.isPresent) { return nil }
            var finding = Finding(
                .resolverDivergent, .resolver(resolver.label), .resolverFault, .warning, subject: fact.key,
                text: Narrative(
                    "\(fact.key.name) \(fact.key.type): resolver \(resolver.name) gives \(value.text(of: fact.key.type)), your servers "
                        + "\(own[0].text(of: fact.key.type)).",
                    facts: ["TTL there: \(answer.ttl ?? 0) s, at the authority: \(fact.ttl ?? 0) s."],
                    advice:
                        "A cache that still holds the old value, an answer by region, or a forged one: ask again when the TTL has run out.",
                    check: "dig \(fact.key.name) \(fact.key.type) @\(resolver.view.server)"))
            finding.evidence = [EvidencePointer(.resolver(resolver.label), fact.key)]
            return finding
        }
    }
}
