import DNSSEC
package import DNSWire

/// Finds the parent zone of a domain and the addresses of its servers.
package struct ParentSearch: Sendable {
    /// What to do next.
    package enum Step: Sendable {
        /// Resolve this question; answer with `receive(_:)`.
        case resolve(Question)
        /// Find the addresses of these hosts; answer with `receive(addresses:)`.
        case locate([Name])
        /// The parent zone; nil if it was not found, in which case earlier knowledge of it stays.
        case done(ParentZone?)
    }

    /// The largest number of hosts whose addresses are looked up if there is no glue.
    private static let mostHosts = 4

    private let above: Name?
    private var name: Name?

    package init(above domain: Name) { above = domain.parent }

    /// Returns the first step; call it once.
    package func start() -> Step {
        guard let above else { return .done(nil) }
        return .resolve(Question(name: above, type: .soa, recordClass: .in))
    }

    /// Takes the answer to the question and returns the next step.
    package mutating func receive(_ answer: SearchAnswer) -> Step {
        // A failed walk may have ended in a zone far above; it counts only if it reached the wanted zone.
        guard let zone = answer.zone, answer.isAnswer || zone.name == above else { return .done(nil) }
        name = zone.name
        let addresses = zone.servers.flatMap(\.addresses)
        guard addresses.isEmpty else { return receive(addresses: addresses) }
        return .locate(zone.servers.prefix(Self.mostHosts).map(\.name))
    }

    /// Takes the addresses of the servers and returns the last step.
    package func receive(addresses: [IPAddress]) -> Step {
        guard let name, !addresses.isEmpty else { return .done(nil) }
        var seen: Set<IPAddress> = []
        return .done(ParentZone(name: name, servers: addresses.filter { seen.insert($0).inserted }))
    }
}
