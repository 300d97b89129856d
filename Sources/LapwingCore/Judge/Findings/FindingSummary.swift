/// A finding of the last regular round in short, for lists of a domain's findings.
package struct FindingSummary: Sendable, Hashable, Codable {
    /// What was found.
    package var code: FindingCode
    /// What it means for the owner.
    package var incidentClass: IncidentClass
    /// How much it should disturb people.
    package var severity: Severity
    /// The RRset it is about; nil if it is not about one.
    package var subject: RecordSetKey?
    /// The finding in one sentence.
    package var headline: String
    /// Whether it is a state that the domain may have had for years, see ``Finding/isPosture``.
    package var isPosture: Bool
    /// When it was first found; nil if this round found it for the first time.
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
