package import DNSWire
package import LapwingCore

/// The registrations of domains on which others rely: looked up rarely and one after the other, and cached for all
/// domains.
///
/// No round waits for a registry: a later round uses the result. Many domains rely on the same few names, so one
/// look-up per minute is enough for a large portfolio and no burden for a registry.
package actor RegistrationLedger {
    /// Seconds for which a result is used, and after which a failed look-up is retried.
    package static let keepsFor: Int64 = 86_400
    /// Seconds after which a look-up that gave no answer is tried again.
    package static let keepsFailuresFor: Int64 = 6 * 3600
    /// Seconds between two look-ups.
    package static let pause: Int64 = 60
    /// The largest number of known domains; beyond it no further ones are looked up.
    package static let mostDomains = 20_000

    private struct Entry {
        var found: DependencyView.Registration?
        var due: Timestamp
    }

    private let look: @Sendable (Name) async -> RegistryView?
    private let now: @Sendable () -> Timestamp
    private var entries: [Name: Entry] = [:]
    private var nextLook = Timestamp.earliest
    private var isLooking = false

    /// - Parameter look: asks the registry; nil if it did not answer.
    package init(
        now: @escaping @Sendable () -> Timestamp, look: @escaping @Sendable (Name) async -> RegistryView?
    ) {
        self.now = now
        self.look = look
    }

    /// Returns the known result; a due look-up is started in the background; nil if nothing is known yet.
    package func registration(of domain: Name) -> DependencyView.Registration? {
        let name = domain.folded
        let known = entries[name]
        let moment = now()
        let isDue = known.map { moment >= $0.due } ?? (entries.count < Self.mostDomains)
        if isDue, !isLooking, moment >= nextLook {
            isLooking = true
            Task { await self.ask(name) }
        }
        return known?.found
    }

    private func ask(_ name: Name) async {
        let found = await look(name).flatMap { DependencyView.Registration($0) }
        isLooking = false
        let moment = now()
        nextLook = moment.adding(seconds: Self.pause)
        // A failed look-up is no fact: the previous result stays.
        entries[name] = Entry(
            found: found ?? entries[name]?.found,
            due: moment.adding(seconds: found == nil ? Self.keepsFailuresFor : Self.keepsFor))
    }
}
