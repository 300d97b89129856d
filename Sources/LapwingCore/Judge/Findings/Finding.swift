/// One statement of a rule about one round.
package struct Finding: Sendable, Hashable, Codable {
    /// What was found.
    package var code: FindingCode
    /// What it is about; findings of one cause become one incident.
    package var cause: Cause
    /// What it means for the owner.
    package var incidentClass: IncidentClass
    /// How much it should disturb people, by the rule's table.
    package var severity: Severity
    /// The RRset it is about; nil if it is not about one.
    package var subject: RecordSetKey?
    /// The text for people.
    package var text: Narrative
    /// The values that changed; empty if the finding is not about a change.
    package var changes: [Change] = []
    /// The confirmation it needs before it is believed.
    package var need = Confirmation.twoLooks
    /// When its incident ends.
    package var clearing = Clearing.absent(polls: 2)
    /// RRsets whose new values must not be learnt as normal while the finding lasts.
    package var holds: Set<RecordSetKey> = []
    /// When it began; nil unless that is known to be earlier than the first time it was found.
    package var since: Timestamp?
    /// What several domains share, such as `server ns1.example.net`, if the fault lies there; nil if it lies in this
    /// domain.
    package var shared: String?
    /// The questions for the second look before it is reported.
    package var look = SecondLook()
    /// Whether it is a change that was prepared in the DNS as owners prepare theirs: the TTL was lowered and has run
    /// out, the new servers were filled and listed, or a provider's token and senders came before its mail hosts.
    package var isPrepared = false
    /// Exchanges that show the finding.
    package var evidence: [EvidencePointer] = []
    /// For a fault of posture, the seconds for which a new one has to last before it is reported, see
    /// ``Rule/Row/lasting``; nil for a finding that is not about posture.
    package var lasting: Int64?

    /// Whether it is a state that the domain may have had for years, so that finding it is no news.
    package var isPosture: Bool { lasting != nil }

    package init(
        _ code: FindingCode, _ cause: Cause, _ incidentClass: IncidentClass, _ severity: Severity,
        subject: RecordSetKey? = nil, text: Narrative
    ) {
        self.code = code
        self.cause = cause
        self.incidentClass = incidentClass
        self.severity = severity
        self.subject = subject
        self.text = text
    }

    /// Identifies a suspicion while it waits for confirmation.
    var key: String { "\(cause) \(code) \(subject?.description ?? "")" }
}
