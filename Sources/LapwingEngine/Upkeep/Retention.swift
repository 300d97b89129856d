package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Deletes records older than the configured limit, once an hour and whenever the limit changes, a little at a time.
///
/// It also flushes non-durable writes to the disk once a minute, so that a power cut loses at most one minute of what
/// was learnt in quiet rounds.
package actor Retention: Service {
    /// Seconds until the first run, and between two runs.
    private static let first = 5.0
    private static let pause = 3600.0
    /// Seconds between two checks of the configured limit.
    private static let glance = 5.0
    /// The number of such checks between two flushes to the disk.
    private static let glancesToSettle = 12
    /// Seconds between two steps, during which others can write.
    private static let breath = 0.1

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it blocks on the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let store: Store
    private let clock: EngineClock
    private let log: Logger
    private let keep: @Sendable () -> Int64
    private let trust: ClockTrust
    private var glances = 0

    /// - Parameter keep: returns the seconds for which history is kept, as configured.
    package init(store: Store, clock: EngineClock, log: Logger, keep: @escaping @Sendable () -> Int64) throws {
        self.store = store
        self.clock = clock
        queue = DiskQueue("retention", runner: clock.runner)
        self.log = log
        self.keep = keep
        trust = ClockTrust(
            latest: try store.latestMoment(), wall: clock.now(), steady: clock.steady(), offset: clock.offset())
    }

    /// Deletes once an hour until the service is shut down, except while the wall clock is in doubt, see
    /// ``ClockTrust``.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var trust = self.trust
            guard (try? await self.clock.sleep(Self.first)) != nil else { return }
            repeat {
                if trust.holds(steady: self.clock.steady(), offset: self.clock.offset()) { await self.forget() }
            } while (try? await self.rest()) != nil
        }
    }

    /// Waits until the next run, or until the configured limit changes.
    private func rest() async throws {
        let kept = keep()
        var left = Self.pause
        while left > 0, keep() == kept {
            try await clock.sleep(Self.glance)
            left -= Self.glance
            glances += 1
            if glances.isMultiple(of: Self.glancesToSettle) { settle() }
        }
    }

    private func settle() {
        do {
            try store.settle()
        } catch {
            log.warning("the learnt state cannot be written to the disk", metadata: ["error": "\(error)"])
        }
    }

    private func forget() async {
        let now = clock.now()
        let limit = now.adding(seconds: -keep())
        var count = 0
        var parts: [String] = []
        do {
            if store.trouble == nil, store.hasDesk {
                try store.prepareHistory(at: now)
                parts = try store.forgetParts(before: limit)
            }
            // A store that cannot be written has other troubles.
            while store.trouble == nil, store.hasDesk, case let some = try store.forgetSome(before: limit), some > 0 {
                count += some
                guard (try? await clock.sleep(Self.breath)) != nil else { break }
            }
        } catch {
            log.warning("old history cannot be deleted", metadata: ["error": "\(error)"])
        }
        guard count > 0 || !parts.isEmpty else { return }
        var metadata: Logger.Metadata = ["rows": "\(count)", "before": "\(limit)"]
        if !parts.isEmpty { metadata["months"] = "\(parts.joined(separator: " "))" }
        log.info("old history was deleted", metadata: metadata)
    }
}

/// Decides whether the wall clock is trusted for deletions: a clock that is years ahead would cause everything to be
/// deleted.
package struct ClockTrust: Sendable {
    /// Seconds after the last record within which the clock is trusted at once.
    static let usualBreak: Int64 = 30 * 86_400
    /// Seconds for which the clock must otherwise run without being set.
    static let probation: Int64 = 86_400
    /// The change in milliseconds that is tolerated in that time.
    static let tolerance: Int64 = 3_600_000

    private var offset: Int64
    private var since: Timestamp

    /// - Parameters:
    ///   - latest: the time of the last record; nil if there is none.
    ///   - offset: milliseconds by which the wall clock is ahead of the steady clock.
    package init(latest: Timestamp?, wall: Timestamp, steady: Timestamp, offset: Int64) {
        self.offset = offset
        let isUsual = latest.map { wall.seconds(since: $0) <= Self.usualBreak } ?? true
        since = isUsual ? .earliest : steady
    }

    /// Whether the clock is trusted now: it was plausible at the start, or has run for a day without being set.
    package mutating func holds(steady: Timestamp, offset now: Int64) -> Bool {
        if (now - offset).magnitude > UInt64(Self.tolerance) { since = steady }
        offset = now
        return steady.seconds(since: since) >= Self.probation
    }
}
