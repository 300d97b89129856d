package import DNSWire

/// Whether a name the domain relies on (a server, a mail host, an alias target) still exists.
package struct DependencyView: Sendable, Hashable {
    /// What is known of a name's existence.
    package enum State: String, Sendable, Hashable, Codable {
        case exists
        /// NXDOMAIN, first-hand.
        case absent
        /// No usable answer: says nothing.
        case unknown
    }

    /// The name that the domain relies on.
    package var name: Name
    /// The registrable domain above the name.
    package var registrable: Name
    /// The registrable domain, asked at its own parent.
    package var domainState: State
    /// The name itself, asked at the servers of its zone.
    package var nameState: State
    /// The registry says that it is not registered; nil when it was not asked or did not say.
    package var registered: Bool?
    /// Addresses of the name; its texts where it has none.
    package var data: [RecordData]

    package init(
        name: Name, registrable: Name, domainState: State, nameState: State, registered: Bool? = nil,
        data: [RecordData] = []
    ) {
        self.name = name
        self.registrable = registrable
        self.domainState = domainState
        self.nameState = nameState
        self.registered = registered
        self.data = data
    }
}
