import DNSSEC
package import DNSWire

/// Finds the addresses of a host.
///
/// A machine, like ``ParentSearch`` and ``DependencySearch``: it says which question to resolve from the root down, is
/// handed the answer, and says what that means.
package struct HostSearch: Sendable {
    /// What has to happen next.
    package enum Step: Sendable {
        /// Resolve this; answer with `receive`.
        case resolve(Question)
        case done(HostLocation)
    }

    private let host: Name
    private let usesIPv6: Bool
    private let known: HostLocation?
    private var first: (outcome: Answer.Outcome, addresses: [IPAddress], glue: [IPAddress])?

    /// - Parameters:
    ///   - usesIPv6: whether addresses of IPv6 are wanted where there are some of IPv4.
    ///   - known: what was found before, however long ago.
    package init(_ host: Name, usesIPv6: Bool, known: HostLocation?) {
        self.host = host
        self.usesIPv6 = usesIPv6
        self.known = known
    }

    /// The first step; to be called once.
    package func start() -> Step { .resolve(Question(name: host, type: .a, recordClass: .in)) }

    /// Takes in the answer to the last step's question.
    package mutating func receive(_ answer: SearchAnswer) -> Step {
        let (outcome, addresses) = (answer.outcome, answer.addresses)
        guard let first else {
            let glue = answer.zone?.servers.first { $0.name == host }?.addresses ?? []
            self.first = (outcome, addresses, glue)
            if usesIPv6 || addresses.isEmpty, outcome == .data || outcome == .noData {
                return .resolve(Question(name: host, type: .aaaa, recordClass: .in))
            }
            return .done(location(outcome, addresses, glue))
        }
        return .done(
            location(first.outcome == .noData ? outcome : first.outcome, first.addresses + addresses, first.glue))
    }

    /// A failure is not an answer: what was known before stays, and at first the glue that leads to the host's zone.
    private func location(_ outcome: Answer.Outcome, _ addresses: [IPAddress], _ glue: [IPAddress]) -> HostLocation {
        if !addresses.isEmpty { return HostLocation(addresses: addresses, outcome: .data) }
        let found = HostLocation(addresses: [], outcome: outcome)
        if found.isAnswered { return found }
        return HostLocation(addresses: known?.addresses ?? glue, outcome: outcome)
    }
}
