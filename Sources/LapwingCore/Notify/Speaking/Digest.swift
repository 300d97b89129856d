package import DNSWire

/// The contents of a channel's next digest.
package struct DigestDraft: Sendable, Hashable, Codable {
    /// The largest number of lines that are kept; further ones are only counted.
    static let most = 500
    /// The largest number of lines in the text.
    static let shown = 100

    /// The line about one incident.
    package struct Line: Sendable, Hashable, Codable {
        /// The incident's identifier.
        package var incident: String
        /// When its first event of this digest happened.
        package var at: Timestamp
        /// The highest severity of its events.
        package var severity: Severity
        /// The domain that it is about.
        package var domain: Name
        /// The title of its latest event.
        package var title: String
    }

    /// The first moment that it covers.
    package var since: Timestamp
    /// When it is to be sent.
    package var due: Timestamp
    /// The lines, at most ``most``, in the order in which the incidents arrived.
    package var lines: [Line] = []
    /// The number of events beyond those.
    package var left = 0

    init(since: Timestamp, due: Timestamp) {
        self.since = since
        self.due = due
    }

    /// Adds an event. The line of a known incident is updated, so that an incident which began and ended is one line.
    mutating func add(_ event: IncidentEvent) {
        let title = String(event.title.prefix(300))
        if let index = lines.firstIndex(where: { $0.incident == event.incident }) {
            lines[index].title = title
            lines[index].severity = max(lines[index].severity, event.severity)
            return
        }
        guard lines.count < Self.most else {
            left += 1
            return
        }
        lines.append(
            Line(
                incident: event.incident, at: event.at, severity: event.severity, domain: event.domain, title: title))
    }

    /// Returns the notice; nil if there are no events and digests of quiet days are not wanted.
    func notice(_ channel: String, _ digest: Route.Digest, _ watched: Watched?, at now: Timestamp) -> Notice? {
        guard !lines.isEmpty || digest.quietDays else { return nil }
        var domains: [Name] = []
        for line in lines where !domains.contains(line.domain) { domains.append(line.domain) }
        let count = lines.count + left
        let events = count == 0 ? "nothing to report" : count == 1 ? "1 event" : "\(count) events"
        let places = domains.isEmpty ? "" : domains.count == 1 ? " of 1 domain" : " of \(domains.count) domains"
        let title =
            "Digest from \(digest.hour.clock.sentence(since)) to \(digest.hour.clock.sentence(now)): "
            + "\(events)\(places)."
        var text = [title]
        text += lines.prefix(Self.shown).map { line in
            "\(digest.hour.clock.sentence(line.at)) \(Narrative.plain(line.domain.description)): "
                + "\(line.title) (\(line.incident))"
        }
        if count > Self.shown { text.append("And \(count - min(lines.count, Self.shown)) more; the page has all.") }
        if let watched { text.append(watched.sentence) }
        return Notice(
            id: "digest-\(now.seconds)@\(channel)", channel: channel, incident: "digest-\(now.seconds)", event: .update,
            incidentClass: .routine, severity: lines.map(\.severity).max() ?? .info, page: false,
            domain: domains.count == 1 ? domains[0] : .root, subject: nil, title: title,
            text: text.joined(separator: "\n"), changes: [], since: since, at: now, domains: domains,
            purpose: .digest)
    }
}

/// The state of the watch itself, for a digest.
package struct Watched: Sendable, Hashable {
    /// The number of watched domains.
    package var domains: Int
    /// The number of domains whose last round saw nothing that counts.
    package var unseen: Int
    /// Open incidents by severity; a severity without a value has none.
    package var open: [Severity: Int]

    package init(domains: Int, unseen: Int, open: [Severity: Int]) {
        self.domains = domains
        self.unseen = unseen
        self.open = open
    }

    var sentence: String {
        let words = Severity.allCases.reversed().compactMap { severity in
            open[severity].flatMap { $0 > 0 ? "\($0) \(severity.rawValue)" : nil }
        }
        let what = domains == 1 ? "1 domain is watched" : "\(domains) domains are watched"
        let seen = unseen == 0 ? "" : "; of \(unseen) nothing is known at the moment"
        return "\(what)\(seen). Open incidents: \(words.isEmpty ? "none" : words.joined(separator: ", "))."
    }
}
