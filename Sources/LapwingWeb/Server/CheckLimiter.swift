import DNSWire
import Synchronization

/// Limits the number of concurrent check-ups, and the rate of each client.
final class CheckLimiter: Sendable {
    /// The reason why a check-up is refused.
    enum Refusal: Error {
        case busy
        case tooOften

        /// The message for the user.
        var text: String {
            switch self {
            case .busy: "Too many check-ups are running. Try again in a moment."
            case .tooOften: "Too many check-ups from your address. Try again in a minute."
            }
        }
    }

    /// The allowance of one client: a handful at once, and one in three seconds on average.
    struct Allowance: Sendable {
        var burst = 20.0
        /// Check-ups that are regained per second.
        var refill = 1.0 / 3
    }

    private struct Client {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private struct State {
        var running = 0
        var clients: [String: Client] = [:]
    }

    /// The largest number of clients that are remembered. Beyond it, clients with a full allowance are forgotten first,
    /// then all.
    static let mostClients = 4096

    private let most: Int
    private let allowance: Allowance
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    init(
        most: Int = 8, allowance: Allowance = Allowance(),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.most = most
        self.allowance = allowance
        self.now = now
    }

    /// Reserves a place for a check-up; `address` is the source of the request.
    func enter(from address: String) throws(Refusal) -> Pass {
        let moment = now()
        let client = Self.network(of: address)
        let refusal = state.withLock { state -> Refusal? in
            guard state.running < most else { return .busy }
            if state.clients.count >= Self.mostClients, state.clients[client] == nil { forget(&state, moment) }
            var known = state.clients[client] ?? Client(left: allowance.burst, at: moment)
            known.left = left(known, moment)
            known.at = moment
            defer { state.clients[client] = known }
            guard known.left >= 1 else { return .tooOften }
            known.left -= 1
            state.running += 1
            return nil
        }
        if let refusal { throw refusal }
        return Pass(limiter: self)
    }

    private func left(_ client: Client, _ moment: ContinuousClock.Instant) -> Double {
        min(allowance.burst, client.left + (moment - client.at) / .seconds(1) * allowance.refill)
    }

    private func forget(_ state: inout State, _ moment: ContinuousClock.Instant) {
        state.clients = state.clients.filter { left($0.value, moment) < allowance.burst }
        if state.clients.count >= Self.mostClients { state.clients = [:] }
    }

    /// The network that counts as one client: an IPv4 address, or the first four groups of an IPv6 address, the prefix
    /// that one customer is assigned (RFC 6177).
    static func network(of address: String) -> String {
        let number = IPAddress(String(address.prefix { $0 != "%" }))?.unmapped
        if case .v6(let network, _)? = number { return "\(network)" }
        return number?.description ?? address
    }

    /// A reserved place. It is released once, at the latest when the last reference goes away.
    final class Pass: Sendable {
        private let limiter: CheckLimiter
        private let isHeld = Mutex(true)

        fileprivate init(limiter: CheckLimiter) { self.limiter = limiter }

        func leave() {
            let wasHeld = isHeld.withLock { held in
                defer { held = false }
                return held
            }
            if wasHeld { limiter.state.withLock { $0.running -= 1 } }
        }

        deinit { leave() }
    }
}
