import DNSSEC
package import DNSWire

/// Finds the zone above a domain and the addresses of its servers.
package struct ParentSearch: Sendable {
    /// What has to happen next.
    package enum Step: Sendable {
        /// Resolve this; answer with `receive(_:)`.
        case resolve(Question)
        /// Find the addresses of these hosts; answer with `receive(addresses:)`.
        case locate([Name])
        /// Nil when the zone was not found: what was known of it stays.
        case done(ParentZone?)
    }

    /// Hosts of a zone whose addresses are looked up where no glue tells them.
    private static let mostHosts = 4

    private let above: Name?
    private var name: Name?

    package init(above domain: Name) { above = domain.parent }

    /// The first step; to be called once.
    package func start() -> Step {
        guard let above else { return .done(nil) }
        return .resolve(Question(name: above, type: .soa, recordClass: .in))
    }

    /// Takes in the answer to the question.
    package mutating func receive(_ answer: SearchAnswer) -> Step {
        // A walk that failed may have ended in a zone far above; only where it was to end it says something.
        guard let zone = answer.zone, answer.isAnswer || zone.name == above else { return .done(nil) }
        name = zone.name
        let addresses = zone.servers.flatMap(\.addresses)
        guard addresses.isEmpty else { return receive(addresses: addresses) }
        return .locate(zone.servers.prefix(Self.mostHosts).map(\.name))
    }

    /// Takes in where the servers are.
    package func receive(addresses: [IPAddress]) -> Step {
        guard let name, !addresses.isEmpty else { return .done(nil) }
        var seen: Set<IPAddress> = []
        return .done(ParentZone(name: name, servers: addresses.filter { seen.insert($0).inserted }))
    }
}
