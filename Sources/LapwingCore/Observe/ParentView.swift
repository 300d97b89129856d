package import DNSWire

/// The delegation as the parent zone serves it.
package struct ParentView: Sendable {
    /// The parent zone's answer about the domain.
    package enum State: String, Sendable, Hashable, Codable {
        /// There are NS records.
        case delegated
        /// NXDOMAIN, with authority.
        case absent
        /// An authoritative answer that the name exists there without a delegation.
        case undelegated
        /// SERVFAIL, REFUSED or another code from every server asked.
        case failing
        /// No answer from any server asked.
        case silent
        /// Not asked in this round.
        case unknown
    }

    /// One delegated name server with the addresses that the parent gives for it, and those found elsewhere.
    package struct Host: Sendable, Hashable {
        /// The host name of the server.
        package var name: Name
        /// Addresses that the parent gives with the delegation.
        package var glue: [IPAddress]
        /// Addresses from a look-up of the name, if there is no glue; the earlier ones if the look-up failed.
        package var addresses: [IPAddress]
        /// The outcome of a look-up without data; nil if it gave data, or if there was no look-up.
        package var lookup: Answer.Outcome?

        package init(name: Name, glue: [IPAddress] = [], addresses: [IPAddress] = [], lookup: Answer.Outcome? = nil) {
            self.name = name
            self.glue = glue
            self.addresses = addresses
            self.lookup = lookup
        }
    }

    /// The name of the parent zone; nil if it was not found.
    package var zone: Name?
    /// The parent zone's answer about the domain.
    package var state: State = .unknown
    /// The delegated name servers.
    package var hosts: [Host] = []
    /// The TTL of the NS RRset at the parent, in seconds; nil if there is none.
    package var nsTTL: UInt32?
    /// The DS records; empty if the parent says there are none.
    package var ds: [Record] = []
    /// The TTL of the DS RRset, in seconds; nil if there is none.
    package var dsTTL: UInt32?
    /// Whether the DS question was answered at all.
    package var dsKnown = false
    /// The answers to NS, DS and the parent's own DNSKEY and SOA, one set per server asked.
    package var answers: [Servers] = []

    /// The answers of one server of the parent zone.
    package struct Servers: Sendable {
        /// The address that was asked.
        package var address: IPAddress
        /// Its answers by question.
        package var answers: [RecordSetKey: Answer]

        package init(address: IPAddress, answers: [RecordSetKey: Answer] = [:]) {
            self.address = address
            self.answers = answers
        }
    }

    package init(zone: Name? = nil) {
        self.zone = zone
    }
}
