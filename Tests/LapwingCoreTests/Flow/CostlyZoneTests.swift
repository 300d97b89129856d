import DNSSEC
import DNSWire
import LapwingCore
import Testing

/// A zone that was made to cost time: many servers, keys of one tag, and wrong signatures that no other server has.
@Suite struct CostlyZoneTests {
    /// Takes nothing for good, and counts.
    final class Counter: SignatureVerifier, @unchecked Sendable {  // Only one test at a time has it.
        var checks = 0

        func verify(algorithm: UInt8, publicKey: [UInt8], data: [UInt8], signature: [UInt8]) -> Bool? {
            checks += 1
            return signature.first == 1
        }

        func digest(_ kind: DigestKind, _ data: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: kind.length) }
    }

    static func key(_ number: Int) -> DNSKEY {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes[2 * number] = 9
        return DNSKEY(type: .dnskey, flags: 257, protocolNumber: 3, algorithm: 13, publicKey: bytes)
    }

    /// The snapshot with `servers` servers, each with so many keys of one tag and so many signatures over each set.
    static func snapshot(_ world: SmallWorld, servers: Int, keys: Int, good: Bool, signatures: Int) throws -> Snapshot {
        var snapshot = try world.snapshot(.regular, after: 0)
        let template = snapshot.authorities[0]
        let tag = key(0).keyTag
        let digest = DS(
            type: .ds, keyTag: tag, algorithm: 13, digestType: 2, digest: [UInt8](repeating: 0, count: 32))
        snapshot.parent.ds = [Record(name: world.domain, ttl: 3600, data: digest.data)]
        snapshot.authorities = []
        let now = UInt32(SmallWorld.start.seconds)
        for server in 0..<servers {
            var view = AuthorityView(
                host: try Name("ns\(server).heron.test"), address: .v4(0xC000_0200 + UInt32(server)),
                listedAtParent: true)
            view.answers = template.answers
            var published = Answer(outcome: .data, at: snapshot.at)
            published.authoritative = true
            published.records = (0..<keys).map { Record(name: world.domain, ttl: 3600, data: key($0).data) }
            view.answers[RecordSetKey(world.domain, .dnskey)] = published
            for (name, answer) in view.answers where !answer.records.isEmpty {
                view.answers[name]?.signatures = (0..<signatures).map { number in
                    let fields = RRSIG(
                        typeCovered: name.type, algorithm: 13, labels: UInt8(name.name.labelCount), originalTTL: 3600,
                        expiration: now + 864_000, inception: now - 864_000, keyTag: tag, signer: world.domain,
                        signature: [good ? 1 : 0, UInt8(server), UInt8(number)] + [UInt8](repeating: 0, count: 61))
                    return Record(name: name.name, ttl: 3600, data: fields.data)
                }
            }
            snapshot.authorities.append(view)
        }
        return snapshot
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var servers: Int
        var keys: Int
        var good: Bool
        var signatures: Int
        var codes: Set<FindingCode>
    }

    static let dnssec: Set<FindingCode> = [.dnssecBroken, .dnssecCostly]
    static let cases = [
        Case(
            testDescription: "sound, sixteen servers that sign by themselves", servers: 16, keys: 1, good: true,
            signatures: 2, codes: []),
        Case(
            testDescription: "broken, two servers", servers: 2, keys: 1, good: false, signatures: 1,
            codes: [.dnssecBroken]),
        Case(
            testDescription: "many servers, keys and signatures", servers: 32, keys: 4, good: false, signatures: 8,
            codes: [.dnssecCostly]),
        Case(
            testDescription: "many servers and signatures, one key", servers: 32, keys: 1, good: false, signatures: 9,
            codes: [.dnssecCostly]),
        Case(
            testDescription: "more keys of one tag than are tried", servers: 1, keys: 5, good: false, signatures: 1,
            codes: [.dnssecCostly]),
    ]

    @Test(arguments: cases) func costsAreBounded(_ example: Case) throws {
        let world = try SmallWorld()
        let verifier = Counter()
        let snapshot = try Self.snapshot(
            world, servers: example.servers, keys: example.keys, good: example.good, signatures: example.signatures)
        let outcome = Flow.round(watch: world.watch, state: WatchState(), snapshot: snapshot, verifier: verifier)
        #expect(Set(outcome.findings.map(\.code)).intersection(Self.dnssec) == example.codes)
        #expect(verifier.checks <= Limits.effortPerRound)
        let made = verifier.checks
        let report = Flow.round(watch: world.watch, state: WatchState(), snapshot: snapshot, verifier: verifier)
            .checked(of: world.watch)
        #expect(Set(report.map(\.code)).intersection(Self.dnssec) == example.codes)
        #expect(verifier.checks <= made + Limits.effortPerRound)
        guard example.codes == [.dnssecCostly] else { return }
        #expect(report.first { $0.code == .dnssecCostly }?.severity == .warning)
        #expect(outcome.state.chain.dnskey.isEmpty, "nothing is learnt from what was not checked")
    }

    /// What is told stays open as long as it cannot be checked any more.
    @Test func anIncidentIsNotOverBecauseCheckingItCostsTooMuch() throws {
        let world = try SmallWorld()
        let verifier = Counter()
        var state = WatchState()
        func round(minute: Int64, keys: Int, signatures: Int) throws -> [IncidentEvent] {
            var snapshot = try Self.snapshot(world, servers: 2, keys: keys, good: false, signatures: signatures)
            snapshot.at = snapshot.at.adding(seconds: 60 * minute)
            snapshot.monotonic += 60 * minute
            let outcome = Flow.round(watch: world.watch, state: state, snapshot: snapshot, verifier: verifier)
            state = outcome.state
            return outcome.events
        }
        let told = try round(minute: 0, keys: 1, signatures: 1) + round(minute: 5, keys: 1, signatures: 1)
        #expect(told.contains { $0.kind == .open && $0.incidentClass == .dnssecBroken })
        let later = try (2...8).flatMap { try round(minute: 5 * $0, keys: 5, signatures: 3) }
        #expect(!later.contains { $0.kind == .close && $0.incidentClass == .dnssecBroken })
        #expect(state.book.open.contains { $0.code == .dnssecBroken })
    }
}
