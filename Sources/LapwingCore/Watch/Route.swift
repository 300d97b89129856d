package import DNSWire

/// The channels for certain events, the delay, and the steps if the incident is not acknowledged.
package struct Route: Sendable, Hashable {
    /// Names of channels.
    package var channels: [String]
    /// The lowest severity that is sent at once.
    package var severity: Severity
    /// Whether unannounced changes of records are also sent below that severity, see
    /// ``IncidentEvent/isChangeOfRecords``.
    package var changes: Bool
    /// Only domains with one of these tags; empty for all.
    package var tags: [String]
    /// Only these record types, such as MX and TXT for people responsible for mail; empty for all.
    package var types: [RecordType]
    /// Only these domains, folded; empty for all.
    package var domains: Set<Name> = []
    /// Only these classes; empty for all.
    package var classes: Set<IncidentClass> = []
    /// Only these findings, such as `dnssec.expiring`, or families of them, such as `dnssec.*`; empty for all.
    package var codes: [String] = []
    /// Only in these hours; nil for always.
    package var hours: WeeklyHours?
    /// Hours in which events below critical wait until the hours are over; nil for none.
    package var quiet: WeeklyHours?
    /// The daily digest of events that are not sent at once; nil for none.
    package var digest: Digest?
    /// Seconds between reminders of an incident that is open and not acknowledged; nil for none.
    package var reminder: Int64?
    /// Steps that are taken while an incident is not acknowledged, the first one first.
    package var escalations: [Escalation] = []
    /// Names of the channels that are used if a channel of this route cannot be reached.
    package var fallback: [String] = []
    /// Whether later routes are tried too after this one has accepted an event.
    package var goesOn = true

    /// A daily message with the events that were not sent at once.
    package struct Digest: Sendable, Hashable {
        /// When it is sent.
        package var hour: DailyHour
        /// Whether it is also sent on days without events.
        package var quietDays: Bool

        package init(hour: DailyHour, quietDays: Bool = false) {
            self.hour = hour
            self.quietDays = quietDays
        }

        /// The digest at eight in the morning UTC.
        package static let standard = Digest(hour: DailyHour(minute: 480, clock: .utc))
    }

    /// One step of an escalation.
    package struct Escalation: Sendable, Hashable {
        /// Seconds after the incident was reported.
        package var after: Int64
        /// Names of the channels that then receive the incident.
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

    /// Returns the route of every channel if no routes are configured: faults, and changes that were not announced.
    ///
    /// Other notices are not sent at once; with a digest they are sent once a day.
    package static func standard(_ channels: [String], digest: Digest? = nil) -> Route {
        var route = Route(channels: channels, severity: .warning, changes: true)
        route.digest = digest
        return route
    }
}
