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
    /// The owner had announced work on all that changed; nil in what earlier versions wrote.
    package var isAnnounced: Bool?
    /// All that changed was prepared in DNS beforehand, as owners do, see ``Finding/isPrepared``; nil in what earlier
    /// versions wrote.
    package var isPrepared: Bool?
    /// A close of something that was done and stays so: it is taken for normal from now on, nothing came to an end. Nil in
    /// what earlier versions wrote.
    package var isSettled: Bool?

    package init(
        id: String, incident: String, kind: Kind, code: FindingCode, incidentClass: IncidentClass, severity: Severity,
        page: Bool, domain: Name, subject: RecordSetKey?, title: String, text: String, changes: [Change],
        since: Timestamp,
        at: Timestamp, shared: String? = nil, isAnnounced: Bool? = nil, isPrepared: Bool? = nil,
        isSettled: Bool? = nil
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
        self.isAnnounced = isAnnounced
        self.isPrepared = isPrepared
        self.isSettled = isSettled
    }

    /// A record that was steady is another now, neither announced nor prepared, and somebody should know at once.
    ///
    /// Rotation, new signatures and TTLs are none of that, nor is what is only kept in the log. Preparation excuses
    /// notices only: what is graver has more against it than that.
    package var isChangeOfRecords: Bool {
        severity >= .notice && code.nature == .changeOfRecords && isAnnounced != true
            && (isPrepared != true || severity > .notice)
    }
}
