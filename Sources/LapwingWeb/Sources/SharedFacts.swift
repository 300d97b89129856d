package import DNSWire

/// What a domain may have in common with others.
package struct SharedFacts: Sendable {
    /// The name servers to which the zone above delegates, folded and in order.
    package var nameServers: [Name]
    /// The hosts that take its mail, folded and in order.
    package var mailHosts: [Name]
    /// Whom the registry names as its registrar; nil where that is not known.
    package var registrar: String?

    package init(nameServers: [Name] = [], mailHosts: [Name] = [], registrar: String? = nil) {
        self.nameServers = nameServers
        self.mailHosts = mailHosts
        self.registrar = registrar
    }
}
