import LapwingCore
import LapwingStore

extension DomainPage {
    /// Moments that are shown at once; the rest is folded up.
    private static let mostMoments = 20

    /// Changes of records and steps of incidents, newest first, one entry for all of a minute.
    func timeline(_ incidents: [Incident], _ stored: [StoredChange]) -> (
        moments: [[String: Any]], older: [[String: Any]]
    ) {
        var items: [(at: Timestamp, values: [String: Any])] = []
        for span in ChangeSpan.spans(stored) {
            let what = "\(Shown.name(span.change.name)) \(Shown.text("\(span.change.kind)", limit: 60))"
            let seen = Shown.text(span.change.seenBy.prefix(8).joined(separator: ", "), limit: 300)
            var values: [String: Any] = [
                "style": "note", "text": "\(what) changed", "isDiff": true, "old": shown(span.change.removed),
                "new": shown(span.change.added), "seen": seen,
            ]
            if let until = span.until {
                values["until"] = Shown.time(until, frame.now)
                items.append((until, ["style": "good", "text": "\(what) is as before"]))
            }
            items.append((span.at, values))
        }
        for incident in incidents {
            for step in incident.steps {
                let title = Shown.text(step.headline, limit: 400)
                let isOver = step.event == .close
                items.append(
                    (
                        step.at,
                        [
                            "style": isOver ? "good" : step.severity.style,
                            "text": isOver && !title.hasPrefix("Over: ") ? "Over: \(title)" : title,
                            "link": Escape.path(incident.id),
                        ]
                    ))
            }
        }
        let sorted = items.enumerated().sorted { ($1.element.at, $0.offset) < ($0.element.at, $1.offset) }.map(
            \.element)
        var moments: [(at: Timestamp, entries: [[String: Any]])] = []
        for item in sorted.prefix(300) {
            if let last = moments.last, last.at.sentence == item.at.sentence {
                moments[moments.count - 1].entries.append(item.values)
            } else {
                moments.append((item.at, [item.values]))
            }
        }
        let values = moments.map { moment -> [String: Any] in
            [
                "at": Shown.time(moment.at, frame.now), "entries": moment.entries,
                "style": moment.entries.first?["style"] ?? "note",
            ]
        }
        return (Array(values.prefix(Self.mostMoments)), Array(values.dropFirst(Self.mostMoments)))
    }

    private func shown(_ values: [String]) -> [String] { values.prefix(20).map { Shown.text($0, limit: 600) } }
}
