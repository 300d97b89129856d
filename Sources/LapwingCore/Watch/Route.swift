package import DNSWire

/// Who is told what.
package struct Route: Sendable, Hashable {
    /// Names of channels.
    package var channels: [String]
    /// The least severity that goes this way.
    package var severity: Severity
    /// Only domains with one of these tags; empty for all.
    package var tags: [String]
    /// Only these record types, such as MX and TXT for those who look after mail; empty for all.
    package var types: [RecordType]

    package init(channels: [String], severity: Severity = .info, tags: [String] = [], types: [RecordType] = []) {
        self.channels = channels
        self.severity = severity
        self.tags = tags
        self.types = types
    }
}

/// A time in which nothing is sent about some domains; incidents are kept all the same.
package struct Silence: Sendable, Hashable, Codable {
    package var id: String
    /// Empty for all.
    package var domains: [Name]
    package var from: Timestamp
    package var to: Timestamp
    package var reason: String

    package init(id: String, domains: [Name], from: Timestamp, to: Timestamp, reason: String = "") {
        self.id = id
        self.domains = domains
        self.from = from
        self.to = to
        self.reason = reason
    }

    package func covers(_ domain: Name, at moment: Timestamp) -> Bool {
        from <= moment && moment < to && (domains.isEmpty || domains.contains(domain))
    }
}
