package import DNSWire

/// Whether a name the domain relies on (a server, a mail host, an alias target) still exists.
package struct DependencyView: Sendable, Hashable {
    /// The state of a name's existence.
    package enum State: String, Sendable, Hashable, Codable {
        case exists
        /// NXDOMAIN from an authoritative server.
        case absent
        /// No usable answer, which shows nothing.
        case unknown
    }

    /// The registration of a registrable domain that others rely on.
    package struct Registration: Sendable, Hashable {
        /// The end of the registration; nil if it is not published.
        package var expires: RegistryView.Moment?
        /// EPP status names (RFC 5731, RFC 3915).
        package var statuses: Set<String>

        package init(expires: RegistryView.Moment?, statuses: Set<String>) {
            self.expires = expires
            self.statuses = statuses
        }

        /// Returns nil if the look-up says nothing about a registration.
        package init?(_ view: RegistryView) {
            guard view.outcome == .registered else { return nil }
            self.init(expires: view.expires, statuses: view.statuses)
        }
    }

    /// The name that the domain relies on.
    package var name: Name
    /// The registrable domain of the name.
    package var registrable: Name
    /// The state of the registrable domain, asked at its own parent.
    package var domainState: State
    /// The state of the name itself, asked at the servers of its zone.
    package var nameState: State
    /// Whether it is registered, according to the registry; nil if the registry was not asked or gave no answer.
    package var registered: Bool?
    /// The registration of the registrable domain while that is in the DNS; nil while it is unknown.
    package var registration: Registration?
    /// The addresses of the name, or its TXT data if it has none.
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
