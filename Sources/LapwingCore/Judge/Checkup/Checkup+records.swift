import DNSWire

extension Checkup {
    /// TTL at the authority (checks TTL-01, TTL-03, TTL-06).
    static func records(_ picture: Picture) -> [Finding] {
        picture.sets.flatMap { fact -> [Finding] in
            var findings: [Finding] = []
            guard let ttl = fact.ttl, fact.isPresent else { return [] }
            if ttl < picture.watch.lowTTL, fact.key.type != .soa {
                findings.append(
                    finding(
                        .ttlLow, .warning,
                        "TTL of \(fact.key.name) \(fact.key.type) is \(ttl) s, below \(picture.watch.lowTTL) s.",
                        subject: fact.key, advice: "Raise it again if it was lowered for a move.",
                        check: picture.dig(fact.key),
                        evidence: fact.own.prefix(1).map { EvidencePointer($0.server.source, fact.key) }))
            }
            let inside = fact.own.contains { sight in
                Set((sight.server.view.answers[fact.key]?.records ?? []).map(\.ttl)).count > 1
            }
            if inside || Set(fact.own.compactMap(\.ttl)).count > 1 {
                findings.append(
                    finding(
                        .ttlUneven, .notice,
                        "TTLs of \(fact.key.name) \(fact.key.type) differ \(inside ? "within the set" : "between servers").",
                        subject: fact.key, facts: fact.own.map { "\($0.server.label): \($0.ttl ?? 0) s." },
                        advice: "Give all records of a set one TTL (RFC 2181 §5.2).", check: picture.dig(fact.key)))
            }
            return findings
        }
    }

    /// Resolvers beside the authorities (checks RES-01, RES-02, RES-04, RES-08).
    static func resolvers(_ picture: Picture) -> [Finding] {
        guard picture.servers.contains(where: \.answers) else { return [] }
        return picture.resolvers.flatMap { resolver -> [Finding] in
            if resolver.isSilent || resolver.asked > 0 && resolver.timedOut == resolver.asked {
                return [
                    finding(
                        .resolverFailing, .notice, "Resolver \(resolver.name) does not answer.",
                        advice: "Nothing at the domain.", check: "dig . NS @\(resolver.view.server)")
                ]
            }
            var findings: [Finding] = []
            if !resolver.failed.isEmpty {
                let errors = Set(resolver.failed.flatMap { resolver.view.answers[$0]?.extendedErrors ?? [] }).sorted()
                let isValidation = resolver.failed.contains { resolver.view.unchecked[$0]?.isConclusive == true }
                findings.append(
                    finding(
                        .resolverFailing, resolver.controlsFail ? .notice : .critical,
                        "Resolver \(resolver.name) fails for \(Change.list(resolver.failed.map(\.description)))"
                            + (isValidation ? ": DNSSEC validation." : "."),
                        subject: resolver.failed[0],
                        facts: (errors.isEmpty
                            ? [] : ["Extended errors: \(errors.map(String.init).joined(separator: ", "))."])
                            + (resolver.controlsFail ? ["Names outside the domain fail there too."] : []),
                        advice: "See what the servers say when asked directly.",
                        check: "dig \(resolver.failed[0].name) \(resolver.failed[0].type) @\(resolver.view.server)",
                        evidence: [EvidencePointer(.resolver(resolver.label), resolver.failed[0])]))
            }
            return findings + divergences(resolver, picture)
        }
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
            // Both deny, in different words.
            if !value.isPresent, !own.contains(where: \.isPresent) { return nil }
            return finding(
                .resolverDivergent, .warning,
                "Resolver \(resolver.name) gives \(fact.key.name) \(fact.key.type) \(value.text(of: fact.key.type)), your servers "
                    + "\(own[0].text(of: fact.key.type)).", subject: fact.key,
                facts: ["TTL there: \(answer.ttl ?? 0) s, at the authority: \(fact.ttl ?? 0) s."],
                advice:
                    "A cache that still holds the old value, an answer by region, or a forged one: ask again when the TTL has run out.",
                check: "dig \(fact.key.name) \(fact.key.type) @\(resolver.view.server)",
                evidence: [EvidencePointer(.resolver(resolver.label), fact.key)])
        }
    }
}
