package import DNSWire

/// The result of a task. A network failure is an observation, not an error.
package struct ProbeReply: Sendable {
    /// The kind of result.
    package enum Outcome: Sendable {
        case message(Message)
        /// No usable reply arrived before the deadline of all attempts together.
        case timeout
        /// The network reported a failure: refused, unreachable, no such address family.
        case unreachable(String)
        /// The reply is not a DNS message.
        case malformed(WireError)
    }

    /// The transport of the question.
    package enum Transport: String, Sendable, Hashable, Codable {
        case udp, tcp, tls, https
    }

    /// The question.
    package var task: ProbeTask
    /// The reply, or why there is none.
    package var outcome: Outcome
    /// The transport of the outcome.
    package var transport: Transport
    /// Whether a UDP answer had TC set, so that TCP was tried.
    package var truncatedOverUDP: Bool
    /// When the first packet was sent, by the wall clock.
    package var sentAt: Timestamp
    /// Milliseconds from the first packet to the outcome.
    package var milliseconds: Int64
    /// The question and the answer in wire format, as evidence.
    package var wire: WireEvidence

    package init(
        task: ProbeTask, outcome: Outcome, transport: Transport = .udp, truncatedOverUDP: Bool = false,
        sentAt: Timestamp, milliseconds: Int64 = 0, wire: WireEvidence = WireEvidence(query: [], answer: [])
    ) {
        self.task = task
        self.outcome = outcome
        self.transport = transport
        self.truncatedOverUDP = truncatedOverUDP
        self.sentAt = sentAt
        self.milliseconds = milliseconds
        self.wire = wire
    }
}
