package import LapwingStore
package import Logging
import ServiceLifecycle

/// Applies the shards that a worker holds to its loops: its domains, and the desk.
package actor ShareFollower: Service {
    /// Seconds between two checks of the held shards, and the number of these checks between two searches for domains
    /// that were added at another worker.
    private static let pause = 0.25
    private static let looksBetween = 4

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it blocks on the server.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let store: Store
    private let clock: EngineClock
    private let log: Logger
    private let engine: Engine
    private let deliverer: Deliverer
    private let health: HealthKeeper
    private let apply: @Sendable () async -> Void
    private let readAdded: @Sendable () throws -> Bool
    /// The last act of a person that was read; nil before the first check.
    private var act: Int64?
    private var looksLeft = 0
    /// The shards that the loops use.
    private var followed: [Int: Int64] = [:]

    /// - Parameters:
    ///   - apply: passes the present watches to all loops.
    ///   - readAdded: reads the added domains again and returns whether they have changed.
    package init(
        store: Store, clock: EngineClock, log: Logger, engine: Engine, deliverer: Deliverer, health: HealthKeeper,
        apply: @escaping @Sendable () async -> Void, readAdded: @escaping @Sendable () throws -> Bool
    ) {
        self.store = store
        self.clock = clock
        queue = DiskQueue("shares", runner: clock.runner)
        self.log = log
        self.engine = engine
        self.deliverer = deliverer
        self.health = health
        self.apply = apply
        self.readAdded = readAdded
    }

    /// Runs until the service is shut down.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat { await self.follow() } while (try? await self.clock.sleep(Self.pause)) != nil
        }
    }

    /// Runs one check.
    package func follow() async {
        guard !store.isAway, let holding = store.holding else { return }
        let hasNews = hasNewDomains()
        let isShared = await share(holding)
        if hasNews || isShared { await apply() }
    }

    /// - Returns: whether this worker has got new domains.
    private func share(_ holding: Holding) async -> Bool {
        let (kept, before) = (holding.kept, followed)
        guard kept != before || !holding.leaving.isEmpty else { return false }
        followed = kept
        if kept[Shard.desk] != before[Shard.desk] {
            // The loops must not continue with knowledge from before another worker had the desk.
            store.act(for: Shard.desk, under: nil)
            await deliverer.beginAnew()
            await health.beginAnew()
            store.act(for: Shard.desk, under: kept[Shard.desk])
            log.notice(kept[Shard.desk] == nil ? "another worker sends the notices" : "this worker sends the notices")
        }
        let isMore = kept.contains { $0.key != Shard.desk && before[$0.key] != $0.value }
        await engine.share(kept)
        do {
            try store.release(holding.leaving)
        } catch {
            // The worker still holds the shards, and releasing them is tried again.
            log.error("cannot release shards", metadata: ["error": "\(error)"])
        }
        log.notice(
            "the shards of this worker have changed",
            metadata: ["shards": "\(kept.keys.count { $0 != Shard.desk })", "workers": "\(holding.workers)"])
        return isMore
    }

    /// Whether domains were added, changed or removed at another worker.
    private func hasNewDomains() -> Bool {
        looksLeft -= 1
        guard looksLeft < 0, !store.isAway else { return false }
        looksLeft = Self.looksBetween
        do {
            let last = try store.lastAct()
            guard last != act else { return false }
            let isOther = try readAdded()
            act = last
            return isOther
        } catch {
            log.error("cannot read the added domains", metadata: ["error": "\(error)"])
            return false
        }
    }
}
