package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Puts reports into the outbox when they are due; the deliverer sends them.
package actor ReportPost: Service {
    /// Seconds between two checks for due reports.
    private static let pause = 20.0

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it blocks on the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let store: Store
    private let clock: EngineClock
    private let log: Logger
    private let orders: @Sendable () -> [ReportOrder]
    private let make: @Sendable (ReportOrder, ReportPeriod) throws -> Notice?

    /// - Parameters:
    ///   - orders: returns the configured reports.
    ///   - make: returns the notice about a period; nil if there is no client with this key any more.
    package init(
        store: Store, clock: EngineClock, log: Logger, orders: @escaping @Sendable () -> [ReportOrder],
        make: @escaping @Sendable (ReportOrder, ReportPeriod) throws -> Notice?
    ) {
        self.store = store
        self.clock = clock
        queue = DiskQueue("reports", runner: clock.runner)
        self.log = log
        self.orders = orders
        self.make = make
    }

    /// Runs until the service is shut down.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat { await self.attend() } while (try? await self.clock.sleep(Self.pause)) != nil
        }
    }

    /// Posts the due reports. A new order gets no reports for periods that are already over.
    package func attend() {
        let orders = orders()
        // A report can wait until the store is writable again.
        guard !orders.isEmpty, store.trouble == nil, store.hasDesk else { return }
        do {
            let last = try store.lastReports()
            let now = clock.now()
            for order in orders {
                // Rendering a file takes seconds, which would delay the end of the process.
                guard !Task.isCancelled else { return }
                let period = order.due(at: now)
                guard last[order.key] != period.code else { continue }
                let notice = last[order.key] == nil ? nil : try make(order, period)
                try store.post(notice, of: order, period: period, at: now)
                if notice != nil {
                    log.info(
                        "a report is sent", metadata: ["period": "\(period.code)", "channel": "\(order.channel)"])
                }
            }
        } catch {
            log.error("cannot make a report", metadata: ["error": "\(error)"])
        }
    }
}
