package import DNSWire

/// The addresses of a host name, as found.
package struct HostLocation: Sendable, Hashable {
    /// The addresses. After a failed look-up: the glue of the parent zone, or the addresses known before, if any.
    package var addresses: [IPAddress]
    /// The result of the look-up: `.data` with the addresses of a positive answer, `.noData` or `.nxDomain` if there
    /// are none, any other value if it failed.
    package var outcome: Answer.Outcome

    /// Whether it rests on an answer, even if the answer is that there is no address.
    package var isAnswered: Bool {
        switch outcome {
        case .data, .noData, .nxDomain: true
        default: false
        }
    }

    package init(addresses: [IPAddress], outcome: Answer.Outcome) {
        self.addresses = addresses
        self.outcome = outcome
    }
}
