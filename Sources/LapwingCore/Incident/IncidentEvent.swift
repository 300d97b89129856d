package import DNSWire

/// One thing that happened to an incident and that somebody may want to be told.
package struct IncidentEvent: Sendable, Hashable, Codable {
    /// What happened to the incident.
    package enum Kind: String, Sendable, Hashable, Codable {
        case open, update, close
    }

    /// Unique: the incident's id and the number of the event, `example.com-7.2`.
    package var id: String
    /// The incident's identifier, `example.com-7`.
    package var incident: String
    /// What happened to the incident.
    package var kind: Kind
    /// What the incident is, at this event.
    package var code: FindingCode
    /// What it means for the owner, at this event.
    package var incidentClass: IncidentClass
    /// How much this event should disturb; of an update it may be less than the incident's.
    package var severity: Severity
    /// Whether it is meant to wake a person: critical, and not an end.
    package var page: Bool
    /// The watched domain.
    package var domain: Name
    /// The RRset that the incident is about, when it is about one.
    package var subject: RecordSetKey?
    /// One line: what.
    package var title: String
    /// The whole message, several lines.
    package var text: String
    /// All changes of the incident so far.
    package var changes: [Change]
    /// Since when it is so.
    package var since: Timestamp
    /// When it happened.
    package var at: Timestamp
    /// The cause in common with other domains, when it is not this domain's own.
    package var shared: String?
    /// The owner had announced work on all that changed; nil in what earlier versions wrote.
    package var isAnnounced: Bool?
    /// All that changed was prepared in DNS beforehand, as owners do, see ``Finding/isPrepared``; nil in what earlier
    /// versions wrote.
    package var isPrepared: Bool?
    /// A close of something that was done and stays so, or whose way back was told: nothing comes to an end now. Nil in
    /// what earlier versions wrote.
    package var isSettled: Bool?
    /// An update that says that all the incident is about is undone, while it is watched further, or the close after
    /// that; nil in what earlier versions wrote.
    package var isBack: Bool?

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
