package import DNSWire

/// The interpreted answer of one source to one question.
package struct Answer: Sendable, Hashable {
    /// The meaning of an answer.
    package enum Outcome: Sendable, Hashable {
        /// Records of the asked type, possibly behind aliases.
        case data
        /// The name exists without this type (RFC 2308 §2.2).
        case noData
        /// NXDOMAIN.
        case nxDomain
        /// A server that should be authoritative refers elsewhere, or answers without authority and data: lame.
        case referral
        /// Any other response code.
        case failure(ResponseCode)
        case timeout
        case unreachable
        /// The reply is not a DNS message.
        case malformed
    }

    /// The meaning of the answer.
    package var outcome: Outcome
    /// Whether the answer is authoritative (AA).
    package var authoritative = false
    /// Whether the server offers recursion (RA).
    package var recursionAvailable = false
    /// Whether the resolver says that it validated the data (AD).
    package var authenticData = false
    /// The CNAME and DNAME records that lead to the records, in order.
    package var aliases: [Record] = []
    /// The records of the asked type, at the end of the aliases.
    package var records: [Record] = []
    /// RRSIG records of the answer section.
    package var signatures: [Record] = []
    /// The authority section without OPT: SOA, NS, NSEC, NSEC3 and their signatures.
    package var authority: [Record] = []
    /// The additional section without OPT.
    package var additional: [Record] = []
    /// Extended DNS Error codes (RFC 8914).
    package var extendedErrors: [UInt16] = []
    /// The transport of the outcome.
    package var transport: ProbeReply.Transport = .udp
    /// Whether an answer over UDP was truncated (TC), so that TCP was tried.
    package var truncatedOverUDP = false
    /// When the question was sent.
    package var at: Timestamp
    /// Milliseconds from the first packet to the outcome, including other attempts.
    package var milliseconds: Int64 = 0
    /// The question and the answer in wire format.
    package var wire = WireEvidence(query: [], answer: [])

    package init(outcome: Outcome, at: Timestamp) {
        self.outcome = outcome
        self.at = at
    }

    /// Whether a DNS answer was received at all.
    package var isReply: Bool {
        switch outcome {
        case .data, .noData, .nxDomain, .referral, .failure: true
        case .timeout, .unreachable, .malformed: false
        }
    }

    /// Whether it is conclusive about the records: data, or that there are none.
    package var isConclusive: Bool {
        switch outcome {
        case .data, .noData, .nxDomain: true
        default: false
        }
    }

    /// Whether it has the same data in the same order as another answer, whatever the remaining TTLs.
    func saysAgain(_ other: Answer) -> Bool {
        outcome == .data && other.outcome == .data && records.elementsEqual(other.records) { $0.data == $1.data }
            && aliases.elementsEqual(other.aliases) { $0.data == $1.data && $0.name == $1.name }
    }

    /// The lowest TTL of the records in seconds; nil if there are none.
    package var ttl: UInt32? { records.map(\.ttl).min() }

    /// Returns the final target of the aliases: the owner of the records.
    package func target(of name: Name) -> Name {
        var current = name
        for alias in aliases where alias.type == .cname && alias.name == current {
            if let view = NameTarget(alias.data) { current = view.target }
        }
        return current
    }
}
