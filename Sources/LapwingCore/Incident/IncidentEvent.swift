package import DNSWire

/// A change of an incident that people may want to be informed about.
package struct IncidentEvent: Sendable, Hashable, Codable {
    /// What happened to the incident.
    package enum Kind: String, Sendable, Hashable, Codable {
        case open, update, close
    }

    /// Unique: the incident's id and the number of the event, `example.com-7.2`.
    package var id: String
    /// The incident's identifier, `example.com-7`.
    package var incident: String
    /// The kind of change.
    package var kind: Kind
    /// The code of the incident at this event.
    package var code: FindingCode
    /// What it means for the owner, at this event.
    package var incidentClass: IncidentClass
    /// How much this event should disturb people; for an update it may be less than the incident's severity.
    package var severity: Severity
    /// Whether it is meant to wake a person: critical, and not a close.
    package var page: Bool
    /// The watched domain.
    package var domain: Name
    /// The RRset that the incident is about; nil if it is not about one.
    package var subject: RecordSetKey?
    /// The matter in one line.
    package var title: String
    /// The whole message, several lines.
    package var text: String
    /// All changes of the incident so far.
    package var changes: [Change]
    /// When the matter began.
    package var since: Timestamp
    /// When the event happened.
    package var at: Timestamp
    /// The part shared with other domains; nil if the fault is this domain's own.
    package var shared: String?
    /// Whether the owner had announced work on everything that changed; nil in data of earlier versions.
    package var isAnnounced: Bool?
    /// Whether every change was prepared in the DNS beforehand, as owners do, see ``Finding/isPrepared``; nil in data
    /// of earlier versions.
    package var isPrepared: Bool?
    /// Whether it closes a completed change that stays, or a matter whose reversal was reported: nothing ends at this
    /// moment. Nil in data of earlier versions.
    package var isSettled: Bool?
    /// Whether it is an update which says that the whole matter is undone while it is watched further, or the close
    /// after that; nil in data of earlier versions.
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

    /// Whether a steady record changed, neither announced nor prepared, so that people should know at once.
    ///
    /// Rotation, new signatures and TTLs do not count, nor do changes that are only logged. Preparation excuses notices
    /// only: anything graver has further evidence against it.
    package var isChangeOfRecords: Bool {
        severity >= .notice && code.nature == .changeOfRecords && isAnnounced != true
            && (isPrepared != true || severity > .notice)
    }
}
