import DNSWire
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingStore
import Logging
import Testing

/// The engine with a store in memory and a clock that the test moves: rest, wake, reload, and what people ask for while a
/// round is under way.
@Suite(.serialized) struct TurnTests {
    /// An engine, and all that it lives on.
    struct Stage {
        let clock = HandClock()
        let network: ScriptedNetwork
        let store: Store
        let engine: Engine
        let domain: Name

        init(watchesRegistration: Bool = false) throws {
            domain = try Name("tern.test")
            network = ScriptedNetwork(clock)
            store = try Store()
            engine = Self.engine(store, network, clock, Self.settings([domain], watchesRegistration))
        }

        static func engine(_ store: Store, _ network: ScriptedNetwork, _ clock: HandClock, _ settings: Settings)
            -> Engine
        {
            let parts = EngineParts(
                gather: { await network.gather($0, $1) }, recheck: { walk, _ in await network.recheck(walk) },
                lookUp: { _ in network.lookUp() }, registry: { _ in "registry.test" }, verifier: LibcryptoVerifier(),
                clock: clock.engineClock, reachesIPv6: false, bench: JudgingBench(places: 2))
            return Engine(
                settings: settings, store: store, parts: parts, status: EngineStatus(),
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }

        static func settings(_ domains: [Name], _ watchesRegistration: Bool = false) -> Settings {
            var settings = Settings()
            settings.watches = domains.map {
                var watch = Watch(domain: $0, sets: [RecordSetKey($0, .a)])
                watch.interval = 10
                watch.watchesRegistration = watchesRegistration
                return watch
            }
            return settings
        }

        /// Runs an engine while the test does something, and to its end.
        func run(_ engine: Engine? = nil, _ work: () async throws -> Void) async throws {
            let engine = engine ?? self.engine
            let running = Task { try await engine.run() }
            var failure: (any Error)?
            do { try await work() } catch { failure = error }
            network.change { $0.isHeld = false }
            running.cancel()
            _ = try? await running.value
            if let failure { throw failure }
        }

        /// Waits until rounds of the domain only ask.
        func rests() async -> Bool { await clock.becomes { network.rechecked(domain) >= 3 } }

        /// A store that takes nothing, or takes again.
        func setReadOnly(_ isReadOnly: Bool) throws {
            try (store.database as? SQLiteEngine)?.withoutTransaction {
                try $0.script("PRAGMA query_only = \(isReadOnly ? 1 : 0)")
            }
        }

        /// Begins with what the domain has open: the first of it.
        func begin(with book: IncidentBook) throws -> Incident {
            var state = WatchState()
            state.learntAt = HandClock.start.adding(seconds: -86_400)
            state.book = book
            try store.commit(
                RoundRecord(
                    domain: domain, at: HandClock.start, sightings: [], outcome: RoundOutcome(state: state),
                    keepsState: true))
            try engine.status.restore(from: store, watches: Self.settings([domain]).watches)
            return try #require(book.open.first)
        }

        func state() throws -> WatchState { try #require(try store.state(of: domain)) }
    }

    @Test("what looks come to is written down by the day, looks at a domain at rest too")
    func days() async throws {
        let stage = try Stage()
        let first = DayNumber(of: stage.clock.engineClock.now())
        try await stage.run { #expect(await stage.rests()) }
        let last = DayNumber(of: stage.clock.engineClock.now())
        let days = try #require(try stage.store.days(from: first, to: last)[stage.domain])
        let whole = days.values.reduce(into: DayTally()) { $0.add($1) }
        let looks = stage.network.rechecked(stage.domain)
        #expect(whole.looks > looks && whole.blind == 0 && whole.weaknesses != nil)
        #expect(whole.served == whole.looks && whole.unserved == 0)
    }

    @Test("a domain at rest is only asked, and its memory counts every round")
    func rest() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await stage.rests())
            let gathered = stage.network.gathered(stage.domain)
            #expect(await stage.clock.becomes { stage.network.rechecked(stage.domain) >= 20 })
            #expect(stage.network.gathered(stage.domain) == gathered)
        }
        let rounds = stage.network.gathered(stage.domain) + stage.network.rechecked(stage.domain)
        let counted = try stage.state().rounds
        #expect((rounds - 1...rounds).contains(counted), "but for one that the end cut off")
        #expect(stage.engine.status.read(\.rounds) == counted)
    }

    @Test("a rest survives no restart, and loses no round by one")
    func restart() async throws {
        let stage = try Stage()
        try await stage.run { #expect(await stage.rests()) }
        let before = try stage.state().rounds
        let gathered = stage.network.gathered(stage.domain)
        let next = Stage.engine(stage.store, stage.network, stage.clock, Stage.settings([stage.domain]))
        try await stage.run(next) {
            #expect(await stage.clock.becomes { stage.network.gathered(stage.domain) > gathered })
            #expect(await stage.clock.becomes { next.status.read { $0.domains[stage.domain] != nil } })
        }
        #expect(try stage.state().rounds > before)
    }

    @Test("what is otherwise wakes it, and no question is put twice")
    func wake() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await stage.rests())
            let gathered = stage.network.gathered(stage.domain)
            stage.network.change {
                $0.isSame = false
                $0.addresses[stage.domain] = "198.51.100.7"
            }
            #expect(await stage.clock.becomes { stage.network.gathered(stage.domain) > gathered })
            #expect(stage.network.read(\.reused) >= 1)
            #expect(await stage.clock.becomes { try !stage.store.changes(of: stage.domain).isEmpty })
        }
        let changes = try stage.store.changes(of: stage.domain)
        #expect(changes.map(\.change.new) == [["198.51.100.7"]], "found at the second look, once")
    }

    @Test("another watch wakes it; the same one does not")
    func reload() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await stage.rests())
            let gathered = stage.network.gathered(stage.domain)
            await stage.engine.reload(Stage.settings([stage.domain]))
            let rechecked = stage.network.rechecked(stage.domain)
            #expect(await stage.clock.becomes { stage.network.rechecked(stage.domain) >= rechecked + 2 })
            #expect(stage.network.gathered(stage.domain) == gathered)
            var settings = Stage.settings([stage.domain])
            settings.watches[0].lowTTL = 5
            await stage.engine.reload(settings)
            #expect(await stage.clock.becomes { stage.network.gathered(stage.domain) > gathered })
        }
    }

    @Test("a domain that goes and comes back while it is asked begins anew from the store")
    func goneAndBack() async throws {
        let stage = try Stage()
        let other = try Name("other.test")
        try await stage.run {
            #expect(await stage.rests())
            stage.network.change { $0.isHeld = true }
            #expect(await stage.clock.becomes { stage.network.read(\.waiting) > 0 })
            await stage.engine.reload(Stage.settings([other]))
            await stage.engine.reload(Stage.settings([stage.domain]))
            let gathered = stage.network.gathered(stage.domain)
            stage.network.change { $0.isHeld = false }
            #expect(await stage.clock.becomes { stage.network.gathered(stage.domain) > gathered })
            #expect(await stage.clock.becomes { stage.engine.status.read { $0.domains[stage.domain] != nil } })
        }
        #expect(try stage.state().learntAt != nil)
    }

    @Test("what only the registry can change makes the engine ask it")
    func hurry() async throws {
        let stage = try Stage(watchesRegistration: true)
        stage.network.change { $0.registry = RegistryView(outcome: .registered, at: HandClock.start) }
        try await stage.run {
            #expect(await stage.clock.becomes { stage.network.read(\.lookUps) == 1 })
            #expect(await stage.rests())
            #expect(stage.network.read(\.lookUps) == 1, "a look-up a day is enough while nothing happens")
            stage.network.change {
                $0.isSame = false
                $0.isGone = true
            }
            #expect(await stage.clock.becomes { stage.network.read(\.lookUps) >= 2 })
        }
    }

    @Test("an acceptance wakes a domain, and keeps the rounds that it rested")
    func acceptanceAtRest() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await stage.rests())
            let gathered = stage.network.gathered(stage.domain)
            try stage.store.add(.accept, domain: stage.domain, by: "anna", at: stage.clock.now)
            #expect(await stage.clock.becomes { try stage.store.waitingRequests().isEmpty })
            #expect(await stage.clock.becomes { stage.network.gathered(stage.domain) > gathered })
        }
        let rounds = stage.network.gathered(stage.domain) + stage.network.rechecked(stage.domain)
        let counted = try stage.state().rounds
        #expect((rounds - 1...rounds).contains(counted))
    }

    /// An open incident that only a person ends, as the book keeps it.
    private static func book(_ domain: Name) -> IncidentBook {
        var finding = Finding(
            .recordChanged, .content, .plannedChange, .warning, text: Narrative("Something has changed."))
        finding.need = .now
        finding.clearing = .absent(polls: 100_000)
        var verdicts = VerdictCache()
        let picture = Picture(
            watch: Watch(domain: domain, sets: []), state: WatchState(),
            snapshot: Snapshot(domain: domain, at: HandClock.start, monotonic: 0, parent: ParentView()),
            verifier: LibcryptoVerifier(), verdicts: &verdicts)
        var book = IncidentBook()
        _ = book.apply([finding], to: picture)
        return book
    }

    @Test("what a person accepts while the network is asked holds, and the round is not lost")
    func acceptanceWhileGathering() async throws {
        let stage = try Stage()
        let open = try stage.begin(with: Self.book(stage.domain))
        stage.network.change { $0.isHeld = true }
        try await stage.run {
            #expect(await stage.clock.becomes { stage.network.read(\.waiting) > 0 })
            try stage.store.add(.accept, domain: stage.domain, incident: open.id, by: "anna", at: stage.clock.now)
            stage.clock.pass(1)
            #expect(await stage.clock.settles { try stage.store.waitingRequests().isEmpty })
            stage.network.change { $0.isHeld = false }
            #expect(await stage.clock.settles { stage.engine.status.read(\.rounds) == 1 })
        }
        let kept = try stage.state()
        #expect(kept.rounds == 1)
        #expect(kept.book.open.isEmpty)
        #expect(kept.book.closed.map(\.acceptedBy) == ["anna"])
    }

    @Test("what a person accepts is over on the page too, at once and while no round comes to its end")
    func acceptanceIsSeen() async throws {
        let stage = try Stage()
        let open = try stage.begin(with: Self.book(stage.domain))
        stage.network.change { $0.isHeld = true }
        try await stage.run {
            #expect(stage.engine.status.read { $0.domains[stage.domain]?.open.map(\.id) } == [open.id])
            #expect(await stage.clock.becomes { stage.network.read(\.waiting) > 0 })
            try stage.store.add(.accept, domain: stage.domain, incident: open.id, by: "anna", at: stage.clock.now)
            stage.clock.pass(1)
            #expect(await stage.clock.settles { try stage.store.waitingRequests().isEmpty })
            #expect(stage.engine.status.read { $0.domains[stage.domain]?.open.map(\.id) } == [])
            stage.network.change { $0.isHeld = false }
        }
    }

    @Test("somebody wants a domain looked at: it comes at once, and once")
    func checkNow() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await stage.rests())
            let count = stage.network.rechecked(stage.domain)
            try stage.store.add(.check, domain: stage.domain, at: stage.clock.now)
            stage.clock.pass(1)
            #expect(await stage.clock.settles { stage.network.rechecked(stage.domain) > count })
        }
    }

    @Test("a store that takes nothing: what was found is found again, and told once")
    func storeFails() async throws {
        let stage = try Stage()
        try await stage.run {
            #expect(await stage.rests())
            try stage.setReadOnly(true)
            stage.network.change {
                $0.isSame = false
                $0.addresses[stage.domain] = "198.51.100.7"
            }
            let rounds = stage.network.gathered(stage.domain)
            #expect(await stage.clock.becomes { stage.network.gathered(stage.domain) > rounds + 3 })
            try stage.setReadOnly(false)
            #expect(await stage.clock.becomes { try !stage.store.changes(of: stage.domain).isEmpty })
        }
        #expect(try stage.store.changes(of: stage.domain).map(\.change.new) == [["198.51.100.7"]])
    }
}
