import DNSWire
import LapwingCore
import LapwingProbes

/// Check-ups for whoever asks over the web: equal ones at the same time are made once, and registries are spared.
struct WebCheckUps: Sendable {
    private let checkUp: CheckUp
    private let shared = SharedWork<Name, CheckReport>()

    /// A check-up that looks registrations up within an allowance.
    init(_ checkUp: CheckUp, now: @escaping @Sendable () -> Timestamp) {
        let registration = checkUp.parts.registration
        let allowance = RegistryAllowance(
            server: { registration.server(for: $0) },
            find: { await registration.look(up: $0)?.view(at: now()) }, now: now)
        var checkUp = checkUp
        checkUp.lookUp = { await allowance.look(up: $0) }
        self.checkUp = checkUp
    }

    /// Nil when the task is cancelled.
    func run(_ name: Name) async -> CheckReport? {
        let checkUp = checkUp
        return await shared.value(for: name.folded) { await checkUp.run(name) }
    }
}
