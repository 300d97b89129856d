package import DNSWire
package import LapwingCore

/// How the registrations of domains stand that others rely on: asked seldom, one after the other, and kept for all domains.
///
/// No round waits for a registry: what is not known yet is known in a later one. Domains of many customers rely on the same
/// few names, so that a look-up a minute is enough for a large portfolio and trouble for no registry.
package actor RegistrationLedger {
    /// Seconds for which an answer is used, and after which a look-up that said nothing is tried again.
    package static let keepsFor: Int64 = 86_400
    /// Seconds after which a look-up that gave no answer is tried again.
    package static let keepsFailuresFor: Int64 = 6 * 3600
    /// Seconds between two look-ups.
    package static let pause: Int64 = 60
    /// Domains that are known at once; beyond that no further ones are asked for.
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

    /// - Parameter look: asks the registry; nil when it did not answer.
    package init(
        now: @escaping @Sendable () -> Timestamp, look: @escaping @Sendable (Name) async -> RegistryView?
    ) {
        self.now = now
        self.look = look
    }

    /// What is known; whatever is due is asked for beside it.
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
        // A failed look-up is no fact: what was known stays.
        entries[name] = Entry(
            found: found ?? entries[name]?.found,
            due: moment.adding(seconds: found == nil ? Self.keepsFailuresFor : Self.keepsFor))
    }
}
