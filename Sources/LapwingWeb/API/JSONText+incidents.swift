import DNSWire
import LapwingCore
import LapwingStore

extension JSONText {
    static func event(_ event: IncidentEvent) -> JSONText {
        .object([
            ("id", .text(event.id)), ("incident", .text(event.incident)), ("event", .text(event.kind.rawValue)),
            ("class", .text(event.incidentClass.rawValue)), ("severity", .text(event.severity.rawValue)),
            ("page", .flag(event.page)), ("domain", .text(event.domain.description)), ("title", .text(event.title)),
            ("since", .text(event.since.description)), ("at", .text(event.at.description)),
        ])
    }

    static func change(_ change: Change) -> JSONText {
        .object([
            ("name", .text(change.name.description)), ("type", .text(change.kind)), ("old", .texts(change.old)),
            ("new", .texts(change.new)), ("seen_by", .texts(change.seenBy)),
        ])
    }

    static func incident(_ incident: Incident, isFull: Bool = false) -> JSONText {
        var fields: [(String, JSONText)] = [
            ("id", .text(incident.id)), ("domain", .text(incident.domain.description)),
            ("class", .text(incident.incidentClass.rawValue)), ("code", .text(incident.code.rawValue)),
            ("severity", .text(incident.severity.rawValue)),
            ("status", .text(incident.closedAt == nil ? "open" : "closed")),
            ("title", .text(incident.text.headline)), ("text", .text(incident.fullText)),
            (
                "subject",
                incident.subject.map { .object([("name", .text($0.name.description)), ("type", .text("\($0.type)"))]) }
                    ?? .null
            ),
            ("since", .text(incident.since.description)), ("opened", .text(incident.openedAt.description)),
            ("closed", .optional(incident.closedAt)), ("accepted_by", .optional(incident.acceptedBy)),
            ("changes", .list(incident.changes.map(change))),
        ]
        if isFull {
            fields.append(
                (
                    "steps",
                    .list(
                        incident.steps.map {
                            .object([
                                ("at", .text($0.at.description)), ("event", .text($0.event.rawValue)),
                                ("severity", .text($0.severity.rawValue)), ("title", .text($0.headline)),
                            ])
                        })
                ))
            fields.append(
                (
                    "evidence",
                    .list(
                        incident.evidence.map {
                            .object([
                                ("at", .text($0.at.description)), ("source", .text($0.source.label)),
                                ("summary", .text($0.summary)),
                            ])
                        })
                ))
        }
        return .object(fields)
    }

    static func domain(_ entry: BoardIndex.Entry) -> JSONText {
        let live = entry.live
        return .object([
            ("name", .text(entry.text)), ("status", .text(entry.condition.status)), ("tags", .texts(entry.tags)),
            ("from_file", .flag(entry.isFromFile)), ("interval", .number(Int(entry.interval))),
            ("options", entry.options.map { .raw($0) } ?? .null), ("checked", .optional(live?.checkedAt)),
            ("learnt", .optional(live?.learntAt)), ("signed", live?.isSigned.map { .flag($0) } ?? .null),
            ("signatures_end", .optional(live?.signaturesEnd)),
            ("registration_ends", .optional(live?.registrationEnds)),
            ("incidents", .texts(live?.open.map(\.id) ?? [])), ("finding", .optional(entry.worst?.text.headline)),
        ])
    }

    static func record(_ entry: HistoryEntry) -> JSONText {
        .object([
            ("source", .text(entry.source)), ("name", .text(entry.key.name.description)),
            ("type", .text("\(entry.key.type)")), ("values", entry.values.map { .texts($0) } ?? .null),
            ("ttl", .optional(entry.ttl.map { Int($0) })), ("since", .text(entry.began.description)),
        ])
    }
}
