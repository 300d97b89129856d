package import DNSWire

/// Everything that one round saw of one domain, from all sources: the rules look only at it and at the memory.
package struct Snapshot: Sendable {
    /// The watched domain.
    package var domain: Name
    /// The wall clock at the start of the round.
    package var at: Timestamp
    /// Seconds on a monotonic clock, counted from an arbitrary start; distinguishes a changed wall clock from passed
    /// time.
    package var monotonic: Int64
    /// Why the round was made.
    package var look: Look
    /// The parent's view of the domain.
    package var parent: ParentView
    /// One view for each address of every server that is listed at the parent or in the zone, or was listed recently.
    package var authorities: [AuthorityView] = []
    /// One view for each configured resolver.
    package var resolvers: [ResolverView] = []
    /// The registry's answer; nil in rounds in which the registry was not asked.
    package var registry: RegistryView?
    /// The zone as a whole; nil in rounds without an attempt to fetch it.
    package var zone: ZoneView?
    /// Whether a server gives the zone to anyone, by its address; nil if none was asked.
    package var givesZone: [IPAddress: Bool]?
    /// The recent answers of root servers; nil if they are not asked.
    package var roots: RootSight?
    /// Names the domain relies on, as seen at their own parents.
    package var dependencies: [DependencyView] = []
    /// The place that made these observations; empty if there is only one place.
    package var place = ""
    /// The views of the other places, including those of which nothing is known; empty if there are none.
    package var places: [PlaceView] = []

    package init(domain: Name, at: Timestamp, monotonic: Int64, look: Look = .regular, parent: ParentView) {
        self.domain = domain
        self.at = at
        self.monotonic = monotonic
        self.look = look
        self.parent = parent
    }
}

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

/// The answers of one authoritative server at one address.
package struct AuthorityView: Sendable {
    /// The server's host name.
    package var host: Name
    /// The address that was asked.
    package var address: IPAddress
    /// Whether it is in the parent's NS set now.
    package var listedAtParent: Bool
    /// Whether it is asked although no NS set lists it any more, because it was listed until recently.
    package var remembered: Bool
    /// Its answers by question; a missing one was not asked.
    package var answers: [RecordSetKey: Answer] = [:]

    package init(host: Name, address: IPAddress, listedAtParent: Bool, remembered: Bool = false) {
        self.host = host
        self.address = address
        self.listedAtParent = listedAtParent
        self.remembered = remembered
    }

    /// Returns its answer to one question; nil if that was not asked.
    package func answer(_ name: Name, _ type: RecordType) -> Answer? { answers[RecordSetKey(name, type)] }

    /// Returns the serial of the zone that this server serves; nil if it gave no SOA record.
    package func serial(of domain: Name) -> UInt32? {
        answer(domain, .soa)?.records.first.flatMap { SOA($0.data) }?.serial.rawValue
    }
}

/// The answers of one resolver.
package struct ResolverView: Sendable {
    /// The user's name for it.
    package var label: String
    /// The address and the transport.
    package var server: ServerAddress
    /// Its answers about the watched RRsets.
    package var answers: [RecordSetKey: Answer] = [:]
    /// The same questions with CD=1, asked if the plain answer was SERVFAIL.
    package var unchecked: [RecordSetKey: Answer] = [:]
    /// Answers about control names outside the domain.
    package var controls: [RecordSetKey: Answer] = [:]
    /// Answers to the same questions repeated in the same round.
    package var repeats: [RecordSetKey: [Answer]] = [:]

    package init(label: String, server: ServerAddress) {
        self.label = label
        self.server = server
    }
}
