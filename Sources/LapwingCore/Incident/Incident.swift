package import DNSWire

/// A fault or a change with one cause; opened, updated and closed as facts arrive.
package struct Incident: Sendable, Hashable, Codable {
    /// Unique over all watches: the domain and a number, `example.com-7`.
    package var id: String
    /// The watched domain, folded.
    package var domain: Name
    /// Its cause; a domain has at most one open incident of each.
    package var cause: Cause
    /// Its present code, by its gravest finding.
    package var code: FindingCode
    /// Its present meaning for the owner.
    package var incidentClass: IncidentClass
    /// The highest severity that it has reached since it was opened.
    package var severity: Severity
    /// The RRset that it is about; nil if it is not about one.
    package var subject: RecordSetKey?
    /// When the matter began, which may be before the incident was opened.
    package var since: Timestamp
    /// When it was first reported.
    package var openedAt: Timestamp
    /// When a round last found it.
    package var lastFound: Timestamp
    /// When it was closed; nil while it is open.
    package var closedAt: Timestamp?
    /// Its present text for people.
    package var text: Narrative
    /// All changes that belong to it, oldest first.
    package var changes: [Change]
    /// The part that it shares with other domains, see ``Finding/shared``; nil if the fault is the domain's own.
    package var shared: String?
    /// Whether a page was sent for it.
    package var paged: Bool
    /// The condition on which it is closed.
    package var clearing: Clearing
    /// RRsets whose new values are not learnt while it is open.
    package var holds: Set<RecordSetKey>
    /// The number of consecutive regular rounds that did not find it.
    package var missed = 0
    /// The name of the person who accepted it; nil if it was not accepted.
    package var acceptedBy: String?
    /// Its history, oldest first, at most 32 steps.
    package var steps: [Step] = []
    /// The number of its events so far.
    package var number = 0
    /// Exchanges that show it, at most ``Evidence/limit``.
    package var evidence: [Evidence] = []
    /// Its matters, at most ``partLimit``, the first found first. Nil in data of earlier versions.
    package var parts: [Part]?
    /// How often an RRset returned to a value that it had left since it was reported; nil if none did.
    package var turns: Int?
    /// Since when everything it reports is undone, if that was reported; nil while it lasts.
    package var backSince: Timestamp?
    /// How often that was reported; nil if it was not.
    package var returns: Int?
    /// The first regular round that would have seen the matter and did not; nil while it is found.
    package var missedSince: Timestamp?

    /// One step of its history.
    package struct Step: Sendable, Hashable, Codable {
        /// When it happened.
        package var at: Timestamp
        /// Whether it was opened, updated or closed.
        package var event: IncidentEvent.Kind
        /// The class from this step on.
        package var incidentClass: IncidentClass
        /// The severity from this step on.
        package var severity: Severity
        /// The incident in one sentence, as reported at this step.
        package var headline: String
    }

    /// Its present severity: at most a warning if everything is undone and the matter is only watched further.
    package var presentSeverity: Severity { backSince == nil ? severity : min(severity, .warning) }

    /// The whole text for a person.
    package var fullText: String { text.text(since: since) }
}
