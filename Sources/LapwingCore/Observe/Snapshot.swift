package import DNSWire

/// Everything that one round saw of one domain, from all sources: the only thing the judge looks at besides its memory.
package struct Snapshot: Sendable {
    /// The watched domain.
    package var domain: Name
    /// Wall clock at the start of the round.
    package var at: Timestamp
    /// Seconds on a monotonic clock, counted from an arbitrary start; tells a set wall clock from passed time.
    package var monotonic: Int64
    /// Why the round was made.
    package var look: Look
    /// The delegation.
    package var parent: ParentView
    /// One per address of every server that is listed at the parent or in the zone, or was so recently.
    package var authorities: [AuthorityView] = []
    /// One for each configured resolver.
    package var resolvers: [ResolverView] = []
    /// Set in the rounds in which the registry was asked.
    package var registry: RegistryView?
    /// The zone as a whole, in the rounds in which it was fetched or could have been.
    package var zone: ZoneView?
    /// Whether a server gives the zone to anybody, by its address; nil when none was asked.
    package var givesZone: [IPAddress: Bool]?
    /// What root servers said recently, where they were asked.
    package var roots: RootSight?
    /// Names the domain relies on, as seen at their own parents.
    package var dependencies: [DependencyView] = []
    /// The place from which all of this was seen; empty where there is one only.
    package var place = ""
    /// What other places saw, or that nothing is known from there; empty where there are none.
    package var places: [PlaceView] = []

    package init(domain: Name, at: Timestamp, monotonic: Int64, look: Look = .regular, parent: ParentView) {
        self.domain = domain
        self.at = at
        self.monotonic = monotonic
        self.look = look
        self.parent = parent
    }
}

/// The delegation as the zone above serves it.
package struct ParentView: Sendable {
    /// What the servers of the zone above say of the domain.
    package enum State: String, Sendable, Hashable, Codable {
        /// There are NS records.
        case delegated
        /// NXDOMAIN, with authority.
        case absent
        /// The name exists there without a delegation, said with authority.
        case undelegated
        /// SERVFAIL, REFUSED or another code from every server asked.
        case failing
        /// No answer from any server asked.
        case silent
        /// Not asked in this round.
        case unknown
    }

    /// One delegated name server with the addresses the parent gives for it, and those found elsewhere.
    package struct Host: Sendable, Hashable {
        /// The host name of the server.
        package var name: Name
        /// Addresses that the parent gives along with the delegation.
        package var glue: [IPAddress]
        /// Found by looking the name up, for names without glue; what was known before when the look-up failed.
        package var addresses: [IPAddress]
        /// How the look-up ended when it had no data.
        package var lookup: Answer.Outcome?

        package init(name: Name, glue: [IPAddress] = [], addresses: [IPAddress] = [], lookup: Answer.Outcome? = nil) {
            self.name = name
            self.glue = glue
            self.addresses = addresses
            self.lookup = lookup
        }
    }

    /// The parent zone's name; nil before it was found.
    package var zone: Name?
    /// What the servers of the zone above say of the domain.
    package var state: State = .unknown
    /// The delegated name servers.
    package var hosts: [Host] = []
    /// The TTL of the NS RRset at the parent, in seconds; nil without one.
    package var nsTTL: UInt32?
    /// Records of type DS; empty when the parent says there are none.
    package var ds: [Record] = []
    /// The TTL of the DS RRset, in seconds; nil without one.
    package var dsTTL: UInt32?
    /// Whether the DS question was answered at all.
    package var dsKnown = false
    /// The answers to NS, DS and the parent's own DNSKEY and SOA, one set per server asked.
    package var answers: [Servers] = []

    /// The answers of one server of the zone above.
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

/// What one authoritative server, at one address, said.
package struct AuthorityView: Sendable {
    /// The server's host name.
    package var host: Name
    /// The address that was asked.
    package var address: IPAddress
    /// In the parent's NS set now.
    package var listedAtParent: Bool
    /// Asked although it is in no NS set any more: it was until recently.
    package var remembered: Bool
    /// Its answers by question; one that is missing was not asked.
    package var answers: [RecordSetKey: Answer] = [:]

    package init(host: Name, address: IPAddress, listedAtParent: Bool, remembered: Bool = false) {
        self.host = host
        self.address = address
        self.listedAtParent = listedAtParent
        self.remembered = remembered
    }

    /// Its answer to one question; nil when that was not asked.
    package func answer(_ name: Name, _ type: RecordType) -> Answer? { answers[RecordSetKey(name, type)] }

    /// The serial of the zone that this server serves.
    package func serial(of domain: Name) -> UInt32? {
        answer(domain, .soa)?.records.first.flatMap { SOA($0.data) }?.serial.rawValue
    }
}

/// What one resolver said.
package struct ResolverView: Sendable {
    /// The user's name for it.
    package var label: String
    /// Where and how it was asked.
    package var server: ServerAddress
    /// Its answers about the watched RRsets.
    package var answers: [RecordSetKey: Answer] = [:]
    /// The same questions with CD=1, asked where the plain answer was SERVFAIL.
    package var unchecked: [RecordSetKey: Answer] = [:]
    /// Control names outside the domain.
    package var controls: [RecordSetKey: Answer] = [:]
    /// Answers to the same questions put again in the same round.
    package var repeats: [RecordSetKey: [Answer]] = [:]

    package init(label: String, server: ServerAddress) {
        self.label = label
        self.server = server
    }
}
