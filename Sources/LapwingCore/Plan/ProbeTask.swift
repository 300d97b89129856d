package import DNSWire

/// Who is asked, and in which role.
package enum Source: Hashable, Sendable, Codable {
    /// A server of the zone above the domain.
    case parent(IPAddress)
    /// A server that is, or was, authoritative for the domain: the host's name and one of its addresses.
    case authority(host: Name, address: IPAddress)
    /// A recursive resolver, by the user's label.
    case resolver(String)
}

/// One question to one server.
package struct ProbeTask: Hashable, Sendable {
    /// Who is asked.
    package var source: Source
    /// Where and how it is asked.
    package var server: ServerAddress
    /// What is asked, in class IN.
    package var key: RecordSetKey
    /// Sets RD: asks for recursion.
    package var recursionDesired = false
    /// Sets CD: asks a resolver not to validate.
    package var checkingDisabled = false
    /// Sets the DO bit, so that signatures come along.
    package var dnssecOK = true
    /// Number of the look at the same question, for questions asked several times on purpose.
    package var repetition = 0

    package init(source: Source, server: ServerAddress, key: RecordSetKey) {
        self.source = source
        self.server = server
        self.key = key
    }

    /// What tells most tasks of a round apart.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(server.address)
        hasher.combine(key)
        hasher.combine(repetition)
    }
}

/// What came of a task. Trouble on the network is something seen, not an error.
package struct ProbeReply: Sendable {
    /// What came back, or did not.
    package enum Outcome: Sendable {
        case message(Message)
        /// Nothing usable came before the deadline, all tries together.
        case timeout
        /// The network said no: refused, unreachable, no such address family.
        case unreachable(String)
        /// Bytes came that are no DNS message.
        case malformed(WireError)
    }

    /// How the question went over the network.
    package enum Transport: String, Sendable, Hashable, Codable {
        case udp, tcp, tls, https
    }

    /// What was asked.
    package var task: ProbeTask
    /// The reply, or why there is none.
    package var outcome: Outcome
    /// The transport of the outcome.
    package var transport: Transport
    /// A UDP answer came with TC set, so that TCP was tried.
    package var truncatedOverUDP: Bool
    /// When the first packet was sent, by the wall clock.
    package var sentAt: Timestamp
    /// Milliseconds from the first packet to the outcome.
    package var milliseconds: Int64
    /// The question and the answer as they went over the wire, for evidence.
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

/// The bytes of one exchange; empty when there were none.
package struct WireEvidence: Sendable, Hashable, Codable {
    /// The question; empty when it was not kept.
    package var query: [UInt8]
    /// The answer; empty when none came or it was not kept.
    package var answer: [UInt8]

    package init(query: [UInt8], answer: [UInt8]) {
        self.query = query
        self.answer = answer
    }
}
