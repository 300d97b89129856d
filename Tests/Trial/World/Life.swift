import Foundation
import LapwingCore
import LapwingCrypto
import LapwingEngine
import LapwingStore
import Logging

/// One process: the engine, the deliverer, the nightly clean-up and the calculated healths over one store.
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
    private var task: Task<Void, Never>?
    private(set) var hasEnded = false

    /// The file whose length tells when the store was written, as the log of a store on a disk does.
    var mark: String { directory + "/lapwing.db-wal" }

    init(
        _ number: Int, directory: String, settings: Settings, time: VirtualTime,
        parts: (EngineClock) -> EngineParts, chance: @escaping @Sendable () -> Double,
        courier: @escaping @Sendable (EngineClock, Store, Notice) async -> Receipt
    ) throws {
        self.number = number
        self.directory = directory
        clock = time.clock(life: number, threads: threads)
        let log = Logger(label: "trial") { _ in SwiftLogNoOpLogHandler() }
        let store = try Store(path: directory + "/lapwing.db", role: .keeper)
        self.store = store
        try status.restore(from: store, watches: settings.watches)
        engine = Engine(settings: settings, store: store, parts: parts(clock), status: status, log: log)
        let seal = LinkSeal { hmacSHA256(key: [7], $0) }
        deliverer = Deliverer(
            settings: settings, store: store, clock: clock, status: status, log: log, seal: seal, chance: chance
        ) { [clock] notice, _ in await courier(clock, store, notice) }
        health = HealthKeeper(settings: settings, store: store, clock: clock, status: status, log: log)
        retention = try Retention(store: store, clock: clock, log: log) { 400 * 86_400 }
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
