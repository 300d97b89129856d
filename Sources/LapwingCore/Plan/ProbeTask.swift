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
    package var source: Source
    package var server: ServerAddress
    package var key: RecordSetKey
    package var recursionDesired = false
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
    package enum Outcome: Sendable {
        case message(Message)
        /// Nothing usable came before the deadline, all tries together.
        case timeout
        /// The network said no: refused, unreachable, no such address family.
        case unreachable(String)
        /// Bytes came that are no DNS message.
        case malformed(WireError)
    }

    package enum Transport: String, Sendable, Hashable, Codable {
        case udp, tcp, tls, https
    }

    package var task: ProbeTask
    package var outcome: Outcome
    /// The transport of the outcome.
    package var transport: Transport
    /// A UDP answer came with TC set, so that TCP was tried.
    package var truncatedOverUDP: Bool
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
    package var query: [UInt8]
    package var answer: [UInt8]

    package init(query: [UInt8], answer: [UInt8]) {
        self.query = query
        self.answer = answer
    }
}
