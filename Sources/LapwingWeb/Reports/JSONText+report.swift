import LapwingCore

extension JSONText {
    /// A report, the same in every language: texts are in English, times in RFC 3339, spans in seconds, and unknown
    /// values are null.
    static func report(_ report: Report) -> JSONText {
        .object([
            ("client", .optional(report.client)), ("period", .text(report.code)), ("title", .text(report.period.title)),
            ("from", .text("\(report.from)")), ("to", .text("\(report.to)")), ("made", .text("\(report.madeAt)")),
            ("unfinished", .flag(report.isUnfinished)), ("cut", .flag(report.isCut)),
            ("summary", summary(report.summary)), ("domains", .list(report.domains.map(domain))),
            ("incidents", .list(report.incidents.map(trouble))), ("changes", .list(report.changes.map(change))),
            (
                "endings",
                .list(
                    report.endings.map { ending in
                        .object([
                            ("domain", .text(ending.domain)), ("kind", .text(ending.kind.rawValue)),
                            ("at", .text("\(ending.at)")), ("past", .flag(ending.isPast)),
                        ])
                    })
            ),
            ("posture", posture(report.posture)),
            (
                "announced",
                .list(
                    report.announced.map { work in
                        .object([
                            ("domain", .optional(work.domain)), ("from", .text("\(work.from)")),
                            ("to", .text("\(work.to)")), ("text", .text(work.text)),
                            ("outcome", .text(work.outcome.rawValue)),
                        ])
                    })
            ),
        ])
    }

    private static func share(_ share: Share) -> JSONText {
        .object([
            ("good", .number(share.good)), ("of", .number(share.all)),
            ("percent", share.basisPoints.map { .decimal(Double($0) / 100) } ?? .null),
        ])
    }

    private static func spread(_ spread: Report.Spread?) -> JSONText {
        guard let spread else { return .null }
        return .object([
            ("count", .number(spread.count)), ("median", .number(Int(spread.median))),
            ("longest", .number(Int(spread.longest))),
        ])
    }

    private static func summary(_ summary: Report.Summary) -> JSONText {
        .object([
            ("domains", .number(summary.domains)), ("critical", .number(summary.critical)),
            ("warnings", .number(summary.warnings)), ("notices", .number(summary.notices)),
            ("still_open", .number(summary.stillOpen)), ("to_tell", spread(summary.toTell)),
            ("to_acknowledge", spread(summary.toAcknowledge)), ("to_end", spread(summary.toEnd)),
            ("changes", .number(summary.changes)), ("accepted", .number(summary.accepted)),
            ("resolved", share(summary.resolution)), ("served", share(summary.service)),
            ("days_seen", .number(summary.daysSeen)), ("days", .number(summary.days)),
        ])
    }

    private static func domain(_ domain: Report.Domain) -> JSONText {
        .object([
            ("domain", .text(domain.domain)), ("resolved", share(domain.resolution)),
            ("served", share(domain.service)), ("looks", .number(domain.looks)), ("blind", .number(domain.blind)),
            ("days_seen", .number(domain.daysSeen)), ("days", .number(domain.days)),
            ("servers_ms", domain.serversTook.map { .decimal(($0 * 10).rounded() / 10) } ?? .null),
            ("resolvers_ms", domain.resolversTook.map { .decimal(($0 * 10).rounded() / 10) } ?? .null),
            ("incidents", .number(domain.incidents)), ("changes", .number(domain.changes)),
            ("registration_ends", .optional(domain.registrationEnds)),
            (
                "by_day",
                .list(
                    domain.byDay.map { day in
                        .object([
                            ("day", .text(day.day)), ("state", .text(day.state.rawValue)),
                            ("looks", .number(day.looks)), ("resolved", .number(day.resolved)),
                            ("resolvable", .number(day.resolvable)), ("served", .number(day.served)),
                            ("servable", .number(day.servable)),
                        ])
                    })
            ),
        ])
    }

    private static func seconds(_ seconds: Int64?) -> JSONText { seconds.map { .number(Int($0)) } ?? .null }

    private static func trouble(_ trouble: Report.Trouble) -> JSONText {
        .object([
            ("id", .optional(trouble.id)), ("domain", .text(trouble.domain)),
            ("severity", .text(trouble.severity.rawValue)), ("class", .text(trouble.incidentClass.rawValue)),
            ("text", .text(Wording.plain.text(trouble))), ("opened", .text("\(trouble.opened)")),
            ("ended", .optional(trouble.ended)), ("to_tell", seconds(trouble.toTell)),
            ("to_acknowledge", seconds(trouble.toAcknowledge)), ("to_end", seconds(trouble.toEnd)),
            ("accepted_by", .optional(trouble.acceptedBy)), ("new", .flag(trouble.isNew)),
        ])
    }

    private static func change(_ change: Report.ChangeLine) -> JSONText {
        .object([
            ("domain", .text(change.domain)), ("at", .text("\(change.at)")),
            ("what", .text(Wording.plain.what(change))),
            ("old", .texts(change.old)), ("new", .texts(change.new)), ("back", .flag(change.isBack)),
            ("accepted_by", .optional(change.acceptedBy)), ("announced", .flag(change.wasAnnounced)),
        ])
    }

    private static func posture(_ posture: Report.Posture) -> JSONText {
        .object([
            ("at_start", .number(posture.atStart)), ("at_end", .number(posture.atEnd)),
            ("new", .number(posture.new)), ("mended", .number(posture.mended)),
            ("accepted", .number(posture.accepted)),
            ("by_day", .list(posture.byDay.map { .optional($0) })),
            (
                "open",
                .list(
                    posture.open.map { weakness in
                        .object([
                            ("domain", .text(weakness.domain)), ("code", .text(weakness.code.rawValue)),
                            ("text", .text(Wording.plain.text(weakness))), ("since", .text("\(weakness.since)")),
                            ("new", .flag(weakness.isNew)),
                        ])
                    })
            ),
        ])
    }
}
