package import DNSWire

/// What one source said to one question, taken apart once.
package struct Answer: Sendable, Hashable {
    /// What an answer amounts to.
    package enum Outcome: Sendable, Hashable {
        /// Records of the asked type, perhaps behind aliases.
        case data
        /// The name exists without this type (RFC 2308 §2.2).
        case noData
        /// NXDOMAIN.
        case nxDomain
        /// A server that should know sent us elsewhere, or answered without authority and data: lame.
        case referral
        /// Any other response code.
        case failure(ResponseCode)
        case timeout
        case unreachable
        /// Bytes that are no DNS message.
        case malformed
    }

    /// What it amounts to.
    package var outcome: Outcome
    /// The server answers with authority (AA).
    package var authoritative = false
    /// The server offers to look names up elsewhere (RA).
    package var recursionAvailable = false
    /// The resolver says that it validated this (AD).
    package var authenticData = false
    /// CNAME and DNAME records on the way, in order.
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
    /// An answer over UDP was truncated (TC), so that TCP was tried.
    package var truncatedOverUDP = false
    /// When the question was sent.
    package var at: Timestamp
    /// From the first packet to the outcome, in milliseconds, other tries included.
    package var milliseconds: Int64 = 0
    /// The question and the answer as they went over the wire.
    package var wire = WireEvidence(query: [], answer: [])

    package init(outcome: Outcome, at: Timestamp) {
        self.outcome = outcome
        self.at = at
    }

    /// Whether anything came back at all that is a DNS answer.
    package var isReply: Bool {
        switch outcome {
        case .data, .noData, .nxDomain, .referral, .failure: true
        case .timeout, .unreachable, .malformed: false
        }
    }

    /// Whether it settles what the records are: data, or that there are none.
    package var isConclusive: Bool {
        switch outcome {
        case .data, .noData, .nxDomain: true
        default: false
        }
    }

    /// Whether it gives the same data in the same order as another, whatever time to live is left of it.
    func saysAgain(_ other: Answer) -> Bool {
        outcome == .data && other.outcome == .data && records.elementsEqual(other.records) { $0.data == $1.data }
            && aliases.elementsEqual(other.aliases) { $0.data == $1.data && $0.name == $1.name }
    }

    /// Least TTL of the records in seconds; nil without records.
    package var ttl: UInt32? { records.map(\.ttl).min() }

    /// Where the aliases end: the owner of the records.
    package func target(of name: Name) -> Name {
        var current = name
        for alias in aliases where alias.type == .cname && alias.name == current {
            if let view = NameTarget(alias.data) { current = view.target }
        }
        return current
    }
}
