package import DNSWire

/// One message to one channel, ready for the outbox; the fields are those of the webhook.
package struct Notice: Sendable, Hashable, Codable {
    /// Unique, and the same when the notice is computed again: the idempotency key.
    package var id: String
    /// The name of the channel that delivers it.
    package var channel: String
    /// The incident's identifier, or an identifier of the digest or test itself.
    package var incident: String
    /// The kind of event.
    package var event: IncidentEvent.Kind
    /// What it means for the owner.
    package var incidentClass: IncidentClass
    /// How much it should disturb people.
    package var severity: Severity
    /// Whether it is meant to wake a person.
    package var page: Bool
    /// The domain, or the first of several; the root for a digest of many.
    package var domain: Name
    /// The RRset that it is about; nil if it is not about one.
    package var subject: RecordSetKey?
    /// The event in one line.
    package var title: String
    /// The whole message, several lines.
    package var text: String
    /// All changes of the incident so far.
    package var changes: [Change]
    /// When the matter began.
    package var since: Timestamp
    /// When the event happened, not when the notice is sent.
    package var at: Timestamp
    /// All domains it is about; only one, unless domains share a cause.
    package var domains: [Name]
    /// Whether it closes a change that was not undone, see ``IncidentEvent/isSettled``; nil in data of earlier
    /// versions.
    package var isSettled: Bool?
    /// Whether it says that the whole matter is undone, see ``IncidentEvent/isBack``; nil if it does not.
    package var isBack: Bool?
    /// Why it is sent; nil if it is the news itself.
    package var purpose: Purpose?
    /// The path of its page, relative to the address of the site; nil for the page of its incident, and in data of
    /// earlier versions.
    package var place: String?
    /// The report that it is about; nil for other messages, and in data of earlier versions.
    package var reported: Reported?
    /// The label of the link to that page, in the reader's language; nil for the usual one.
    package var placeLabel: String?
    /// The language of the text; nil for English.
    package var language: Language?
    /// The links by which its reader can act on the incident; nil if no act is possible, or if links are not signed.
    package var links: [NoticeLink]?

    /// Identifies a report, so that it can be made again.
    package struct Reported: Sendable, Hashable, Codable {
        /// The key of its client; nil for all domains.
        package var client: String?
        /// The code of its period.
        package var period: String

        package init(client: String?, period: String) {
            self.client = client
            self.period = period
        }
    }

    /// The recipients of a mail channel that it is for; nil for all of them.
    package var recipients: [String]?

    /// The identifier of the notice for all its recipients.
    package var commonID: String {
        guard let recipients, recipients.count == 1, id.hasSuffix(">\(recipients[0])") else { return id }
        return String(id.dropLast(recipients[0].count + 1))
    }

    /// Returns the identifier of the notice about the same event to another channel.
    package func identifier(on other: String) -> String {
        id.hasSuffix("@\(channel)") ? "\(id.dropLast(channel.count))\(other)" : "\(id)@\(other)"
    }

    /// Returns the same notice for one recipient alone.
    package func part(for recipient: String) -> Notice {
        var part = self
        part.id = "\(commonID)>\(recipient)"
        part.recipients = [recipient]
        return part
    }

    /// Why a message is sent that is no news itself.
    package enum Purpose: String, Sendable, Hashable, Codable {
        /// The daily collection of events that were not worth a message of their own.
        case digest
        /// The incident is still open and not acknowledged.
        case reminder
        /// The incident is not acknowledged, so another channel receives it.
        case escalation
        /// The channel for which it was meant could not be reached.
        case fallback
        /// A test of a channel, without an incident.
        case test
        /// The report about a month or a week.
        case report
    }

    /// Whether it removes the incident from the list of a channel that treats an undone incident as closed, see
    /// ``Channel/Kind/endsWhatIsUndone``.
    package var takesOff: Bool { event == .close || isBack == true }

    /// The path of its page, relative to the address of the site.
    package var path: String {
        switch purpose {
        case .digest: "/incidents"
        case .test: "/channels"
        case .report: place ?? "/clients"
        default: "/incidents/\(incident)"
        }
    }
}

extension Notice {
    /// Creates the notice about one event to one channel; `domains` are all the domains it is about.
    init(_ event: IncidentEvent, channel: String, domains: [Name]) {
        self.init(
            id: "\(event.id)@\(channel)", channel: channel, incident: event.incident, event: event.kind,
            incidentClass: event.incidentClass, severity: event.severity, page: event.page, domain: event.domain,
            subject: event.subject, title: event.title, text: event.text, changes: event.changes, since: event.since,
            at: event.at, domains: domains, isSettled: event.isSettled, isBack: event.isBack)
        // Good news has at most the severity of a notice.
        if event.isBack == true, event.kind != .close { severity = min(severity, .notice) }
    }
}
