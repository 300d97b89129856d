import LapwingCore
import LapwingStore

extension DomainPage {
    private typealias Moment = DomainModel.TimelineMoment

    /// The largest number of moments that are shown at once; the rest is collapsed.
    private static let mostMoments = 20

    /// Changes of records and steps of incidents, newest first, joined by minute.
    func timeline(_ incidents: [Incident], _ stored: [StoredChange]) -> (
        moments: [DomainModel.TimelineMoment], older: [DomainModel.TimelineMoment]
    ) {
        let items = changes(stored) + incidents.flatMap(steps)
        let sorted = items.enumerated().sorted { ($1.element.at, $0.offset) < ($0.element.at, $1.offset) }.map(
            \.element)
        var moments: [(at: Timestamp, entries: [Moment.Entry])] = []
        for item in sorted.prefix(300) {
            if let last = moments.last, last.at.sentence == item.at.sentence {
                moments[moments.count - 1].entries.append(item.entry)
            } else {
                moments.append((item.at, [item.entry]))
            }
        }
        let models = moments.map { moment in
            Moment(
                at: Shown.time(moment.at, frame.now), style: moment.entries.first?.style ?? "note",
                entries: moment.entries)
        }
        return (Array(models.prefix(Self.mostMoments)), Array(models.dropFirst(Self.mostMoments)))
    }

    private func changes(_ stored: [StoredChange]) -> [(at: Timestamp, entry: Moment.Entry)] {
        ChangeSpan.spans(stored).flatMap { span -> [(at: Timestamp, entry: Moment.Entry)] in
            let what = "\(Shown.name(span.change.name)) \(Shown.text("\(span.change.kind)", limit: 60))"
            let entry = Moment.Entry(
                style: "note", text: "\(what) changed", until: span.until.map { Shown.time($0, frame.now) },
                isDiff: true, old: shown(span.change.removed), new: shown(span.change.added),
                seen: Shown.sources(span.change.seenBy.prefix(8), limit: 300),
                caches: span.change.caches(beside: span.at).map { Shown.text($0, limit: 600) })
            let end = span.until.map { ($0, Moment.Entry(style: "good", text: "\(what) is as before")) }
            return [end, (span.at, entry)].compactMap(\.self)
        }
    }

    private func steps(of incident: Incident) -> [(at: Timestamp, entry: Moment.Entry)] {
        incident.steps.map { step in
            let title = Shown.text(step.headline, limit: 400)
            let isOver = step.event == .close
            return (
                step.at,
                Moment.Entry(
                    style: isOver ? "good" : step.severity.style,
                    text: isOver && !title.hasPrefix("Over: ") ? "Over: \(title)" : title,
                    link: Escape.path(incident.id))
            )
        }
    }

    private func shown(_ values: [String]) -> [String] { values.prefix(20).map { Shown.text($0, limit: 600) } }
}
