import DNSSEC
import DNSWire

/// Proofs of absence: they must list the types that exist and must be cheap to check.
enum DenialRule {
    static let rule = Rule(
        "denial", references: ["RFC 4035 §3.1.3.1", "RFC 8198", "RFC 9276 §3.1"],
        table: [
            Rule.Row(
                .dnssecDenial, .dnssecBroken, [.warning, .critical],
                "a denial leaves out a type that the same server serves, or does not validate; warning when only for names "
                    + "that do not exist"),
            Rule.Row(.dnssecIterations, .dnssecDowngraded, [.notice, .warning], "NSEC3 iterations above 0; above 50"),
            Rule.Row(.dnssecAlgorithm, .dnssecDowngraded, [.notice], "signed with algorithms 5 or 7 only"),
        ]
    ) { picture, found in
        guard !picture.isBlind, !ChainRule.demands(picture).isEmpty, picture.watch.dnssec != .off else { return [] }
        let servers = picture.servers.filter { $0.isListed && $0.answers }
        let broken = found.has(.dnssecBroken) || found.has(.dnssecExpired)
        return (broken ? [] : unproven(servers, picture)) + lies(servers, picture) + iterations(servers, picture)
            + algorithms(picture)
    }

    // MARK: Denials that prove nothing

    /// Denials and wildcard answers whose proofs do not validate: each validating resolver answers SERVFAIL.
    private static func unproven(_ servers: [ServerFact], _ picture: Picture) -> [Finding] {
        var bad: [(server: ServerFact, key: RecordSetKey, reason: Reason)] = []
        for server in servers {
            let faults = picture.chain(server).denialFaults.sorted {
                ($0.key.name, $0.key.type.rawValue) < ($1.key.name, $1.key.type.rawValue)
            }
            bad += faults.map { (server, $0.key, $0.value) }
        }
        guard let first = bad.first(where: { $0.key != picture.randomLabel }) ?? bad.first else { return [] }
        let isTimeOnly = bad.allSatisfy {
            $0.reason.code == .signatureExpired || $0.reason.code == .signatureNotYetValid
        }
        if isTimeOnly, !picture.trustsClock { return [] }
        let hosts = Set(bad.map(\.server.label))
        let isEverywhere = hosts.count == servers.count
        let isOfNames = bad.allSatisfy { $0.key == picture.randomLabel }
        var finding = Finding(
            .dnssecDenial, isEverywhere ? .signatures : .server(first.server.host), .dnssecBroken,
            isOfNames ? .warning : .critical, subject: first.key,
            text: Narrative(
                "\(picture.domain): what it says is not there is not proven on \(Change.list(hosts.sorted())): "
                    + "\(words(first.key)): \(first.reason.text).",
                facts: bad.prefix(8).map { "\($0.server.label): \(words($0.key)): \($0.reason.text)." },
                grounds: [
                    "the NSEC or NSEC3 records of each server and their signatures were checked by its own keys",
                    "a validating resolver answers SERVFAIL where it should say that there is no such name or data",
                ],
                isNot: "an outage of the names that exist: their own records validate.",
                advice: isEverywhere
                    ? "Have the zone signed again with a complete chain of NSEC or NSEC3 records."
                    : "This server's copy is old or not whole: transfer the zone again or take it out of the NS set.",
                check: picture.dig(first.key, at: "\(first.server.address)")))
        finding.evidence = bad.prefix(8).map { EvidencePointer($0.server.source, $0.key) }
        return [finding]
    }

    private static func words(_ key: RecordSetKey) -> String {
        key.type == RoundWalk.denialProbe ? "a type that \(key.name) does not have" : "\(key)"
    }

    // MARK: Denials that deny too much

    private static func lies(_ servers: [ServerFact], _ picture: Picture) -> [Finding] {
        var facts: [String] = []
        var pointers: [EvidencePointer] = []
        var names: Set<Name> = []
        for server in servers {
            for (name, present) in presentTypes(server, picture) {
                for (key, answer) in denials(of: name, server, picture) {
                    guard let types = listed(answer, name, picture),
                        let missing = present.first(where: { !types.contains($0) }),
                        names.insert(name).inserted
                    else { continue }
                    facts.append(
                        "\(server.label): the denial of \(key.type) at \(name) leaves out \(missing), which exists.")
                    pointers.append(EvidencePointer(server.source, key))
                }
            }
        }
        guard !facts.isEmpty else { return [] }
        var finding = Finding(
            .dnssecDenial, .signatures, .dnssecBroken, .critical, subject: pointers.first?.key,
            text: Narrative(
                "\(picture.domain): its signed denials (NSEC) leave out types that exist: resolvers that reuse them answer that "
                    + "\(Change.list(names.sorted().map(\.description))) has no data.",
                facts: Array(facts.prefix(8)),
                grounds: ["an absent type was asked for at each name; RFC 4035 §3.1.3.1 wants all types listed"],
                isNot: "a fault of those resolvers: RFC 8198 lets them use the proof.",
                advice: "Have the zone signed again with complete NSEC records; a wildcard is often the reason.",
                check: picture.dig(pointers.first?.key ?? RecordSetKey(picture.domain, .nsec))))
        finding.evidence = Array(pointers.prefix(8))
        return [finding]
    }

    private static func presentTypes(_ server: ServerFact, _ picture: Picture) -> [(Name, [RecordType])] {
        var order: [Name] = []
        var types: [Name: [RecordType]] = [:]
        for fact in picture.sets {
            guard let answer = server.view.answers[fact.key], answer.outcome == .data, answer.aliases.isEmpty else {
                continue
            }
            if types[fact.key.name] == nil { order.append(fact.key.name) }
            types[fact.key.name, default: []].append(fact.key.type)
        }
        return order.map { ($0, types[$0] ?? []) }
    }

    private static func denials(of name: Name, _ server: ServerFact, _ picture: Picture) -> [(RecordSetKey, Answer)] {
        let keys = [RecordSetKey(name, RoundWalk.denialProbe)] + picture.sets.map(\.key).filter { $0.name == name }
        return keys.compactMap { key in
            server.view.answers[key].flatMap { $0.outcome == .noData && $0.aliases.isEmpty ? (key, $0) : nil }
        }
    }

    /// Returns the types in the proof that the name exists without the asked type: its own NSEC or NSEC3, or its
    /// wildcard's.
    private static func listed(_ answer: Answer, _ name: Name, _ picture: Picture) -> [RecordType]? {
        for record in answer.authority where record.type == .nsec {
            let isWildcard = record.name.isWildcard && record.name.parent.map { name.isSubdomain(of: $0) } ?? false
            // A compact denial (RFC 9824) is at the name itself and lists the existing types.
            if record.name == name || isWildcard { return NSEC(record.data)?.types }
        }
        for (owner, proof) in DenialReader.proofs(in: answer) {
            guard let hash = picture.hashedNames[DenialReader.input(name, proof)],
                Base32Hex.decode(owner.label(0)) == hash
            else { continue }
            return proof.types
        }
        return nil
    }

    // MARK: Parameters

    private static func iterations(_ servers: [ServerFact], _ picture: Picture) -> [Finding] {
        var most: UInt16 = 0
        for server in servers {
            for fact in picture.sets {
                for record in server.view.answers[fact.key]?.authority ?? [] where record.type == .nsec3 {
                    most = max(most, NSEC3(record.data)?.iterations ?? 0)
                }
            }
        }
        guard most > 0 else { return [] }
        var finding = Finding(
            .dnssecIterations, .signatures, .dnssecDowngraded, most > 50 ? .warning : .notice,
            text: Narrative(
                "\(picture.domain) uses \(most) NSEC3 iterations.",
                facts: ["Above 50 some resolvers treat denials as insecure, above 150 some answer SERVFAIL."],
                grounds: ["RFC 9276 §3.1 asks for 0"], isNot: "a broken chain.",
                advice: "Set the NSEC3 iterations to 0 and the salt to none.",
                check: picture.dig(RecordSetKey(picture.domain, .nsec3param))))
        finding.need = .twoLooks
        return [finding]
    }

    private static func algorithms(_ picture: Picture) -> [Finding] {
        let records = picture.snapshot.parent.ds.compactMap { DS($0.data) }
        guard !records.isEmpty, records.allSatisfy({ $0.algorithm == 5 || $0.algorithm == 7 }) else { return [] }
        return [
            Finding(
                .dnssecAlgorithm, .signatures, .dnssecDowngraded, .notice,
                text: Narrative(
                    "\(picture.domain) is signed with SHA-1 algorithms (5 or 7) only.",
                    facts: ["Resolvers on systems that forbid SHA-1 treat the domain as unsigned."],
                    grounds: ["RFC 9905 forbids them for new signatures"],
                    advice: "Roll to algorithm 13.", check: picture.dig(RecordSetKey(picture.domain, .dnskey))))
        ]
    }
}
