import DNSSEC
package import DNSWire

/// Finds the addresses of a host.
///
/// A state machine, like ``ParentSearch`` and ``DependencySearch``: it returns the question to resolve from the root
/// down, takes the answer, and interprets it.
package struct HostSearch: Sendable {
    /// What to do next.
    package enum Step: Sendable {
        /// Resolve this question; answer with `receive`.
        case resolve(Question)
        case done(HostLocation)
    }

    private let host: Name
    private let usesIPv6: Bool
    private let known: HostLocation?
    private var first: (outcome: Answer.Outcome, addresses: [IPAddress], glue: [IPAddress])?

    /// - Parameters:
    ///   - usesIPv6: whether IPv6 addresses are wanted in addition to IPv4 ones.
    ///   - known: the earlier result, however old.
    package init(_ host: Name, usesIPv6: Bool, known: HostLocation?) {
        self.host = host
        self.usesIPv6 = usesIPv6
        self.known = known
    }

    /// Returns the first step; call it once.
    package func start() -> Step { .resolve(Question(name: host, type: .a, recordClass: .in)) }

    /// Takes the answer to the last question and returns the next step.
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

    /// Returns the result. A failure is not an answer: it leaves the earlier addresses or, at first, the glue of the
    /// host's zone.
    private func location(_ outcome: Answer.Outcome, _ addresses: [IPAddress], _ glue: [IPAddress]) -> HostLocation {
        if !addresses.isEmpty { return HostLocation(addresses: addresses, outcome: .data) }
        let found = HostLocation(addresses: [], outcome: outcome)
        if found.isAnswered { return found }
        return HostLocation(addresses: known?.addresses ?? glue, outcome: outcome)
    }
}
