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

    /// What the registry says of a registrable domain that others rely on.
    package struct Registration: Sendable, Hashable {
        /// When it ends; nil where that is not published.
        package var expires: RegistryView.Moment?
        /// EPP status names (RFC 5731, RFC 3915).
        package var statuses: Set<String>

        package init(expires: RegistryView.Moment?, statuses: Set<String>) {
            self.expires = expires
            self.statuses = statuses
        }

        /// Nil for a look-up that says nothing of a registration.
        package init?(_ view: RegistryView) {
            guard view.outcome == .registered else { return nil }
            self.init(expires: view.expires, statuses: view.statuses)
        }
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
    /// What the registry says of the registrable domain while that is in the DNS; nil while nothing is known.
    package var registration: Registration?
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
