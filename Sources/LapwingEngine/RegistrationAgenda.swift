import DNSWire
import LapwingCore

/// When each registration was looked up, and results that wait for their domain's next round.
struct RegistrationAgenda {
    private var results: [Name: RegistryView] = [:]
    private var nextLook: [Name: Timestamp] = [:]

    mutating func takeResult(for domain: Name) -> RegistryView? { results.removeValue(forKey: domain) }

    mutating func put(_ view: RegistryView, for domain: Name) { results[domain] = view }

    func isDue(_ domain: Name, at now: Timestamp) -> Bool { nextLook[domain].map { $0 <= now } ?? true }

    mutating func schedule(_ domain: Name, at next: Timestamp) { nextLook[domain] = next }

    /// Seconds until a registration is looked up again: a day, six hours in its last month, soon after a failure.
    static func pause(after view: RegistryView?, at now: Timestamp) -> Int64 {
        guard let view else { return 7 * 86_400 }
        guard view.saysSomething else { return 3600 }
        guard let end = view.expires?.at else { return 86_400 }
        return end.seconds(since: now) < 30 * 86_400 ? 6 * 3600 : 86_400
    }
}
