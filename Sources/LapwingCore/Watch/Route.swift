package import DNSWire

/// Who is told what, how soon, and what happens when nobody answers.
package struct Route: Sendable, Hashable {
    /// Names of channels.
    package var channels: [String]
    /// The least severity that goes this way at once.
    package var severity: Severity
    /// Whether unannounced changes of records go this way below that severity too, see ``IncidentEvent/isChangeOfRecords``.
    package var changes: Bool
    /// Only domains with one of these tags; empty for all.
    package var tags: [String]
    /// Only these record types, such as MX and TXT for those who look after mail; empty for all.
    package var types: [RecordType]
    /// Only these domains, folded; empty for all.
    package var domains: Set<Name> = []
    /// Only these classes; empty for all.
    package var classes: Set<IncidentClass> = []
    /// Only these findings, `dnssec.expiring`, or families of them, `dnssec.*`; empty for all.
    package var codes: [String] = []
    /// Only in these hours; nil for always.
    package var hours: WeeklyHours?
    /// In these hours what is not critical waits until they are over.
    package var quiet: WeeklyHours?
    /// What is not reported at once is reported once a day; nil for not at all.
    package var digest: Digest?
    /// Seconds after which what is still open and not acknowledged is reported again, and again.
    package var reminder: Int64?
    /// Who is told when nobody acknowledges, the first one first.
    package var escalations: [Escalation] = []
    /// Who is told when a channel of this route cannot be reached.
    package var fallback: [String] = []
    /// Whether routes below are asked too when this one has taken an event.
    package var goesOn = true

    /// A message once a day with what was not sent at once.
    package struct Digest: Sendable, Hashable {
        /// When it is sent.
        package var hour: DailyHour
        /// Whether it is sent on days without events too.
        package var quietDays: Bool

        package init(hour: DailyHour, quietDays: Bool = false) {
            self.hour = hour
            self.quietDays = quietDays
        }

        /// At eight in the morning UTC.
        package static let standard = Digest(hour: DailyHour(minute: 480, clock: .utc))
    }

    /// One step of an escalation.
    package struct Escalation: Sendable, Hashable {
        /// Seconds after the incident was reported.
        package var after: Int64
        /// Names of the channels that are told then.
        package var channels: [String]

        package init(after: Int64, channels: [String]) {
            self.after = after
            self.channels = channels
        }
    }

    package init(
        channels: [String], severity: Severity = .info, changes: Bool = false, tags: [String] = [],
        types: [RecordType] = []
    ) {
        self.channels = channels
        self.severity = severity
        self.changes = changes
        self.tags = tags
        self.types = types
    }

    /// What every channel gets where no routes are configured: what is wrong, and what was changed without being announced.
    ///
    /// Other notices are not sent at once; with a digest they are sent once a day.
    package static func standard(_ channels: [String], digest: Digest? = nil) -> Route {
        var route = Route(channels: channels, severity: .warning, changes: true)
        route.digest = digest
        return route
    }
}
