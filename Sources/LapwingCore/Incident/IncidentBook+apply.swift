import DNSWire

extension IncidentBook {
    /// Seconds after its end in which an incident that returns is the same one.
    static let reopening: Int64 = 24 * 3600
    /// The number of incidents of one cause and subject in a day after which further ones are only logged.
    static let damping = 4
    /// The number of regular rounds that must have missed an incident which is kept open for a time.
    static let looksAfterTime = 2

    /// Applies the findings of one round: confirms suspicions, and opens, updates and closes incidents.
    package mutating func apply(_ findings: [Finding], to picture: Picture) -> (
        events: [IncidentEvent], believed: [Finding]
    ) {
        let believed = confirm(findings, picture)
        var events: [IncidentEvent] = []
        for group in groups(believed, at: picture.now) {
            if let event = take(group, picture) { events.append(event) }
        }
        events += settle(findings, picture)
        return (events, believed)
    }

    // MARK: Belief

    private mutating func confirm(_ findings: [Finding], _ picture: Picture) -> [Finding] {
        var found: Set<String> = []
        for finding in findings where found.insert(finding.key).inserted {
            var suspicion = suspicions[finding.key] ?? Suspicion(since: picture.now, looks: 0, polls: 0)
            suspicion.looks += 1
            suspicion.polls += picture.isRegular ? 1 : 0
            suspicion.missed = 0
            suspicion.cause = finding.cause
            suspicion.code = finding.code
            suspicion.incidentClass = finding.incidentClass
            suspicion.subject = finding.subject
            suspicion.sources = finding.evidence.map(\.source)
            suspicion.lastFound = picture.now
            suspicions[finding.key] = suspicion
        }
        for (key, suspicion) in suspicions where !found.contains(key) {
            // What could not be seen was neither confirmed nor refuted.
            guard suspicion.wouldBeSeen(in: picture) else { continue }
            var left = suspicion
            left.missed += picture.isRegular ? 1 : 0
            // A suspicion that the second look does not see is dropped, unless it is of an intermittent kind.
            let patience = left.patience
            suspicions[key] = patience > 1 ? (left.missed >= patience ? nil : left) : nil
        }
        for finding in findings { suspicions[finding.key]?.patience = finding.need.patience }
        return findings.filter { finding in
            guard let suspicion = suspicions[finding.key] else { return false }
            return suspicion.looks >= finding.need.looks && suspicion.polls >= finding.need.polls
                && picture.now.seconds(since: suspicion.since) >= finding.need.seconds ?? 0
        }
    }

    // MARK: Opening and updating

    private mutating func take(_ group: Group, _ picture: Picture) -> IncidentEvent? {
        let (cause, findings) = (group.cause, group.findings)
        guard let lead = findings.max(by: { Self.rank($0) < Self.rank($1) }) else { return nil }
        if let index = open.firstIndex(where: { $0.cause == cause }) {
            return update(index, lead, findings, picture)
        }
        if let index = closed.firstIndex(where: { $0.id == group.reopens || isSame($0, cause, lead, picture) }) {
            var incident = closed.remove(at: index)
            incident.closedAt = nil
            incident.acceptedBy = nil
            // Changes from before the incident ended are news again.
            incident.changes = []
            incident.turns = nil
            incident.backSince = nil
            incident.returns = nil
            incident.missedSince = nil
            open.append(incident)
            return update(open.count - 1, lead, findings, picture, again: true)
        }
        let lately = openedLately(lead, picture)
        var incident = Incident(
            id: "\(Self.plain(picture.domain))-\(next)", domain: picture.domain, cause: cause, code: lead.code,
            incidentClass: lead.incidentClass,
            severity: lead.severity == .notice && lately.count >= Self.damping ? .info : lead.severity,
            subject: lead.subject,
            since: lead.since ?? suspicions[lead.key]?.since ?? picture.now, openedAt: picture.now,
            lastFound: picture.now,
            closedAt: nil, text: Self.narrative(lead, findings), changes: Self.changes(findings), shared: lead.shared,
            paged: false, clearing: lead.clearing, holds: Set(findings.flatMap(\.holds)))
        incident.parts = [Incident.Part(lead)]
        incident.add(findings)
        let known = lately.flatMap(\.changes)
        // The last incident of the day that is reported says why it is the last.
        if lately.count == Self.damping - 1, lead.severity == .notice,
            let change = incident.changes.last(where: { change in known.contains { $0.isSame(as: change) } })
        {
            incident.text = incident.text.toAndFro(change).plain
        }
        next += 1
        incident.keep(findings.flatMap(\.evidence), picture)
        let event = incident.step(
            .open, at: picture.now, isAnnounced: findings.allSatisfy(picture.isAnnounced),
            isPrepared: findings.allSatisfy(\.isPrepared))
        open.append(incident)
        return event
    }

    private mutating func update(
        _ index: Int, _ lead: Finding, _ findings: [Finding], _ picture: Picture, again: Bool = false
    ) -> IncidentEvent? {
        var incident = open[index]
        defer { open[index] = incident }
        incident.lastFound = picture.now
        incident.missed = 0
        incident.missedSince = nil
        incident.holds.formUnion(findings.flatMap(\.holds))
        incident.add(findings)
        let fresh = Self.changes(findings).filter { change in
            !incident.changes.contains {
                $0.name == change.name && $0.kind == change.kind && $0.new == change.new
                    && $0.isAtParent == change.isAtParent
            }
        }
        let rises = lead.severity > incident.severity
        let turns =
            lead.severity == incident.severity && lead.incidentClass != incident.incidentClass
            && lead.incidentClass.weight > incident.incidentClass.weight
        // That a name gives something else all the time is told once, and not with each of its values.
        let restless = findings.filter { $0.code == .recordFlux }.flatMap(\.changes).filter { change in
            incident.changes.contains { $0.name == change.name && $0.kind == change.kind }
        }
        let grows =
            fresh.contains { !restless.contains($0) } && lead.severity >= .notice
            && lead.incidentClass == incident.incidentClass
        let turn = incident.turn(Self.changes(findings))
        let further = lead.isPosture ? incident.unmentioned(in: findings) : incident.furtherDrift(in: findings)
        let spread = again ? nil : further
        let returns = incident.backSince != nil
        incident.backSince = nil
        guard rises || turns || grows || again || returns || spread != nil || turn != nil else {
            // Consequences of the incident are kept as evidence although they are no news.
            let followed = findings.filter { $0.cause != incident.cause }
            incident.keep(followed.flatMap(\.evidence), picture)
            incident.changes += Self.changes(followed).filter(fresh.contains)
            return nil
        }
        if rises || turns || again {
            incident.code = lead.code
            incident.incidentClass = lead.incidentClass
            incident.subject = lead.subject
            incident.clearing = lead.clearing
            incident.shared = lead.shared
        }
        if again { incident.since = lead.since ?? suspicions[lead.key]?.since ?? picture.now }
        incident.severity = again ? lead.severity : max(incident.severity, lead.severity)
        incident.changes += fresh
        incident.text = Self.narrative(spread ?? lead, findings, earlier: again ? [] : incident.changes)
        if let turn, !rises, !turns, !grows { incident.text = incident.text.toAndFro(turn).plain }
        incident.keep(findings.flatMap(\.evidence), picture)
        var event = incident.step(
            .update, at: picture.now, severity: max(lead.severity, rises ? .info : lead.severity),
            isAnnounced: findings.allSatisfy(picture.isAnnounced), isPrepared: findings.allSatisfy(\.isPrepared))
        if lead.incidentClass == .plannedChange, turn == nil, incident.isUndone { event.isBack = true }
        // The news comes first; the matter of the incident was reported before.
        if !rises, !turns, !again, !returns, turn == nil, let news = Self.news(fresh, findings, lead) {
            event.title = news
            event.text = "\(news)\n\(event.text)"
        }
        if returns {
            event.title = "Again: \(event.title)"
            if incident.returns == Incident.mostReturns {
                event.text += "\nIt goes to and fro: further turns are recorded in the history but not reported."
            }
        }
        return event
    }

    /// Returns the headline of a finding about changes that the leading finding does not mention.
    private static func news(_ fresh: [Change], _ findings: [Finding], _ lead: Finding) -> String? {
        guard !fresh.contains(where: lead.changes.contains) else { return nil }
        return findings.filter { $0.changes.contains(where: fresh.contains) }
            .max { rank($0) < rank($1) }?.text.plain.headline
    }

    private func isSame(_ incident: Incident, _ cause: Cause, _ lead: Finding, _ picture: Picture) -> Bool {
        guard incident.cause == cause, incident.incidentClass == lead.incidentClass else { return false }
        if case .done = incident.clearing { return false }
        return picture.now.seconds(since: incident.closedAt ?? incident.lastFound) < Self.reopening
    }

    private func openedLately(_ lead: Finding, _ picture: Picture) -> [Incident] {
        closed.filter {
            $0.cause == lead.cause && $0.subject == lead.subject && picture.now.seconds(since: $0.openedAt) < 86_400
        }
    }

    // MARK: Closing

    private mutating func settle(_ findings: [Finding], _ picture: Picture) -> [IncidentEvent] {
        var events: [IncidentEvent] = []
        for index in open.indices.reversed() {
            var incident = open[index]
            let isFound = findings.contains(where: incident.includes)
            if isFound {
                incident.missed = 0
                incident.missedSince = nil
                incident.lastFound = picture.now
            } else if picture.isRegular, picture.wouldSee(incident) {
                incident.missed += 1
                incident.missedSince = incident.missedSince ?? picture.now
            }
            open[index] = incident
            let isOver =
                switch incident.clearing {
                case .absent(let polls): !isFound && incident.missed >= polls
                case .after(let seconds):
                    !isFound && incident.missed >= Self.looksAfterTime
                        && picture.now.seconds(since: incident.lastFound) >= seconds
                case .done(let seconds): !isFound && picture.now.seconds(since: incident.lastFound) >= seconds
                }
            guard isOver else { continue }
            incident.closedAt = picture.now
            events.append(incident.step(.close, at: picture.now))
            open.remove(at: index)
            shelve(incident)
        }
        return events.reversed()
    }

    /// Adds a closed incident to those that may be reopened; the oldest beyond ``closedLimit`` is dropped.
    package mutating func shelve(_ incident: Incident) {
        closed.insert(incident, at: 0)
        if closed.count > Self.closedLimit { closed.removeLast(closed.count - Self.closedLimit) }
    }

    // MARK: Words

    static func rank(_ finding: Finding) -> (Severity, Int) { (finding.severity, finding.incidentClass.weight) }

    private static func changes(_ findings: [Finding]) -> [Change] {
        var seen: Set<Change> = []
        return findings.flatMap(\.changes).filter { seen.insert($0).inserted }
    }

    /// Returns the leading finding's text with the other findings of the same cause and the earlier changes.
    private static func narrative(_ lead: Finding, _ findings: [Finding], earlier: [Change] = []) -> Narrative {
        var text = lead.text
        for other in findings where other.key != lead.key {
            text.facts.append("Also: \(other.text.headline)")
            text.facts += other.text.facts.filter { !text.facts.contains($0) }
        }
        let mentioned = Set(findings.flatMap(\.changes))
        text.facts += earlier.filter { !mentioned.contains($0) }.suffix(8).map { "Before: \($0.sentence)" }
        text.facts = Array(text.facts.prefix(Incident.factLimit))
        return text.plain
    }

    private static func plain(_ domain: Name) -> String {
        let text = domain.description
        return text.count > 1 ? String(text.dropLast()) : text
    }
}

extension IncidentClass {
    /// The precedence among classes of one severity: first the gravest for users, then those that explain most.
    package var weight: Int {
        switch self {
        case .hijackSuspected: 100
        case .registryHold: 95
        case .parentFault: 92
        case .expiry: 90
        case .takeoverRisk: 85
        case .dnssecBroken: 80
        case .recordsLost: 75
        case .authorityOutage: 70
        case .resolverPoisoned: 65
        case .transportFault: 60
        case .dnssecExpiring: 55
        case .dnssecDowngraded: 50
        case .policyWeakened: 45
        case .registrationChange: 40
        case .delegationBroken: 35
        case .zoneStale: 30
        // Changes that go on and on are more than a change.
        case .rotation: 22
        case .plannedChange: 20
        case .ttlAnomaly: 15
        default: 10
        }
    }
}
