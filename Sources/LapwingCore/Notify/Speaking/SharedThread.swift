package import DNSWire

/// What one channel was told about a cause that several domains share, such as a name server that is silent, or about a
/// change that they make at once.
///
/// Rounds of the domains come one after another. So the first message waits for a moment, a page as well, to name those that
/// join it in that time; later ones are reported together, sooner at first than later.
package struct SharedThread: Sendable, Hashable, Codable {
    /// Seconds from one message to the next about domains that joined; the last one goes on.
    static let pauses: [Int64] = [60, 60, 300, 900, 3600]
    /// Seconds for which the first message waits for other domains.
    static let patience: Int64 = 30
    /// Domains that a text names; the list beside it has all.
    static let namedDomains = 50

    /// A first message that is not sent yet.
    package struct Opening: Sendable, Hashable, Codable {
        /// What it is about: the gravest event so far.
        package var event: IncidentEvent
        /// When it is sent.
        package var until: Timestamp
    }

    /// Cause and class.
    package var key: String
    /// The name of the channel.
    package var channel: String
    /// In words: `server ns1.example.net.`
    package var shared: String
    /// The first incident, which stands for all in every message.
    package var incident: String
    /// What the first incident is.
    package var code: FindingCode
    /// What it means for the owner.
    package var incidentClass: IncidentClass
    /// The domain of the first incident.
    package var domain: Name
    /// The RRset of the first incident, when it is about one.
    package var subject: RecordSetKey?
    /// The title of the first incident.
    package var title: String
    /// The earliest moment since which one of its domains is affected.
    package var since: Timestamp
    /// The gravest that was reported.
    package var severity: Severity
    /// When the first incident came in.
    package var began: Timestamp
    /// Incidents that are still open.
    package var members: Set<String>
    /// All domains that it touched, in the order in which they came.
    package var domains: [Name]
    /// How many of the domains the last message named, how many messages there were, and when the last one was made.
    package var toldDomains: Int
    /// Messages so far.
    package var messages: Int
    /// When the last message was made.
    package var lastTold: Timestamp
    /// The first message while it waits; nil once it was sent, and in what earlier versions wrote.
    package var opening: Opening?
    /// What is said of its way back; nil while nothing of it is undone, and in what earlier versions wrote.
    package var recovery: Recovery?
    /// Set for a change that its domains make at once, instead of a fault that they share.
    package var isMove: Bool?
    /// When the last domain joined; nil in what earlier versions wrote.
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

    /// When there is something to say although nothing happens.
    var due: Timestamp? { opening?.until ?? [growthDue, recovery?.due].compactMap { $0 }.min() }

    /// When further domains are reported; nil when the last message named all, and where the domains do not matter: all of
    /// them are looked at by the same monitor and the same resolvers.
    var growthDue: Timestamp? {
        guard domains.count > toldDomains, !members.isEmpty, !incidentClass.isOfTheInstrument else { return nil }
        return lastTold.adding(seconds: Self.pauses[min(max(messages, 1), Self.pauses.count) - 1])
    }

    /// Whether a domain joined it minutes ago.
    func isHot(at now: Timestamp) -> Bool {
        joinedAt.map { (0..<RecentMoves.crowdAge).contains(now.seconds(since: $0)) } ?? false
    }

    /// - Parameter isNewDomain: whether ``domains`` is without its domain.
    mutating func add(_ event: IncidentEvent, isNewDomain: Bool) {
        members.insert(event.incident)
        severity = max(severity, event.severity)
        since = min(since, event.since)
        if isNewDomain { domains.append(event.domain) }
    }

    /// Takes an event into the first message, which is about the gravest, and of one incident about the latest.
    mutating func gather(_ event: IncidentEvent) {
        guard let known = opening?.event,
            event.severity > known.severity || event.incident == known.incident || known.isBack == true
        else { return }
        opening?.event = event
        // Nobody has heard of what is brought up to date.
        opening?.event.kind = known.kind
    }

    /// Whether the first message is to be sent; one that is put off by more than its patience is of a clock that was set.
    func isRipe(at now: Timestamp) -> Bool {
        guard let opening else { return false }
        return !(1...Self.patience).contains(opening.until.seconds(since: now))
    }

    /// Notes that all its domains are reported now, and gives itself back.
    mutating func told(at now: Timestamp) -> SharedThread {
        opening = nil
        toldDomains = domains.count
        messages += 1
        lastTold = now
        return self
    }

    // MARK: Words

    var list: String { Self.list(domains) }

    /// `Domains: a.example, b.example and 7 more`
    static func list(_ domains: [Name], _ word: String = "Domains") -> String {
        let names = domains.prefix(namedDomains).map { Narrative.plain($0.description) }.joined(separator: ", ")
        let rest = domains.count > namedDomains ? " and \(domains.count - namedDomains) more" : ""
        return "\(word): \(names)\(rest)"
    }

    /// An event of one member, said of all.
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

    /// The message that further domains have joined.
    func growth(at now: Timestamp) -> IncidentEvent {
        let fresh = domains.dropFirst(toldDomains).prefix(Self.namedDomains).map { Narrative.plain($0.description) }
        let headline = "Now \(domains.count) domains share this cause: \(Narrative.plain(shared))."
        return IncidentEvent(
            // Its beginning too: an incident that opens again leads another thread.
            id: "\(incident)+\(began.seconds).\(messages)", incident: incident, kind: .update, code: code,
            incidentClass: incidentClass,
            severity: severity, page: false, domain: domain, subject: subject, title: "\(headline) First: \(title)",
            text: "\(headline) First: \(title)\nNew: \(fresh.joined(separator: ", "))\n\(list)", changes: [],
            since: since, at: now, shared: shared)
    }

    /// The message that the last of them is well again.
    func end(_ event: IncidentEvent) -> IncidentEvent {
        var event = event
        // What was said of all counts, not what is known of the last one.
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
