import DNSWire
import LapwingCore
import LapwingProbes

/// Check-ups over the web. Concurrent requests for the same name share one check-up, and registries are spared.
struct WebCheckUps: Sendable {
    private struct Wish: Hashable {
        var name: Name
        var isStranger: Bool
    }

    private let checkUp: CheckUp
    /// Ignores the configured watches.
    private let stranger: CheckUp
    private let shared = SharedWork<Wish, CheckReport>()

    /// Makes check-ups whose registration look-ups are limited by an allowance.
    init(_ checkUp: CheckUp, now: @escaping @Sendable () -> Timestamp) {
        let registration = checkUp.parts.registration
        let allowance = RegistryAllowance(
            server: { registration.server(for: $0) },
            find: { await registration.look(up: $0)?.view(at: now()) }, now: now)
        var checkUp = checkUp
        checkUp.lookUp = { await allowance.look(up: $0) }
        self.checkUp = checkUp
        let terms = checkUp.terms
        checkUp.terms = {
            var terms = terms()
            terms.watch = { _ in nil }
            return terms
        }
        stranger = checkUp
    }

    /// Returns nil if the task is cancelled.
    ///
    /// - Parameter isStranger: whether the check-up ignores the watches.
    func run(_ name: Name, isStranger: Bool = false) async -> CheckReport? {
        let checkUp = isStranger ? stranger : checkUp
        return await shared.value(for: Wish(name: name.folded, isStranger: isStranger)) { await checkUp.run(name) }
    }
}
