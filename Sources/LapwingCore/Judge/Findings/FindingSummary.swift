/// A finding of the last regular round in short, for those who list what a domain has.
package struct FindingSummary: Sendable, Hashable, Codable {
    /// What was found.
    package var code: FindingCode
    /// What it means for the owner.
    package var incidentClass: IncidentClass
    /// How much it should disturb.
    package var severity: Severity
    /// The RRset it is about, when it is about one.
    package var subject: RecordSetKey?
    /// What a person is told first, in one sentence.
    package var headline: String
    /// Whether it is a state in which the domain may have been for years, see ``Finding/isPosture``.
    package var isPosture: Bool
    /// Since when it is known; nil for what was found for the first time.
    package var since: Timestamp?

    package init(_ finding: Finding, since: Timestamp?) {
        code = finding.code
        incidentClass = finding.incidentClass
        severity = finding.severity
        subject = finding.subject
        headline = Narrative.plain(finding.text.headline)
        isPosture = finding.isPosture
        self.since = since
    }
}
