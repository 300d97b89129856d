import Foundation
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingStore
import LapwingWeb
import Logging

/// One process: the engine, the deliverer, the nightly clean-up, the calculated healths, and page and API, over one store.
final class Life: @unchecked Sendable {
    let number: Int
    let threads = VirtualThreads()
    let directory: String
    let store: Store
    let status = EngineStatus()
    let clock: EngineClock
    let engine: Engine
    let deliverer: Deliverer
    private let health: HealthKeeper
    private let retention: Retention
    private let web: WebServer
    private var task: Task<Void, Never>?
    private(set) var hasEnded = false

    /// The file whose length tells when the store was written, as the log of a store on a disk does.
    var mark: String { directory + "/lapwing.db-wal" }

    init(
        _ number: Int, directory: String, settings: Settings, time: VirtualTime,
        parts: (EngineClock, VirtualThreads) -> EngineParts, chance: @escaping @Sendable () -> Double,
        watches: @escaping @Sendable () -> [WatchedDomain],
        courier: @escaping @Sendable (EngineClock, Store, Notice) async -> Receipt
    ) throws {
        self.number = number
        self.directory = directory
        clock = time.clock(life: number, threads: threads)
        let log = Logger(label: "trial") { _ in SwiftLogNoOpLogHandler() }
        let store = try Store(path: directory + "/lapwing.db", role: .keeper)
        self.store = store
        try status.restore(from: store, watches: settings.watches)
        engine = Engine(settings: settings, store: store, parts: parts(clock, threads), status: status, log: log)
        let seal = LinkSeal { hmacSHA256(key: [7], $0) }
        deliverer = Deliverer(
            settings: settings, store: store, clock: clock, status: status, log: log, seal: seal, chance: chance
        ) { [clock] notice, _ in await courier(clock, store, notice) }
        health = HealthKeeper(settings: settings, store: store, clock: clock, status: status, log: log)
        retention = try Retention(store: store, clock: clock, log: log) { 400 * 86_400 }
        var sources = WebSources(
            store: store, status: status, clock: clock, watches: watches, mostSeries: { 1000 }, version: "trial")
        sources.seal = seal
        let configuration = WebConfiguration(host: "localhost", port: 0, isLoopback: true)
        let people = People(store, now: clock.now, threads: threads)
        web = WebServer(
            configuration: configuration,
            access: AccessControl(try Access(configuration, people: people), log: log), sources: sources, log: log,
            threads: threads)
    }

    /// Begins to work.
    func begin() {
        let (engine, deliverer, health, retention) = (engine, deliverer, health, retention)
        task = Task(executorPreference: threads) { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask { try? await engine.run() }
                group.addTask { try? await deliverer.run() }
                group.addTask { try? await health.run() }
                group.addTask { try? await retention.run() }
            }
            hasEnded = true
        }
    }

    /// Asks its page or its API for something.
    func ask(_ request: PlainRequest, then: @escaping @Sendable (PlainAnswer) -> Void) {
        Task(executorPreference: threads) { [web] in then(await web.answer(to: request)) }
    }

    /// Somebody asks it to end; it saves what it has learnt.
    func end() { task?.cancel() }

    /// Applies other settings.
    func reload(_ settings: Settings) {
        let (engine, deliverer, health) = (engine, deliverer, health)
        Task(executorPreference: threads) {
            await engine.reload(settings)
            await deliverer.reload(settings)
            await health.reload(settings)
        }
    }
}
