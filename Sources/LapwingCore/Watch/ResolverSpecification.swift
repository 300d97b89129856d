package import DNSWire

/// A recursive resolver that every round asks.
package struct ResolverSpecification: Sendable, Hashable {
    /// The user's name for it, unique in the configuration.
    package var label: String
    /// The address and the transport.
    package var server: ServerAddress
    /// The region of its users; nil if it is not configured.
    package var region: String?

    package init(label: String, server: ServerAddress, region: String? = nil) {
        self.label = label
        self.server = server
        self.region = region
    }
}
