package import DNSWire

/// The messages to one channel about a cause that several domains share, such as a silent name server, or about a
/// change that they make at once.
///
/// Rounds of the domains come one after another, so the first message, even a page, waits a moment in order to name the
/// domains that join in that time. Later ones are reported together, at intervals that grow.
package struct SharedThread: Sendable, Hashable, Codable {
    /// Seconds from one message about joined domains to the next; the last value repeats.
    static let pauses: [Int64] = [60, 60, 300, 900, 3600]
    /// Seconds for which the first message waits for other domains.
    static let patience: Int64 = 30
    /// The largest number of domains that a text names; the list beside it has all.
    static let namedDomains = 50

    /// A first message that has not been sent yet.
    package struct Opening: Sendable, Hashable, Codable {
        /// The gravest event so far, which it is about.
        package var event: IncidentEvent
        /// When it is sent.
        package var until: Timestamp
    }

    /// The shared cause and the class.
    package var key: String
    /// The name of the channel.
    package var channel: String
    /// The shared cause in words: `server ns1.example.net.`
    package var shared: String
    /// The first incident, which represents all of them in every message.
    package var incident: String
    /// The code of the first incident.
    package var code: FindingCode
    /// What it means for the owner.
    package var incidentClass: IncidentClass
    /// The domain of the first incident.
    package var domain: Name
    /// The RRset of the first incident; nil if it is not about one.
    package var subject: RecordSetKey?
    /// The title of the first incident.
    package var title: String
    /// The earliest moment since which one of the domains is affected.
    package var since: Timestamp
    /// The highest severity so far.
    package var severity: Severity
    /// When the first incident arrived.
    package var began: Timestamp
    /// Incidents that are still open.
    package var members: Set<String>
    /// All domains affected so far, in the order in which they came.
    package var domains: [Name]
    /// The number of domains that the last message named.
    package var toldDomains: Int
    /// The number of messages so far.
    package var messages: Int
    /// When the last message was made.
    package var lastTold: Timestamp
    /// The first message while it waits; nil once it was sent, and in data of earlier versions.
    package var opening: Opening?
    /// The recovery; nil while nothing is undone, and in data of earlier versions.
    package var recovery: Recovery?
    /// True for a change that the domains make at once; nil for a shared fault.
    package var isMove: Bool?
    /// When the last domain joined; nil in data of earlier versions.
    package var joinedAt: Timestamp?

    init(_ event: IncidentEvent, shared: String, key: String, channel: String, at now: Timestamp) {
        self.key = key
        self.channel = channel
        self.shared = shared
        incident = event.incident
        code = event.code
        incidentClass = event.incidentClass
        domain = event.domain
        subject = event.subject
        title = event.title
        since = event.since
        severity = event.severity
        began = now
        members = [event.incident]
        domains = [event.domain]
        toldDomains = 0
        messages = 0
        lastTold = now
        joinedAt = now
        opening = Opening(event: event, until: now.adding(seconds: Self.patience))
    }

    var id: String { "\(key) \(channel)" }

    /// When a message is due even if no further event happens.
    var due: Timestamp? { opening?.until ?? [growthDue, recovery?.due].compactMap { $0 }.min() }

    /// When further domains are reported; nil if the last message named all, or if the incident is about the monitor:
    /// then all domains are observed by the same monitor and the same resolvers.
    var growthDue: Timestamp? {
        guard domains.count > toldDomains, !members.isEmpty, !incidentClass.isOfTheInstrument else { return nil }
        return lastTold.adding(seconds: Self.pauses[min(max(messages, 1), Self.pauses.count) - 1])
    }

    /// Whether a domain joined it within the last minutes.
    func isHot(at now: Timestamp) -> Bool {
        joinedAt.map { (0..<RecentMoves.crowdAge).contains(now.seconds(since: $0)) } ?? false
    }

    /// Adds an event of a member.
    ///
    /// - Parameter isNewDomain: whether its domain is not in ``domains`` yet.
    mutating func add(_ event: IncidentEvent, isNewDomain: Bool) {
        members.insert(event.incident)
        severity = max(severity, event.severity)
        since = min(since, event.since)
        if isNewDomain { domains.append(event.domain) }
    }

    /// Adds an event to the first message, which is about the gravest incident and its latest event.
    mutating func gather(_ event: IncidentEvent) {
        guard let known = opening?.event,
            event.severity > known.severity || event.incident == known.incident || known.isBack == true
        else { return }
        opening?.event = event
        // The event that it updates has not been sent.
        opening?.event.kind = known.kind
    }

    /// Whether the first message is to be sent. A wait longer than the patience means that the clock was set; it ends
    /// too.
    func isRipe(at now: Timestamp) -> Bool {
        guard let opening else { return false }
        return !(1...Self.patience).contains(opening.until.seconds(since: now))
    }

    /// Records that all its domains are reported now, and returns the updated thread.
    mutating func told(at now: Timestamp) -> SharedThread {
        opening = nil
        toldDomains = domains.count
        messages += 1
        lastTold = now
        return self
    }

    // MARK: Words

    var list: String { Self.list(domains) }

    /// Returns a list such as `Domains: a.example, b.example and 7 more`.
    static func list(_ domains: [Name], _ word: String = "Domains") -> String {
        let names = domains.prefix(namedDomains).map { Narrative.plain($0.description) }.joined(separator: ", ")
        let rest = domains.count > namedDomains ? " and \(domains.count - namedDomains) more" : ""
        return "\(word): \(names)\(rest)"
    }

    /// Returns an event of one member as an event of all.
    func merged(_ event: IncidentEvent) -> IncidentEvent {
        guard domains.count > 1 || event.incident != incident else { return event }
        var event = event
        if event.incident != incident { event.id = "\(incident)+\(event.id)" }
        event.incident = incident
        guard domains.count > 1 else { return event }
        event.title = "\(event.title) \(domains.count) domains share this cause: \(Narrative.plain(shared))."
        event.text = "\(event.text)\n\(domains.count) domains share this cause: \(Narrative.plain(shared)).\n\(list)"
        return event
    }

    /// Returns the message that further domains have joined.
    func growth(at now: Timestamp) -> IncidentEvent {
        let fresh = domains.dropFirst(toldDomains).prefix(Self.namedDomains).map { Narrative.plain($0.description) }
        let headline = "Now \(domains.count) domains share this cause: \(Narrative.plain(shared))."
        return IncidentEvent(
            // With the time of its beginning, since an incident that opens again leads another thread.
            id: "\(incident)+\(began.seconds).\(messages)", incident: incident, kind: .update, code: code,
            incidentClass: incidentClass,
            severity: severity, page: false, domain: domain, subject: subject, title: "\(headline) First: \(title)",
            text: "\(headline) First: \(title)\nNew: \(fresh.joined(separator: ", "))\n\(list)", changes: [],
            since: since, at: now, shared: shared)
    }

    /// Returns the message that the last of them is well again.
    func end(_ event: IncidentEvent) -> IncidentEvent {
        var event = event
        // The reports about all members count, not the state of the last one.
        if recovery?.isTold == true || event.isBack == true {
            event.isBack = recovery?.isTold == true ? true : nil
            event.isSettled = event.isBack
        }
        guard domains.count > 1 || event.incident != incident else { return event }
        if event.incident != incident { event.id = "\(incident)+\(event.id)" }
        event.incident = incident
        event.domain = domain
        event.subject = subject
        event.since = since
        guard domains.count > 1 else { return event }
        event.title = "Over: \(title)"
        event.text =
            "Over: \(title) It lasted from \(since.sentence) to \(event.at.sentence).\n"
            + "\(domains.count) domains shared this cause: \(Narrative.plain(shared)).\n\(list)"
        return event
    }
}
