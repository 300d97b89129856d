import DNSWire
import LapwingCore
import LapwingProbes
import Synchronization

/// Limits registration look-ups for check-ups over the web: results are cached for some minutes, and each server gets
/// few queries.
///
/// Registries block clients that ask too much, after which the monitor's own look-ups fail. The budget here is
/// therefore small compared with the engine's 4,320 look-ups a day, however many requests arrive over the web.
final class RegistryAllowance: Sendable {
    /// Seconds for which an answer and a failure are cached.
    static let answerKeeps: Int64 = 900
    static let failureKeeps: Int64 = 300
    /// Consecutive look-ups at one server, and seconds until one more is allowed: at most 480 a day.
    static let burst = 5.0
    static let pause = 180.0
    /// The same for all servers together, since the registrars behind them are asked as well.
    static let overallBurst = 30.0
    static let overallPause = 10.0
    private static let mostRemembered = 2000

    /// A token bucket.
    private struct Stock {
        var left: Double
        var at: Int64

        mutating func take(burst: Double, pause: Double, now: Int64) -> Bool {
            left = min(burst, left + Double(max(0, now - at)) / pause)
            at = now
            guard left >= 1 else { return false }
            left -= 1
            return true
        }
    }

    private struct State {
        var known: [Name: RegistryView] = [:]
        /// By server name; bounded by the tables of registries.
        var stocks: [String: Stock] = [:]
        var overall = Stock(left: overallBurst, at: 0)
        /// The time until which a server has asked to be left alone, in seconds since 1970.
        var silentUntil: [String: Int64] = [:]
    }

    private let server: @Sendable (Name) -> String?
    private let find: @Sendable (Name) async -> RegistryView?
    private let now: @Sendable () -> Timestamp
    private let shared = SharedWork<Name, RegistryView?>()
    private let state = Mutex(State())

    /// - Parameters:
    ///   - server: returns the server that receives the query about a domain.
    ///   - find: performs the look-up.
    init(
        server: @escaping @Sendable (Name) -> String?, find: @escaping @Sendable (Name) async -> RegistryView?,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.server = server
        self.find = find
        self.now = now
    }

    /// Returns the registration of a domain, from the registry or from the cache, or a statement that the registry is
    /// not asked now.
    func look(up domain: Name) async -> RegistryView? {
        let domain = RegistrableDomain.of(domain)?.folded ?? domain.folded
        return await shared.value(for: domain) { await self.answer(domain) } ?? nil
    }

    private func answer(_ domain: Name) async -> RegistryView? {
        let now = now()
        guard let server = server(domain) else { return await find(domain) }
        let known = state.withLock { $0.known[domain] }
        if let known, (0..<Self.keeps(known)).contains(now.seconds(since: known.at)) { return known }
        guard mayAsk(server, now.seconds) else {
            var view = known?.saysSomething == true ? known : nil
            if view == nil {
                view = RegistryView(outcome: .throttled, at: now)
                view?.server = server
                view?.detail = "not asked: too many check-ups have asked \(server) recently"
            }
            return view
        }
        let view = await find(domain)
        if let view, !Task.isCancelled { remember(view, of: domain, server) }
        return view
    }

    private static func keeps(_ view: RegistryView) -> Int64 { view.saysSomething ? answerKeeps : failureKeeps }

    private func mayAsk(_ server: String, _ now: Int64) -> Bool {
        state.withLock { state in
            if let end = state.silentUntil[server], now < end { return false }
            guard state.overall.take(burst: Self.overallBurst, pause: Self.overallPause, now: now) else { return false }
            return state.stocks[server, default: Stock(left: Self.burst, at: now)]
                .take(burst: Self.burst, pause: Self.pause, now: now)
        }
    }

    private func remember(_ view: RegistryView, of domain: Name, _ server: String) {
        state.withLock { state in
            if state.known.count >= Self.mostRemembered { state.known = [:] }
            state.known[domain] = view
            if let wait = view.wait { state.silentUntil[server] = view.at.seconds + min(max(wait, 1), 86_400) }
        }
    }
}
