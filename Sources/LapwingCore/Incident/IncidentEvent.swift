package import DNSWire

/// One thing that happened to an incident and that somebody may want to be told.
package struct IncidentEvent: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
        case open, update, close
    }

    /// Unique: the incident's id and the number of the event, `example.com-7.2`.
    package var id: String
    package var incident: String
    package var kind: Kind
    package var code: FindingCode
    package var incidentClass: IncidentClass
    package var severity: Severity
    /// A person is to be woken.
    package var page: Bool
    package var domain: Name
    package var subject: RecordSetKey?
    /// One line: what.
    package var title: String
    package var text: String
    package var changes: [Change]
    package var since: Timestamp
    package var at: Timestamp
    /// The cause in common with other domains, when it is not this domain's own.
    package var shared: String?

    package init(
        id: String, incident: String, kind: Kind, code: FindingCode, incidentClass: IncidentClass, severity: Severity,
        page: Bool, domain: Name, subject: RecordSetKey?, title: String, text: String, changes: [Change],
        since: Timestamp,
        at: Timestamp, shared: String? = nil
    ) {
        self.id = id
        self.incident = incident
        self.kind = kind
        self.code = code
        self.incidentClass = incidentClass
        self.severity = severity
        self.page = page
        self.domain = domain
        self.subject = subject
        self.title = title
        self.text = text
        self.changes = changes
        self.since = since
        self.at = at
        self.shared = shared
    }
}
