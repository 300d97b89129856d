import LapwingCore
import LapwingEngine
import LapwingStore
import Logging

extension ReportPost {
    /// With the clients and domains that there are by now; a client's report leads to its page.
    init(_ register: WatchRegister, _ seal: LinkSeal, store: Store, clock: EngineClock, log: Logger) {
        self.init(store: store, clock: clock, log: log, orders: { register.reports }) { order, period in
            let all = register.domains.map(\.watch)
            let now = clock.now()
            guard let key = order.client else {
                let report = Report(try store.material(of: all, period: period, at: now))
                return report.notice(for: order, path: "/reports/report.html?period=\(period.code)", at: now)
            }
            guard let client = register.clients.first(where: { $0.key == key }) else { return nil }
            let own = all.filter { client.has($0.tags) }
            let screen = NameScreen(own: own.map(\.domain), of: all.map(\.domain))
            let report = Report(
                try store.material(of: own, period: period, at: now), for: .client(client, screen))
            let code = client.passwordHash == nil ? seal.signature(of: client.claim) : "-"
            return report.notice(
                for: order, path: "/client/\(client.key)/\(code)/report.html?period=\(period.code)", at: now)
        }
    }
}
