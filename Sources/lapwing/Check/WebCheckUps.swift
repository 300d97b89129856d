import DNSWire
import LapwingCore
import LapwingProbes

/// Check-ups for whoever asks over the web: equal ones at the same time are made once, and registries are spared.
struct WebCheckUps: Sendable {
    private struct Wish: Hashable {
        var name: Name
        var isStranger: Bool
    }

    private let checkUp: CheckUp
    /// Knows nothing of what is watched.
    private let stranger: CheckUp
    private let shared = SharedWork<Wish, CheckReport>()

    /// A check-up that looks registrations up within an allowance.
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

    /// Nil when the task is cancelled.
    ///
    /// - Parameter isStranger: whether it is made as if nothing were watched.
    func run(_ name: Name, isStranger: Bool = false) async -> CheckReport? {
        let checkUp = isStranger ? stranger : checkUp
        return await shared.value(for: Wish(name: name.folded, isStranger: isStranger)) { await checkUp.run(name) }
    }
}
