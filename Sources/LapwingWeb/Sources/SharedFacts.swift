package import DNSWire

/// The properties that a domain may share with others.
package struct SharedFacts: Sendable {
    /// The name servers to which the parent zone delegates, case-folded and sorted.
    package var nameServers: [Name]
    /// The mail hosts, case-folded and sorted.
    package var mailHosts: [Name]
    /// The registrar according to the registry; nil if it is not known.
    package var registrar: String?

    package init(nameServers: [Name] = [], mailHosts: [Name] = [], registrar: String? = nil) {
        self.nameServers = nameServers
        self.mailHosts = mailHosts
        self.registrar = registrar
    }
}
