import RegistrationData

/// The RDAP servers that are responsible for domains (RFC 9224).
package struct RDAPBootstrap: Sendable, Hashable {
    /// Base URLs by suffix, in lower case without a trailing dot; HTTPS before HTTP.
    private var services: [String: [String]]

    package init(services: [String: [String]]) {
        self.services = services
    }

    /// The built-in table.
    package static let builtIn: RDAPBootstrap = {
        var services: [String: [String]] = [:]
        for words in BuiltInTable.lines(builtInText) {
            for domain in words.dropFirst() { services[domain, default: []].append(words[0]) }
        }
        return RDAPBootstrap(services: services)
    }()

    /// Parses a bootstrap file in IANA's format; nil if it is invalid.
    package init?(file: [UInt8]) {
        guard let root = try? JSONReader.read(file), let entries = root["services"]?.elements else { return nil }
        services = [:]
        for entry in entries {
            let parts = entry.elements
            guard parts.count >= 2 else { continue }
            let bases = parts[1].elements.compactMap(\.text).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
            let ordered = bases.filter { $0.hasPrefix("https://") } + bases.filter { $0.hasPrefix("http://") }
            for suffix in parts[0].elements.compactMap(\.text) where !ordered.isEmpty {
                services[suffix.lowercased()] = ordered
            }
        }
        guard !services.isEmpty else { return nil }
    }

    /// All servers in the table.
    var endpoints: Set<RegistryEndpoint> { Set(services.values.joined().compactMap { HTTPAddress($0)?.endpoint }) }

    /// The number of suffixes with a server.
    package var count: Int { services.count }

    /// Returns the base URLs for a domain: those of the longest matching suffix, label by label.
    package func bases(for domain: String) -> [String] {
        var rest = domain.lowercased()[...]
        while true {
            if let bases = services[String(rest)] { return bases }
            guard let dot = rest.firstIndex(of: ".") else { return [] }
            rest = rest[rest.index(after: dot)...]
        }
    }

    /// Returns this table updated by a newer one; nil if the newer one is refused.
    ///
    /// Entries that only the older table has are kept, since registries are listed late, or omitted by mistake. A table
    /// of less than half the size is considered broken and refused.
    package func refreshed(by newer: RDAPBootstrap) -> RDAPBootstrap? {
        guard newer.count * 2 >= count else { return nil }
        return RDAPBootstrap(services: services.merging(newer.services) { _, new in new })
    }
}
