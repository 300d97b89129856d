package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Puts reports into the outbox when their day has come; the deliverer brings them to their channels.
package actor ReportPost: Service {
    /// Seconds between two looks at what is due.
    private static let pause = 20.0

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it waits for the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let store: Store
    private let clock: EngineClock
    private let log: Logger
    private let orders: @Sendable () -> [ReportOrder]
    private let make: @Sendable (ReportOrder, ReportPeriod) throws -> Notice?

    /// - Parameters:
    ///   - orders: what is to be sent, as it is configured by now.
    ///   - make: the message about a period; nil where nobody of that name is a client any more.
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

    /// Looks again and again until the service is shut down.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat { await self.attend() } while (try? await self.clock.sleep(Self.pause)) != nil
        }
    }

    /// Posts what is due now. Of an order that is new, the periods that are over already are none of its.
    package func attend() {
        let orders = orders()
        // A store that cannot be written has other troubles, and a report can wait.
        guard !orders.isEmpty, store.trouble == nil, store.hasDesk else { return }
        do {
            let last = try store.lastReports()
            let now = clock.now()
            for order in orders {
                // Making a file of one takes seconds, and somebody may wait for the end of the process.
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
