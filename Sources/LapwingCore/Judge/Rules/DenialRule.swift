import DNSSEC
import DNSWire

/// R8: proofs of absence: the types that exist must be in them, and they must be cheap to check.
enum DenialRule {
    static let rule = Rule(
        "denial", references: ["RFC 4035 §3.1.3.1", "RFC 8198", "RFC 9276 §3.1"],
        table: [
            Rule.Row(
                .dnssecDenial, .dnssecBroken, [.critical], "a denial leaves out a type that the same server serves"),
            Rule.Row(.dnssecIterations, .dnssecDowngraded, [.notice, .warning], "NSEC3 iterations above 0; above 50"),
            Rule.Row(.dnssecAlgorithm, .dnssecDowngraded, [.notice], "signed with algorithms 5 or 7 only"),
        ]
    ) { picture, _ in
        guard !picture.isBlind, !ChainRule.demands(picture).isEmpty, picture.watch.dnssec != .off else { return [] }
        let servers = picture.servers.filter { $0.isListed && $0.answers }
        return lies(servers, picture) + iterations(servers, picture) + algorithms(picture)
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
                "Signed denials (NSEC) of \(picture.domain) leave out types that exist: resolvers that reuse them answer that "
                    + "\(Change.list(names.sorted().map(\.description))) has no data.",
                facts: Array(facts.prefix(8)),
                grounds: ["an absent type was asked for at each name; RFC 4035 §3.1.3.1 wants all types listed"],
                isNot: "a fault of those resolvers: RFC 8198 lets them use the proof.",
                advice: "Have the zone signed anew with complete NSEC records; a wildcard is often the reason.",
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

    /// The types in the proof that the name exists without the asked one: its own NSEC or NSEC3, or its wildcard's.
    private static func listed(_ answer: Answer, _ name: Name, _ picture: Picture) -> [RecordType]? {
        for record in answer.authority where record.type == .nsec {
            let isWildcard = record.name.isWildcard && record.name.parent.map { name.isSubdomain(of: $0) } ?? false
            // A compact denial (RFC 9824) stands at the name itself and lists what is there.
            if record.name == name || isWildcard { return NSEC(record.data)?.types }
        }
        for record in answer.authority where record.type == .nsec3 {
            guard let proof = NSEC3(record.data), let hash = hash(name, proof, picture.verifier),
                record.name.labelCount > 0, record.name.label(0).map(lower) == hash
            else { continue }
            return proof.types
        }
        return nil
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

    /// The hashed owner name in base 32 (RFC 5155 §5); nil beyond 500 iterations, which nobody has to follow.
    private static func hash(_ name: Name, _ proof: NSEC3, _ verifier: any SignatureVerifier) -> [UInt8]? {
        guard proof.hashAlgorithm == 1, proof.iterations <= 500 else { return nil }
        var digest = verifier.digest(.sha1, name.folded.wire + proof.salt)
        for _ in 0..<proof.iterations { digest = verifier.digest(.sha1, digest + proof.salt) }
        let alphabet = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        var text: [UInt8] = []
        var buffer: UInt64 = 0
        var bits = 0
        for byte in digest {
            buffer = buffer << 8 | UInt64(byte)
            bits += 8
            while bits >= 5 {
                text.append(alphabet[Int(buffer >> UInt64(bits - 5) & 31)])
                bits -= 5
            }
        }
        return text
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
