package import DNSWire

/// A domain that was added at run time.
package struct AddedDomain: Sendable {
    /// The name of the domain, which identifies the entry.
    package var domain: Name
    /// What was said of it, a JSON object.
    package var options: String
    /// What it was imported from, a word; nil where a person named it.
    package var source: String?

    package init(domain: Name, options: String, source: String? = nil) {
        self.domain = domain
        self.options = options
        self.source = source
    }
}
