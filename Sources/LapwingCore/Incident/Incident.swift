package import DNSWire

/// Something that is wrong, or was changed, with one cause; opened, updated and closed as facts come in.
package struct Incident: Sendable, Hashable, Codable {
    /// Unique over all watches: the domain and a number, `example.com-7`.
    package var id: String
    package var domain: Name
    package var cause: Cause
    package var code: FindingCode
    package var incidentClass: IncidentClass
    package var severity: Severity
    package var subject: RecordSetKey?
    package var since: Timestamp
    package var openedAt: Timestamp
    package var lastFound: Timestamp
    package var closedAt: Timestamp?
    package var text: Narrative
    package var changes: [Change]
    package var shared: String?
    /// Somebody was woken.
    package var paged: Bool
    package var clearing: Clearing
    package var holds: Set<RecordSetKey>
    /// Regular rounds in a row in which it was not found.
    package var missed = 0
    /// A person said that this is as it should be.
    package var acceptedBy: String?
    /// What became of it, oldest first, at most 32 steps.
    package var steps: [Step] = []
    /// Events so far.
    package var number = 0
    package var evidence: [Evidence] = []
    /// What it was found as, at most ``partLimit``: the first is how it began. Nil in what earlier versions wrote.
    package var parts: [Part]?
    /// How often an RRset took a value again that it had left since it was told; nil when none did.
    package var turns: Int?

    package struct Step: Sendable, Hashable, Codable {
        package var at: Timestamp
        package var event: IncidentEvent.Kind
        package var incidentClass: IncidentClass
        package var severity: Severity
        package var headline: String
    }

    /// The whole text for a person.
    package var fullText: String { text.text(since: since) }
}

/// One exchange that decided, kept with the incident; at most ``limit`` of them, each of at most ``sizeLimit`` bytes.
package struct Evidence: Sendable, Hashable, Codable {
    package static let limit = 16
    package static let sizeLimit = 4096

    package var source: Source
    package var server: IPAddress?
    package var key: RecordSetKey
    package var at: Timestamp
    package var transport: ProbeReply.Transport
    package var wire: WireEvidence
    /// In words: `ns1.example.net. (192.0.2.1): NOERROR 198.51.100.10`.
    package var summary: String
}
