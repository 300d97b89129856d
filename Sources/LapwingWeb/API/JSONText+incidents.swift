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
            ("name", .text(change.name.description)), ("type", .text("\(change.kind)")), ("old", .texts(change.old)),
            ("new", .texts(change.new)), ("seen_by", .texts(change.seenBy)),
            ("back_since", .optional(change.backSince)),
            (
                "old_until",
                .list(
                    (change.oldUntil ?? []).map {
                        .object([("resolver", .text($0.resolver)), ("until", .text($0.until.description))])
                    })
            ),
        ])
    }

    /// An entry of the journal.
    static func act(_ act: Act) -> JSONText { .object(fields(of: act)) }

    /// A journal entry outside a domain or incident: with the domain and the incident it belongs to.
    static func entry(_ act: Act) -> JSONText {
        .object(fields(of: act) + [("domain", .optional(act.domain)), ("incident", .optional(act.incident))])
    }

    private static func fields(of act: Act) -> [(String, JSONText)] {
        [
            ("number", .number(Int(act.id))), ("at", .text(act.at.description)), ("act", .text(act.kind.rawValue)),
            ("by", .text(act.person)), ("from", .text(act.origin)), ("text", .text(act.sentence)),
            ("before", .optional(act.before)), ("after", .optional(act.after)), ("hash", .text(act.hash)),
        ]
    }

    /// The actions of people on an incident, and for each event why a channel was notified or not.
    static func story(of incident: Incident, in store: SeenStore, at now: Timestamp) throws -> [(String, JSONText)] {
        let acknowledged = try store.acknowledgements(of: incident.id, at: now).first.map { known in
            JSONText.object([("by", .text(known.person)), ("until", .text(known.until.description))])
        }
        let acts = try store.acts(of: incident.id).map(act)
        let tellings = try store.tellings(of: incident.id).flatMap { event, tellings in
            (tellings ?? []).map { telling in
                JSONText.object([
                    ("event", .text(event.id)), ("at", .text(event.at.description)),
                    ("reason", .text(telling.kind.rawValue)), ("channel", .optional(telling.channel)),
                    ("until", .optional(telling.until)), ("text", .text(telling.sentence)),
                ])
            }
        }
        // A cause of a single domain has no other members.
        let sharing = try store.members(ofCauseOf: incident)
        let domains = sharing.isEmpty ? [incident.domain] : sharing.map(\.domain)
        return [
            ("domains", .texts(domains.map(\.description))),
            ("acknowledged", acknowledged ?? .null), ("acts", .list(acts)), ("told", .list(tellings)),
        ]
    }

    static func incident(
        _ incident: Incident, isFull: Bool = false, story: [(String, JSONText)] = []
    ) -> JSONText {
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
            ("closed", .optional(incident.closedAt)), ("shared", .optional(incident.shared)),
            ("accepted_by", .optional(incident.acceptedBy)),
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
        return .object(fields + story)
    }

    /// - Parameter isFull: whether to include the findings of the last round; lists of domains omit them.
    static func domain(
        _ entry: BoardIndex.Entry, isFull: Bool = false, places: [PlaceStanding] = []
    ) -> JSONText {
        let live = entry.live
        let findings =
            isFull
            ? [
                ("findings", JSONText.list((live?.findings ?? []).map(finding))),
                ("zone", live?.zone?.head.map(zone) ?? .null), ("places", .list(places.map(place))),
            ] : []
        return .object(
            [
                ("name", .text(entry.text)), ("status", .text(entry.condition.rawValue)), ("tags", .texts(entry.tags)),
                ("from_file", .flag(entry.isFromFile)), ("interval", .number(Int(entry.interval))),
                ("options", entry.options.map { .raw($0) } ?? .null), ("checked", .optional(live?.checkedAt)),
                ("learnt", .optional(live?.learntAt)), ("signed", live?.isSigned.map { .flag($0) } ?? .null),
                ("signatures_end", .optional(live?.signaturesEnd)),
                ("registration_ends", .optional(live?.registrationEnds)),
                ("incidents", .texts(live?.open.map(\.id) ?? [])),
                ("finding", .optional(entry.worst?.text.headline ?? entry.absenceSentence)),
                ("absence", .optional(entry.absence?.kind.rawValue)),
                ("zone_above", .optional(live?.sight?.zoneAbove)),
            ] + findings)
    }

    /// A zone that is transferred and compared as a whole.
    static func zone(_ head: ZoneHead) -> JSONText {
        let news = head.news.map { news in
            JSONText.object([
                ("at", .text(news.at.description)), ("from", .number(Int(news.from))), ("to", .number(Int(news.to))),
                ("changes", .texts(news.lines)), ("total", .number(news.total)),
            ])
        }
        return .object([
            ("serial", .number(Int(head.serial.rawValue))), ("server", .text(head.server)),
            ("way", .text(head.way.rawValue)), ("transferred", .text(head.at.description)),
            ("whole", .text(head.wholeAt.description)), ("sets", .number(head.sets)),
            ("records", .number(head.records)), ("news", news ?? .null),
        ])
    }

    static func health(_ report: HealthReport) -> JSONText {
        let (health, tally) = (report.health, report.tally)
        let members = tally.members.map { member in
            JSONText.object([
                ("domain", .text(member.domain.description)), ("condition", .text(member.condition.rawValue)),
                ("incident", .optional(member.incident)),
            ])
        }
        return .object([
            ("name", .text(health.name)), ("state", .text(tally.state.rawValue)), ("needs", .number(tally.needs)),
            ("well", .number(tally.well)), ("failing", .number(tally.failing)), ("unknown", .number(tally.unknown)),
            ("since", .text(report.since.description)), ("incident", .optional(report.open?.id)),
            ("severity", .text(health.severity.rawValue)), ("tags", .texts(health.tags)), ("members", .list(members)),
        ])
    }

    static func finding(_ finding: FindingSummary) -> JSONText {
        .object([
            ("code", .text(finding.code.rawValue)), ("class", .text(finding.incidentClass.rawValue)),
            ("severity", .text(finding.severity.rawValue)), ("subject", .text(finding.subject?.description ?? "")),
            ("text", .text(finding.headline)), ("posture", .flag(finding.isPosture)),
            ("since", .optional(finding.since)), ("docs", .text("docs/findings/\(finding.code).md")),
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
