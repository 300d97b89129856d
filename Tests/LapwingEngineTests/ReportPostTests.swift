import DNSWire
import LapwingCore
import LapwingEngine
import LapwingStore
import Logging
import Synchronization
import Testing

@Suite struct ReportPostTests {
    @Test("a report is sent once, when its day has come, and none of the time before it was ordered")
    func once() async throws {
        let store = try Store()
        let clock = HandClock()
        let order = ReportOrder(client: nil, every: .week, channel: "desk", hour: DailyHour(minute: 480, clock: .utc))
        let made = Mutex<[String]>([])
        let post = ReportPost(
            store: store, clock: clock.engineClock, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            orders: { [order] },
            make: { order, period in
                made.withLock { $0.append(period.code) }
                let material = ReportMaterial(period: period, now: period.end, domains: [])
                return Report(material).notice(for: order, path: nil, at: period.end)
            })
        await post.attend()
        await post.attend()
        let first = order.due(at: clock.engineClock.now())
        #expect(try store.lastReports() == [order.key: first.code] && made.withLock(\.isEmpty))
        // Its week passes without the process: what it meets then is the last one, once.
        try store.post(nil, of: order, period: ReportPeriod.lastWeek(before: first.start), at: first.end)
        await post.attend()
        await post.attend()
        #expect(made.withLock { $0 } == [first.code])
        let waiting = try store.due(at: .latest)
        #expect(waiting.map(\.notice.id) == ["report-all-\(first.code)@desk"])
        #expect(try store.lastReports() == [order.key: first.code])
    }
}
