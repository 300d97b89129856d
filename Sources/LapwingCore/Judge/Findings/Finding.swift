/// One thing that a rule has to say about one round.
package struct Finding: Sendable, Hashable, Codable {
    /// What was found.
    package var code: FindingCode
    /// What it is about; findings of one cause become one incident.
    package var cause: Cause
    /// What it means for the owner.
    package var incidentClass: IncidentClass
    /// How much it should disturb, by the rule's table.
    package var severity: Severity
    /// The RRset it is about, when it is about one.
    package var subject: RecordSetKey?
    /// What a person is told about it.
    package var text: Narrative
    /// What is not as it was; empty for what is no change.
    package var changes: [Change] = []
    /// What it takes before it is believed.
    package var need = Confirmation.twoLooks
    /// When its incident ends.
    package var clearing = Clearing.absent(polls: 2)
    /// RRsets whose new values must not be learnt as normal as long as this is found.
    package var holds: Set<RecordSetKey> = []
    /// When it began, where that is known to be earlier than it was first found.
    package var since: Timestamp?
    /// Something that other domains have in common when the fault is not this domain's own: `server ns1.example.net`.
    package var shared: String?
    /// What the second look before speaking should contain.
    package var look = SecondLook()
    /// A change that was prepared in DNS beforehand, as owners prepare theirs: the TTL lowered and run out, the new servers
    /// filled and listed, a provider's token and senders before its mail hosts.
    package var isPrepared = false
    /// Exchanges that show it.
    package var evidence: [EvidencePointer] = []
    /// Of a fault of posture: seconds for which a new one has to last before it is reported, see ``Rule/Row/lasting``.
    package var lasting: Int64?

    /// Whether it is a state in which the domain may have been for years, so that finding it is no news.
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

    /// Tells one suspicion from another while they wait for confirmation.
    var key: String { "\(cause) \(code) \(subject?.description ?? "")" }
}

/// What it takes before a finding is believed.
package struct Confirmation: Sendable, Hashable, Codable {
    /// Rounds of any kind in which it must have been seen.
    package var looks: Int
    /// Regular rounds among them.
    package var polls: Int
    /// Regular rounds without it after which counting starts again.
    package var patience: Int
    /// Seconds from the first sight on after which it must still be seen; nil for none.
    package var seconds: Int64?

    package init(looks: Int, polls: Int, patience: Int = 1, seconds: Int64? = nil) {
        self.looks = looks
        self.polls = polls
        self.patience = patience
        self.seconds = seconds
    }

    /// Believed at first sight.
    package static let now = Confirmation(looks: 1, polls: 0)
    /// Said of what one look shows and only the rules that remember can judge.
    package static let never = Confirmation(looks: .max, polls: .max)
    /// First-hand facts: a second look confirms them.
    package static let twoLooks = Confirmation(looks: 2, polls: 1)
    /// In so many regular rounds.
    package static func polls(_ count: Int) -> Confirmation { Confirmation(looks: count, polls: count) }
}

/// When an incident ends.
package enum Clearing: Sendable, Hashable, Codable {
    /// After so many regular rounds in which the finding is gone.
    case absent(polls: Int)
    /// So many seconds after it was last found.
    case after(seconds: Int64)
    /// So many seconds after it was last found; it does not open again as the same incident: something that happened and is done.
    case done(seconds: Int64)
}

/// Points at an exchange in the round's snapshot.
package struct EvidencePointer: Sendable, Hashable, Codable {
    /// Who was asked.
    package var source: Source
    /// What was asked.
    package var key: RecordSetKey

    package init(_ source: Source, _ key: RecordSetKey) {
        self.source = source
        self.key = key
    }
}
