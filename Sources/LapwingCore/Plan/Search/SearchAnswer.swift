package import DNSSEC
package import DNSWire

/// The result of one question that was resolved from the root down, without validation.
package struct SearchAnswer: Sendable {
    /// The outcome according to the authoritative servers, if they answered.
    package var outcome: Answer.Outcome
    /// The data of all records, aliases first.
    package var data: [RecordData]
    /// The deepest zone at or above the name whose servers are known; nil if none was found.
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
            // No server sent SERVFAIL: the walk ended without an answer, mostly because none arrived.
            case .servFail where [.timedOut, .unreachable].contains(resolution.proof.reason?.code): .timeout
            default: .failure(resolution.responseCode)
            }
        self.init(outcome: outcome, data: resolution.answer.flatMap(\.records.data), zone: zone)
    }

    /// Whether a server answered that the name exists or that it does not.
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
