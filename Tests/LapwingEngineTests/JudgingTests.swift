import DNSSEC
import DNSWire
import Foundation
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingStore
import Logging
import Synchronization
import Testing

/// A round whose judgement takes long: others go on, and what people do meanwhile is not lost.
@Suite(.serialized) struct JudgingTests {
    /// Holds every verification until it is let through, ten seconds at most.
    final class Gate: SignatureVerifier {
        private let state = Mutex((isOpen: false, waiting: 0))

        var waiting: Int { state.withLock { $0.waiting } }

        func open() { state.withLock { $0.isOpen = true } }

        func verify(algorithm: UInt8, publicKey: [UInt8], data: [UInt8], signature: [UInt8]) -> Bool? {
            state.withLock { $0.waiting += 1 }
            for _ in 0..<10_000 where !state.withLock({ $0.isOpen }) { Thread.sleep(forTimeInterval: 0.001) }
            return true
        }

        func digest(_ kind: DigestKind, _ data: [UInt8]) -> [UInt8] { LibcryptoVerifier().digest(kind, data) }
    }

    /// An engine over a store in memory, with a clock that the test moves, and a world of one answer a domain.
    struct Stage {
        static let start = Timestamp(seconds: 1_800_000_000)

        let store: Store
        let gate = Gate()
        let engine: Engine
        let slow: Name
        let quick: Name
        private let seconds: Seconds

        final class Seconds: Sendable {
            let passed = Mutex<Int64>(0)
        }

        init() throws {
            let (slow, quick) = (try Name("slow.test"), try Name("quick.test"))
            let key = try #require(SigningKey(algorithm: 13, seed: "slow"))
            let seconds = Seconds()
            let clock = EngineClock(
                now: { Self.start.adding(seconds: seconds.passed.withLock { $0 }) },
                elapsed: { seconds.passed.withLock { $0 * 1000 } },
                sleep: { _ in try await Task.sleep(for: .milliseconds(2)) })
            store = try Store()
            let parts = EngineParts(
                gather: { walk, _ in Gathered(snapshot: Self.snapshot(walk.domain, key.record(zone: slow), slow, key))
                },
                lookUp: { _ in nil }, registry: { _ in nil }, verifier: gate, clock: clock, reachesIPv6: false,
                bench: JudgingBench(places: 2))
            engine = Engine(
                settings: Self.settings([slow, quick]), store: store, parts: parts, status: EngineStatus(),
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            self.slow = slow
            self.quick = quick
            self.seconds = seconds
        }

        static func settings(_ domains: [Name]) -> Settings {
            var settings = Settings()
            settings.watches = domains.map { Watch(domain: $0, sets: [RecordSetKey($0, .a)]) }
            return settings
        }

        /// What a server of the domain says; that of the slow one is signed.
        private static func snapshot(_ domain: Name, _ record: Record, _ slow: Name, _ key: SigningKey) -> Snapshot {
            var parent = ParentView(zone: domain.parent)
            parent.state = .delegated
            parent.dsKnown = true
            var snapshot = Snapshot(domain: domain, at: start, monotonic: 0, look: .regular, parent: parent)
            var view = AuthorityView(host: domain, address: .v4(0x7F00_0001), listedAtParent: true)
            var answer = Answer(outcome: domain == slow ? .data : .noData, at: start)
            answer.authoritative = true
            if domain == slow {
                answer.records = [record]
                let set = RRset(name: slow, type: .dnskey, ttl: record.ttl, data: [record.data])
                let moment = UInt32(start.seconds)
                answer.signatures =
                    key.sign(set, signer: slow, inception: moment - 1000, expiration: moment + 86400).map { [$0] } ?? []
            }
            view.answers[RecordSetKey(domain, .dnskey)] = answer
            snapshot.authorities = [view]
            return snapshot
        }

        func pass(_ count: Int64) { seconds.passed.withLock { $0 += count } }

        /// Runs the engine while the test does something, and to its end.
        func run(_ work: () async throws -> Void) async throws {
            let running = Task { [engine] in try await engine.run() }
            defer { gate.open() }
            try await work()
            running.cancel()
            _ = try? await running.value
        }

        /// Waits until something is so, five seconds at most.
        static func becomes(_ condition: () throws -> Bool) async -> Bool {
            for _ in 0..<1000 {
                if (try? condition()) == true { return true }
                try? await Task.sleep(for: .milliseconds(5))
            }
            return false
        }
    }

    /// An open incident, as the book keeps it.
    private static func book(_ domain: Name) -> IncidentBook {
        var finding = Finding(
            .recordChanged, .content, .plannedChange, .warning, text: Narrative("Something has changed."))
        finding.need = .now
        finding.clearing = .absent(polls: 1000)
        var verdicts = VerdictCache()
        let picture = Picture(
            watch: Watch(domain: domain, sets: []), state: WatchState(),
            snapshot: Snapshot(domain: domain, at: Stage.start, monotonic: 0, parent: ParentView()),
            verifier: LibcryptoVerifier(), verdicts: &verdicts)
        var book = IncidentBook()
        _ = book.apply([finding], to: picture)
        return book
    }

    @Test func othersGoOn() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await Stage.becomes { stage.gate.waiting > 0 })
            #expect(await Stage.becomes { try stage.store.state(of: stage.quick) != nil })
            let kept = try stage.store.state(of: stage.slow)
            #expect(kept == nil)
            stage.gate.open()
            #expect(await Stage.becomes { try stage.store.state(of: stage.slow) != nil })
        }
    }

    @Test func anAcceptanceMeanwhileIsKept() async throws {
        let stage = try Stage()
        var state = WatchState()
        state.learntAt = Stage.start.adding(seconds: -86400)
        state.book = Self.book(stage.slow)
        #expect(!state.book.open.isEmpty)
        try stage.store.commit(
            RoundRecord(
                domain: stage.slow, at: Stage.start, sightings: [], outcome: RoundOutcome(state: state),
                keepsState: true))
        try await stage.run {
            #expect(await Stage.becomes { stage.gate.waiting > 0 })
            try stage.store.add(.accept, domain: stage.slow, by: "anna", at: Stage.start)
            stage.pass(1)
            #expect(await Stage.becomes { try stage.store.waitingRequests().isEmpty })
            stage.gate.open()
            #expect(await Stage.becomes { stage.engine.status.read { $0.domains[stage.slow] != nil } })
        }
        let kept = try #require(try stage.store.state(of: stage.slow))
        #expect(kept.rounds == 1, "the round itself is not lost either")
        #expect(kept.book.open.isEmpty)
        #expect(kept.book.closed.map(\.acceptedBy) == ["anna"])
    }

    @Test func aDomainRemovedMeanwhileStaysAway() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await Stage.becomes { stage.gate.waiting > 0 })
            await stage.engine.reload(Stage.settings([stage.quick]))
            stage.gate.open()
            #expect(await Stage.becomes { try stage.store.state(of: stage.quick) != nil })
            try await Task.sleep(for: .milliseconds(100))
        }
        let kept = try stage.store.state(of: stage.slow)
        #expect(kept == nil)
        #expect(stage.engine.status.read { $0.domains[stage.slow] == nil })
    }

    @Test func aWatchChangedMeanwhileIsJudgedByWhatItIsNow() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await Stage.becomes { stage.gate.waiting > 0 })
            var settings = Stage.settings([stage.slow, stage.quick])
            settings.watches[0].dnssec = .off
            await stage.engine.reload(settings)
            stage.gate.open()
            #expect(await Stage.becomes { try stage.store.state(of: stage.slow) != nil })
        }
        let kept = try #require(try stage.store.state(of: stage.slow))
        #expect(kept.chain.dnskey.isEmpty, "a watch without DNSSEC learns no keys")
    }
}
