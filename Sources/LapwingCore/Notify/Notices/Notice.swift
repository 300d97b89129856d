package import DNSWire

/// One message to one channel, ready to be put into the outbox; the fields are those of the webhook.
package struct Notice: Sendable, Hashable, Codable {
    /// Unique, and the same when the same thing is worked out again: the idempotency key.
    package var id: String
    /// The name of the channel that delivers it.
    package var channel: String
    /// The incident's identifier, or one of its own for a digest or a test.
    package var incident: String
    /// What happened to the incident.
    package var event: IncidentEvent.Kind
    /// What it means for the owner.
    package var incidentClass: IncidentClass
    /// How much it should disturb.
    package var severity: Severity
    /// Whether it is meant to wake a person.
    package var page: Bool
    /// The domain, or the first of several; the root for a digest of many.
    package var domain: Name
    /// The RRset that it is about, when it is about one.
    package var subject: RecordSetKey?
    /// One line: what happened.
    package var title: String
    /// The whole message, several lines.
    package var text: String
    /// All changes of the incident so far.
    package var changes: [Change]
    /// Since when it is so.
    package var since: Timestamp
    /// When it happened, not when it is sent.
    package var at: Timestamp
    /// All domains it is about; one, unless a cause in common was found.
    package var domains: [Name]
    /// The close of a change that was not undone, see ``IncidentEvent/isSettled``; nil in what earlier versions wrote.
    package var isSettled: Bool?
    /// It says that all the incident is about is undone, see ``IncidentEvent/isBack``.
    package var isBack: Bool?
    /// Why it is sent, where it is not the news itself.
    package var purpose: Purpose?
    /// Where it leads to, below the address of the page, where that is not its incident's; nil in what earlier versions wrote.
    package var place: String?
    /// Of which report it tells; nil for other messages, and in what earlier versions wrote.
    package var reported: Reported?
    /// What the way there is called, in the reader's language.
    package var placeLabel: String?
    /// The language that it is written in; nil for English.
    package var language: Language?
    /// What its reader can do about the incident; nil where nothing can be done, or nobody signs links.
    package var links: [NoticeLink]?

    /// A report that can be made again.
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

    /// Those of a mail channel's recipients that it is for; nil for all of them.
    package var recipients: [String]?

    /// What names it for all its recipients.
    package var commonID: String {
        guard let recipients, recipients.count == 1, id.hasSuffix(">\(recipients[0])") else { return id }
        return String(id.dropLast(recipients[0].count + 1))
    }

    /// What names the message about the same event to another channel.
    package func identifier(on other: String) -> String {
        id.hasSuffix("@\(channel)") ? "\(id.dropLast(channel.count))\(other)" : "\(id)@\(other)"
    }

    /// The same for one recipient alone.
    package func part(for recipient: String) -> Notice {
        var part = self
        part.id = "\(commonID)>\(recipient)"
        part.recipients = [recipient]
        return part
    }

    /// Why a message is sent that is no news itself.
    package enum Purpose: String, Sendable, Hashable, Codable {
        /// What was not worth a message of its own, once a day.
        case digest
        /// Still open, and nobody has acknowledged it.
        case reminder
        /// Told to somebody else, since nobody has acknowledged it.
        case escalation
        /// Meant for a channel that could not be reached.
        case fallback
        /// A channel is tried out: there is no incident.
        case test
        /// What happened in a month or a week.
        case report
    }

    /// Whether it takes the incident off the list of a channel that takes what is undone for its end, see
    /// ``Channel/Kind/endsWhatIsUndone``.
    package var takesOff: Bool { event == .close || isBack == true }

    /// The page that it leads to, below the address of the site.
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
    /// The message about one event to one channel; `domains` are all it is about.
    init(_ event: IncidentEvent, channel: String, domains: [Name]) {
        self.init(
            id: "\(event.id)@\(channel)", channel: channel, incident: event.incident, event: event.kind,
            incidentClass: event.incidentClass, severity: event.severity, page: event.page, domain: event.domain,
            subject: event.subject, title: event.title, text: event.text, changes: event.changes, since: event.since,
            at: event.at, domains: domains, isSettled: event.isSettled, isBack: event.isBack)
        // Good news is not as loud as what it ends.
        if event.isBack == true, event.kind != .close { severity = min(severity, .notice) }
    }
}
