package import DNSWire

/// Something that is wrong, or was changed, with one cause; opened, updated and closed as facts come in.
package struct Incident: Sendable, Hashable, Codable {
    /// Unique over all watches: the domain and a number, `example.com-7`.
    package var id: String
    /// The watched domain, folded.
    package var domain: Name
    /// What it is about; a domain has at most one open incident of a cause.
    package var cause: Cause
    /// What it is now, by its gravest finding.
    package var code: FindingCode
    /// What it means for the owner now.
    package var incidentClass: IncidentClass
    /// The highest severity that it has reached since it was opened.
    package var severity: Severity
    /// The RRset that it is about, when it is about one.
    package var subject: RecordSetKey?
    /// Since when it is so, which may be before it was opened.
    package var since: Timestamp
    /// When it was first told.
    package var openedAt: Timestamp
    /// The last round that found it.
    package var lastFound: Timestamp
    /// When it ended; nil while it is open.
    package var closedAt: Timestamp?
    /// What a person is told about it now.
    package var text: Narrative
    /// All changes that belong to it, oldest first.
    package var changes: [Change]
    /// What it has in common with other domains, see ``Finding/shared``.
    package var shared: String?
    /// Whether a page was sent for it.
    package var paged: Bool
    /// When it ends.
    package var clearing: Clearing
    /// RRsets whose new values are not learnt while it is open.
    package var holds: Set<RecordSetKey>
    /// Regular rounds in a row in which it was not found.
    package var missed = 0
    /// A person said that this is as it should be.
    package var acceptedBy: String?
    /// What became of it, oldest first, at most 32 steps.
    package var steps: [Step] = []
    /// Events so far.
    package var number = 0
    /// Exchanges that show it, at most ``Evidence/limit``.
    package var evidence: [Evidence] = []
    /// What it was found as, at most ``partLimit``: the first is how it began. Nil in what earlier versions wrote.
    package var parts: [Part]?
    /// How often an RRset took a value again that it had left since it was reported; nil when none did.
    package var turns: Int?
    /// Since when all that it tells of is undone, which was told; nil while it lasts.
    package var backSince: Timestamp?
    /// How often that was told.
    package var returns: Int?
    /// The first regular round that would have seen it and did not; nil while it is found.
    package var missedSince: Timestamp?

    /// One thing that became of it, as its story has it.
    package struct Step: Sendable, Hashable, Codable {
        /// When.
        package var at: Timestamp
        /// Whether it was opened, updated or closed.
        package var event: IncidentEvent.Kind
        /// The class from then on.
        package var incidentClass: IncidentClass
        /// The severity from then on.
        package var severity: Severity
        /// What a person was told first, in one sentence.
        package var headline: String
    }

    /// How grave it is now: what is undone, and only watched on, is no more than a warning.
    package var presentSeverity: Severity { backSince == nil ? severity : min(severity, .warning) }

    /// The whole text for a person.
    package var fullText: String { text.text(since: since) }
}

/// One exchange that decided, kept with the incident; at most ``limit`` of them, each of at most ``sizeLimit`` bytes.
package struct Evidence: Sendable, Hashable, Codable {
    /// Exchanges that are kept with one incident.
    package static let limit = 16
    /// The longest message that is kept, in bytes.
    package static let sizeLimit = 4096

    /// Who was asked.
    package var source: Source
    /// The address that was asked; nil where it is not known.
    package var server: IPAddress?
    /// What was asked.
    package var key: RecordSetKey
    /// When the answer came, or was given up.
    package var at: Timestamp
    /// How it was asked in the end.
    package var transport: ProbeReply.Transport
    /// The messages as they went over the wire.
    package var wire: WireEvidence
    /// In words: `ns1.example.net. (192.0.2.1): NOERROR 198.51.100.10`.
    package var summary: String
}
