import RegistrationData

/// Which RDAP server is responsible for which domains (RFC 9224).
package struct RDAPBootstrap: Sendable, Hashable {
    /// Base addresses by suffix, lower case without final dot; https before http.
    private var services: [String: [String]]

    package init(services: [String: [String]]) {
        self.services = services
    }

    /// The table of this version.
    package static let builtIn: RDAPBootstrap = {
        var services: [String: [String]] = [:]
        for words in BuiltInTable.lines(builtInText) {
            for domain in words.dropFirst() { services[domain, default: []].append(words[0]) }
        }
        return RDAPBootstrap(services: services)
    }()

    /// A bootstrap file as IANA publishes it; nil when it is none.
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

    /// All servers that the table names.
    var endpoints: Set<RegistryEndpoint> { Set(services.values.joined().compactMap { HTTPAddress($0)?.endpoint }) }

    /// Suffixes that have a server.
    package var count: Int { services.count }

    /// The base addresses for a domain: those of the longest suffix listed, compared label by label.
    package func bases(for domain: String) -> [String] {
        var rest = domain.lowercased()[...]
        while true {
            if let bases = services[String(rest)] { return bases }
            guard let dot = rest.firstIndex(of: ".") else { return [] }
            rest = rest[rest.index(after: dot)...]
        }
    }

    /// A newer table over this one.
    ///
    /// What only the older knows stays, since registries are listed late, or by mistake not at all. A table of less than half the size is taken for a broken one and refused.
    package func refreshed(by newer: RDAPBootstrap) -> RDAPBootstrap? {
        guard newer.count * 2 >= count else { return nil }
        return RDAPBootstrap(services: services.merging(newer.services) { _, new in new })
    }
}
