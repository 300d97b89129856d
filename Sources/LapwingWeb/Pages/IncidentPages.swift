import DNSWire
import LapwingCore
import LapwingStore

/// The list of incidents, and the story of one.
struct IncidentPages {
    static let rowsPerPage = 100

    let frame: PageFrame
    let sources: WebSources

    /// What of the list is asked for.
    struct Selection {
        var openOnly = false
        var domain: Name?
        var severity: Severity?
        var text = ""

        /// The parameters of an address that asks for the same.
        var parameters: [(String, String)] {
            var parts: [(String, String)] = []
            if openOnly { parts.append(("state", "open")) }
            if let domain { parts.append(("domain", Shown.name(domain))) }
            if let severity { parts.append(("severity", severity.rawValue)) }
            return parts
        }

        /// An address that asks for the same, with more parameters.
        func address(_ more: [(String, String)] = []) -> String {
            let all = (parameters + more).map { "\($0)=\(Escape.query($1))" }.joined(separator: "&")
            return all.isEmpty ? "/incidents" : "/incidents?\(all)"
        }
    }

    /// Incidents after a place in the list: open ones first, the worst of them first, then by their last step.
    func list(_ selection: Selection, fault: String? = nil, after place: IncidentPlace?) throws -> String {
        var found = try sources.store.incidents(
            of: selection.domain, openOnly: selection.openOnly, after: place, limit: Self.rowsPerPage + 1)
        let next = found.count > Self.rowsPerPage ? found[Self.rowsPerPage - 1] : nil
        found = Array(found.prefix(Self.rowsPerPage))
        if let least = selection.severity { found.removeAll { $0.severity < least } }
        let open = found.filter { $0.closedAt == nil }.enumerated().sorted {
            ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
        }.map(\.element)
        var all = selection
        all.openOnly = false
        var openOnes = selection
        openOnes.openOnly = true
        let levels = [Severity.notice, .warning, .critical]
        var values: [String: Any] = [
            "rows": Self.grouped(open).map(groupRow) + found.filter { $0.closedAt != nil }.map(row),
            "tabs": [
                ["path": all.address(), "word": "All", "here": !selection.openOnly],
                ["path": openOnes.address(), "word": "Open", "here": selection.openOnly],
            ],
            "domainText": selection.domain.map(Shown.name) ?? Shown.text(selection.text, limit: 255),
            "openOnly": selection.openOnly,
            "levels": ([nil] + levels.map(Optional.some)).map { level -> [String: Any] in
                let word = level.map { $0 == .critical ? "Critical" : "\($0.word) and worse" }
                return [
                    "value": level?.rawValue ?? "", "word": word ?? "Any severity",
                    "selected": level == selection.severity,
                ]
            },
            "empty": selection.parameters.isEmpty && place == nil
                ? "No incidents. The lapwing is on its nest and calm." : "No incident matches.",
        ]
        if let fault { values["fault"] = fault }
        if let next { values["next"] = selection.address([("after", IncidentPlace(next).text)]) }
        return try frame.render("incidents", title: "Incidents", path: "/incidents", values)
    }

    /// Open incidents of one shared cause together, where the worst of them stands.
    private static func grouped(_ incidents: [Incident]) -> [[Incident]] {
        var groups: [[Incident]] = []
        var places: [String: Int] = [:]
        for incident in incidents {
            if let shared = incident.shared, let place = places["\(shared) \(incident.incidentClass)"] {
                groups[place].append(incident)
            } else {
                if let shared = incident.shared { places["\(shared) \(incident.incidentClass)"] = groups.count }
                groups.append([incident])
            }
        }
        return groups
    }

    private func groupRow(_ group: [Incident]) -> [String: Any] {
        var values = row(group[0])
        guard group.count > 1 else { return values }
        values["isShared"] = true
        values["cause"] = Shown.cause(group[0].shared ?? "")
        values["count"] = Shown.count(group.count)
        values["members"] = group.prefix(200).map {
            ["id": Escape.path($0.id), "domain": Shown.name($0.domain)]
        }
        return values
    }

    private func row(_ incident: Incident) -> [String: Any] {
        var row = head(incident)
        if let closed = incident.closedAt {
            row["closed"] = true
            row["lasted"] = Shown.span(closed.seconds(since: incident.openedAt))
        }
        row["accepted"] = incident.acceptedBy != nil
        return row
    }

    /// Where that is shown which an incident is about: its domain's page, or a health's line on the board.
    private static func place(of incident: Incident) -> String {
        let path = Escape.path(Shown.name(incident.domain))
        return incident.code == .healthFailing ? "/#health-\(path)" : "/domains/\(path)"
    }

    private func head(_ incident: Incident) -> [String: Any] {
        [
            "style": incident.severity.style, "sign": incident.severity.sign, "severity": incident.severity.word,
            "id": Escape.path(incident.id), "headline": Shown.text(incident.text.headline, limit: 600),
            "domain": Shown.name(incident.domain), "place": Self.place(of: incident),
            "class": incident.incidentClass.rawValue, "code": incident.code.rawValue,
            "since": Shown.time(incident.since, frame.now),
        ]
    }

    func story(_ incident: Incident) throws -> String {
        let text = incident.text
        var values = head(incident)
        let isOpen = incident.closedAt == nil
        values["facts"] = text.facts.map { Shown.text($0) }
        let help = FindingPages.help(incident.code.rawValue)
        if !help.isEmpty { values["help"] = ["blocks": help] }
        if !text.grounds.isEmpty { values["grounds"] = ["list": text.grounds.map { Shown.text($0) }] }
        values["isNot"] = text.isNot.map { Shown.text($0) }
        values["advice"] = text.advice.map { Shown.text($0) }
        values["check"] = text.check.map { Shown.text($0) }
        values["acceptable"] = incident.code.nature.canBeAccepted && isOpen
        values["isFault"] = !incident.code.nature.canBeAccepted && isOpen
        values["isGrave"] = incident.severity == .critical
        values["normal"] = Shown.text(incident.normal, limit: 600)
        values["pillStyle"] = isOpen ? incident.severity.style : "idle"
        values["pill"] = isOpen ? "\(incident.severity.sign) \(incident.severity.word)" : "✓ Over"
        values["closed"] = incident.closedAt.map { Shown.time($0, frame.now) }
        values["accepted"] = incident.acceptedBy.map { $0.isEmpty ? "somebody" : Shown.text($0, limit: 100) }
        if isOpen, let back = try backSince(incident) { values["recovering"] = recovering(incident, since: back) }
        // By the clock itself: what was silenced a moment ago is seen on the page that comes back.
        let now = sources.now()
        let silences = try sources.store.silences(at: now).filter { $0.covers(incident, at: now) }
        values["silences"] = silences.prefix(20).map { Shown.silence($0, frame.now) }
        values["changes"] = incident.changes.prefix(40).map { change -> [String: Any] in
            [
                "what": "\(Shown.name(change.name)) \(Shown.text("\(change.kind)", limit: 60))",
                "old": change.removed.prefix(20).map { Shown.text($0, limit: 600) },
                "new": change.added.prefix(20).map { Shown.text($0, limit: 600) },
                "seen": Shown.text(change.seenBy.prefix(12).joined(separator: ", "), limit: 400),
            ]
        }
        values["steps"] = incident.steps.map { step -> [String: Any] in
            [
                "at": Shown.time(step.at, frame.now), "style": step.event == .close ? "good" : step.severity.style,
                "word": ["open": "Opened", "update": "Changed", "close": "Over"][step.event.rawValue] ?? "",
                "headline": Shown.text(step.headline, limit: 600),
            ]
        }
        values["evidence"] = incident.evidence.map { evidence -> [String: Any] in
            ["at": Shown.time(evidence.at, frame.now), "summary": Shown.text(evidence.summary, limit: 800)]
        }
        values["cause"] = try cause(incident)
        values["notes"] = try sources.store.notes(of: incident.id).map { note -> [String: Any] in
            ["at": Shown.time(note.at, frame.now), "text": Shown.text(note.text, limit: 600)]
        }
        let acknowledged = try sources.store.acknowledgements(of: incident.id, at: sources.now()).first
        values["acknowledged"] = acknowledged.map {
            "\(Shown.text($0.person, limit: 100)) until \($0.until.sentence)"
        }
        values["isOpen"] = isOpen
        if let record = incident.onlyRecord {
            values["record"] = "\(Shown.name(record.name)) \(Shown.text("\(record.type)", limit: 60))"
        }
        values["acts"] = try sources.store.acts(of: incident.id).map { act -> [String: Any] in
            ["at": Shown.time(act.at, frame.now), "text": Shown.text(act.sentence, limit: 600)]
        }
        let reasons = try sources.store.tellings(of: incident.id).flatMap { event, tellings -> [[String: Any]] in
            (tellings ?? []).map { telling in
                [
                    "at": Shown.time(event.at, frame.now), "event": event.kind.rawValue,
                    "text": Shown.text(telling.sentence, limit: 900),
                ]
            }
        }
        values["reasons"] = Array(reasons.suffix(100))
        let notices = try sources.store.notices(of: incident.id)
        values["notices"] = Self.byEvent(notices.prefix(100).map { $0 }).map { event, entries -> [String: Any] in
            ["event": event, "entries": entries.map(notice)]
        }
        return try frame.render("incident", title: Shown.text(text.headline, limit: 120), path: "/incidents", values)
    }

    /// Since when all that an incident tells of is undone; nil where something of it lasts, or nothing was changed.
    private func backSince(_ incident: Incident) throws -> Timestamp? {
        guard !incident.changes.isEmpty else { return nil }
        let spans = ChangeSpan.spans(try sources.store.changes(of: incident.domain, limit: 500))
        var latest: Timestamp?
        for change in incident.changes {
            guard let span = spans.last(where: { $0.change.isAbout(change) }), let until = span.until else {
                return nil
            }
            latest = max(latest ?? until, until)
        }
        return latest
    }

    private func recovering(_ incident: Incident, since back: Timestamp) -> [String: Any] {
        var values: [String: Any] = ["since": Shown.time(back, frame.now)]
        if case .after(let seconds) = incident.clearing {
            values["until"] = Shown.time(incident.lastFound.adding(seconds: seconds), frame.now)
        }
        return values
    }

    /// Messages by the event that they are about, in the order in which they come.
    private static func byEvent(_ entries: [OutboxEntry]) -> [(event: String, entries: [OutboxEntry])] {
        var groups: [(event: String, entries: [OutboxEntry])] = []
        for entry in entries {
            let event = "\(entry.notice.event.rawValue), \(entry.notice.at.sentence)"
            if let place = groups.firstIndex(where: { $0.event == event }) {
                groups[place].entries.append(entry)
            } else {
                groups.append((event, [entry]))
            }
        }
        return groups
    }

    private func notice(_ entry: OutboxEntry) -> [String: Any] {
        [
            "channel": Shown.text(entry.notice.channel, limit: 100),
            "delivery": entry.delivery(frame.now), "style": entry.outcome.style, "sign": entry.outcome.sign,
        ]
    }
}
