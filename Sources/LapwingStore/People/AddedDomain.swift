package import DNSWire

/// A domain that was added at run time.
package struct AddedDomain: Sendable {
    /// The name of the domain, which identifies the entry.
    package var domain: Name
    /// The options, a JSON object.
    package var options: String
    /// The label of the import that added it; nil if a person added it.
    package var source: String?

    package init(domain: Name, options: String, source: String? = nil) {
        self.domain = domain
        self.options = options
        self.source = source
    }
}
