package import DNSWire

/// One message to one channel, ready to be put into the outbox; the fields are those of the webhook.
package struct Notice: Sendable, Hashable, Codable {
    /// Unique, and the same when the same thing is worked out again: the idempotency key.
    package var id: String
    package var channel: String
    package var incident: String
    package var event: IncidentEvent.Kind
    package var incidentClass: IncidentClass
    package var severity: Severity
    package var page: Bool
    package var domain: Name
    package var subject: RecordSetKey?
    package var title: String
    package var text: String
    package var changes: [Change]
    package var since: Timestamp
    package var at: Timestamp
    /// All domains it is about; one, unless a cause in common was found.
    package var domains: [Name]
}

/// What was said, as far as it decides what is said next; bounded by ``limit``.
package struct SaidLog: Sendable, Hashable, Codable {
    package static let limit = 4096

    /// A message about a cause that domains have in common.
    package struct Group: Sendable, Hashable, Codable {
        package var key: String
        package var incident: String
        package var first: Timestamp
        package var members: Set<String>
        package var domains: [Name]
    }

    package var groups: [Group] = []
    /// Incidents whose opening was told, by channel: only those are told to be over.
    package var told: [String: Timestamp] = [:]

    package init() {}
}
