package import DNSWire

/// The server that is asked, and its role.
package enum Source: Hashable, Sendable, Codable {
    /// A server of the parent zone.
    case parent(IPAddress)
    /// A server that is, or was, authoritative for the domain: the host's name and one of its addresses.
    case authority(host: Name, address: IPAddress)
    /// A recursive resolver, by its configured label.
    case resolver(String)
}

/// One question to one server.
package struct ProbeTask: Hashable, Sendable {
    /// The server and its role.
    package var source: Source
    /// The address and the transport.
    package var server: ServerAddress
    /// The question, in class IN.
    package var key: RecordSetKey
    /// Sets RD: asks for recursion.
    package var recursionDesired = false
    /// Sets CD: asks a resolver not to validate.
    package var checkingDisabled = false
    /// Sets the DO bit, so that signatures are included.
    package var dnssecOK = true
    /// The number of the repetition, for questions that are asked several times on purpose.
    package var repetition = 0

    package init(source: Source, server: ServerAddress, key: RecordSetKey) {
        self.source = source
        self.server = server
        self.key = key
    }

    /// Hashes the properties that distinguish most tasks of a round.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(server.address)
        hasher.combine(key)
        hasher.combine(repetition)
    }
}

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

/// The bytes of one exchange; empty if there were none.
package struct WireEvidence: Sendable, Hashable, Codable {
    /// The question; empty if it was not kept.
    package var query: [UInt8]
    /// The answer; empty if none arrived or it was not kept.
    package var answer: [UInt8]

    package init(query: [UInt8], answer: [UInt8]) {
        self.query = query
        self.answer = answer
    }
}
