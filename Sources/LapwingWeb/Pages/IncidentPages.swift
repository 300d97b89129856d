import DNSWire
import LapwingCore
import LapwingStore

/// The list of incidents, and the story of one.
struct IncidentPages {
    static let rowsPerPage = 100

    let frame: PageFrame
    let sources: WebSources

    /// Incidents after a place in the list, open ones first, then by their last step.
    func list(openOnly: Bool, after place: IncidentPlace?) throws -> String {
        let found = try sources.store.incidents(openOnly: openOnly, after: place, limit: Self.rowsPerPage + 1)
        let shown = found.prefix(Self.rowsPerPage)
        let here = openOnly ? "/incidents?state=open" : "/incidents"
        var values: [String: Any] = [
            "rows": shown.map(row),
            "tabs": [
                ["path": "/incidents", "word": "All", "here": !openOnly],
                ["path": "/incidents?state=open", "word": "Open", "here": openOnly],
            ],
        ]
        if found.count > shown.count, let last = shown.last {
            values["next"] = here + (openOnly ? "&" : "?") + "after=" + Escape.query(IncidentPlace(last).text)
        }
        return frame.render("incidents", title: "Incidents", path: "/incidents", values)
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

    private func head(_ incident: Incident) -> [String: Any] {
        [
            "style": incident.severity.style, "sign": incident.severity.sign, "severity": incident.severity.word,
            "id": Escape.path(incident.id), "headline": Shown.text(incident.text.headline, limit: 600),
            "domain": Shown.name(incident.domain), "domainPath": Escape.path(Shown.name(incident.domain)),
            "class": incident.incidentClass.rawValue, "code": incident.code.rawValue,
            "since": Shown.time(incident.since, frame.now),
        ]
    }

    func story(_ incident: Incident) throws -> String {
        let text = incident.text
        var values = head(incident)
        values["facts"] = text.facts.map { Shown.text($0) }
        if !text.grounds.isEmpty { values["grounds"] = ["list": text.grounds.map { Shown.text($0) }] }
        values["isNot"] = text.isNot.map { Shown.text($0) }
        values["advice"] = text.advice.map { Shown.text($0) }
        values["check"] = text.check.map { Shown.text($0) }
        values["closed"] = incident.closedAt.map { Shown.time($0, frame.now) }
        values["accepted"] = incident.acceptedBy.map { $0.isEmpty ? "somebody" : Shown.text($0, limit: 100) }
        values["changes"] = incident.changes.prefix(40).map { change -> [String: Any] in
            [
                "what": "\(Shown.name(change.name)) \(Shown.text(change.kind, limit: 60))",
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
        values["notes"] = try sources.store.notes(of: incident.id).map { note -> [String: Any] in
            ["at": Shown.time(note.at, frame.now), "text": Shown.text(note.text, limit: 600)]
        }
        let notices = try sources.store.notices(of: incident.id)
        values["hasNotices"] = !notices.isEmpty
        values["notices"] = notices.prefix(100).map(notice)
        return frame.render("incident", title: Shown.text(text.headline, limit: 120), path: "/incidents", values)
    }

    private func notice(_ entry: OutboxEntry) -> [String: Any] {
        let delivery: String
        if let finished = entry.finished {
            delivery =
                "\(entry.receipt.map { Shown.text($0, limit: 200) } ?? "delivered"), \(Shown.ago(finished, frame.now))"
        } else {
            let reason = entry.receipt.map { ": " + Shown.text($0, limit: 200) } ?? ""
            delivery = entry.attempts == 0 ? "waiting" : "tried \(entry.attempts) times\(reason)"
        }
        return [
            "channel": Shown.text(entry.notice.channel, limit: 100), "event": entry.notice.event.rawValue,
            "delivery": delivery, "style": entry.finished == nil ? "warn" : "good",
            "sign": entry.finished == nil ? "…" : "✓",
        ]
    }
}
