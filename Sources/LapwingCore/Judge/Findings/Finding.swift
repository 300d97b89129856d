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

/// What is required before a finding is believed.
package struct Confirmation: Sendable, Hashable, Codable {
    /// Rounds of any kind in which it must have been seen.
    package var looks: Int
    /// Regular rounds among them.
    package var polls: Int
    /// Regular rounds without it after which counting starts again.
    package var patience: Int
    /// Seconds after the first sight at which it must still be seen; nil for no such condition.
    package var seconds: Int64?

    package init(looks: Int, polls: Int, patience: Int = 1, seconds: Int64? = nil) {
        self.looks = looks
        self.polls = polls
        self.patience = patience
        self.seconds = seconds
    }

    /// Believed when first seen.
    package static let now = Confirmation(looks: 1, polls: 0)
    /// Never believed: what one look shows and only rules that use the memory can judge.
    package static let never = Confirmation(looks: .max, polls: .max)
    /// First-hand facts: a second look confirms them.
    package static let twoLooks = Confirmation(looks: 2, polls: 1)
    /// Returns a confirmation by this number of regular rounds.
    package static func polls(_ count: Int) -> Confirmation { Confirmation(looks: count, polls: count) }
}

/// When an incident ends.
package enum Clearing: Sendable, Hashable, Codable {
    /// After this number of regular rounds without the finding.
    case absent(polls: Int)
    /// This many seconds after it was last found.
    case after(seconds: Int64)
    /// This many seconds after it was last found, for a completed event: it does not open again as the same incident.
    case done(seconds: Int64)
}

/// Refers to an exchange in the round's snapshot.
package struct EvidencePointer: Sendable, Hashable, Codable {
    /// The source that was asked.
    package var source: Source
    /// The question.
    package var key: RecordSetKey

    package init(_ source: Source, _ key: RecordSetKey) {
        self.source = source
        self.key = key
    }
}
