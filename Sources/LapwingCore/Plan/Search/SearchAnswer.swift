package import DNSSEC
package import DNSWire

/// What one question brought that was followed from the root down; validation is not needed for it.
package struct SearchAnswer: Sendable {
    /// What the servers that know said, if they said anything.
    package var outcome: Answer.Outcome
    /// Of all records, aliases first.
    package var data: [RecordData]
    /// The deepest zone at or above the name whose servers are known.
    package var zone: (name: Name, servers: [NameServer])?

    package init(outcome: Answer.Outcome, data: [RecordData] = [], zone: (name: Name, servers: [NameServer])? = nil) {
        self.outcome = outcome
        self.data = data
        self.zone = zone
    }

    package init(_ resolution: Resolution, zone: (name: Name, servers: [NameServer])?) {
        let outcome: Answer.Outcome =
            switch resolution.responseCode {
            case .noError: resolution.answer.isEmpty ? .noData : .data
            case .nxDomain: .nxDomain
            // Nobody sent SERVFAIL: the walk ended without an answer, and for want of one in most cases.
            case .servFail where [.timedOut, .unreachable].contains(resolution.proof.reason?.code): .timeout
            default: .failure(resolution.responseCode)
            }
        self.init(outcome: outcome, data: resolution.answer.flatMap(\.records.data), zone: zone)
    }

    /// Whether somebody said that there is something, or nothing.
    var isAnswer: Bool { existence != .unknown }

    var existence: DependencyView.State {
        switch outcome {
        case .data, .noData: .exists
        case .nxDomain: .absent
        default: .unknown
        }
    }

    var addresses: [IPAddress] { data.compactMap { Address($0)?.address } }
}
