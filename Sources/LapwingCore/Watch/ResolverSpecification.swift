package import DNSWire

/// A recursive resolver that every round asks.
package struct ResolverSpecification: Sendable, Hashable {
    /// The user's name for it, unique in the configuration.
    package var label: String
    /// Where and how it is asked.
    package var server: ServerAddress
    /// Where its users are, if the user said so.
    package var region: String?

    package init(label: String, server: ServerAddress, region: String? = nil) {
        self.label = label
        self.server = server
        self.region = region
    }
}
