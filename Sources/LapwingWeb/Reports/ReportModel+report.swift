import LapwingCore

extension ReportModel {
    /// More rows than these are not drawn; tables for programs have them all.
    private static let mostRows = 1000

    init(_ report: Report, sheet: String?, style: String?, logo: String?, back: String?) {
        self.sheet = sheet
        self.style = style
        self.logo = logo
        self.back = back
        owner = report.client ?? "All domains"
        let period = report.period.prefix(1).uppercased() + report.period.dropFirst()
        heading = "Domain report: \(period)"
        let last = report.to.adding(seconds: -1)
        span = "\(report.from.description.prefix(10)) to \(last.description.prefix(10)), days by UTC"
        made = report.madeAt.sentence
        remarks = Self.remarks(report)
        tiles = Self.tiles(report)
        domains = report.domains.prefix(Self.mostRows).map(Domain.init)
        incidents = report.incidents.prefix(Self.mostRows).map { Incident($0) }
        changes = report.changes.prefix(Self.mostRows).map(Change.init)
        endings = report.endings.prefix(Self.mostRows).map { Ending($0, at: report.madeAt) }
        posture = Self.words(report.posture)
        trend = Self.trend(report.posture)
        weaknesses = report.posture.open.prefix(Self.mostRows).map { weakness in
            Weakness(
                domain: weakness.domain, text: Shown.text(weakness.text, limit: 400),
                since: String(weakness.since.description.prefix(10)), isNew: weakness.isNew)
        }
        works = report.announced.prefix(Self.mostRows).map(Work.init)
        hasDomains = !report.domains.isEmpty
        hasIncidents = !report.incidents.isEmpty
        hasChanges = !report.changes.isEmpty
        hasEndings = !report.endings.isEmpty
        hasWeaknesses = !report.posture.open.isEmpty
        hasWorks = !report.announced.isEmpty
        more = [
            (report.domains.count, "domains"), (report.incidents.count, "incidents"), (report.changes.count, "changes"),
            (report.endings.count, "ends"), (report.posture.open.count, "weaknesses"),
            (report.announced.count, "windows of work"),
        ].filter { $0.0 > Self.mostRows }.map { count, what in
            "Of \(Shown.count(count)) \(what) the first \(Shown.count(Self.mostRows)) are shown; CSV and JSON have all."
        }
    }

    private static func remarks(_ report: Report) -> [String] {
        var remarks: [String] = []
        if report.isUnfinished { remarks.append("The period is not over: these figures will grow.") }
        if report.isCut { remarks.append("There was more than one report takes in: the oldest entries are left out.") }
        let summary = report.summary
        if summary.days > 0, report.domains.allSatisfy(\.byDay.isEmpty) {
            remarks.append("There are too many days to show each of them.")
        }
        if summary.days == 0 {
            remarks.append("The period has not begun.")
        } else if summary.daysSeen < summary.days {
            remarks.append(
                "On \(Shown.count(summary.days - summary.daysSeen)) of \(Shown.count(summary.days)) days of domains "
                    + "nothing was recorded. They are grey, and count neither for nor against availability.")
        }
        return remarks
    }

    private static func tiles(_ report: Report) -> [Tile] {
        let summary = report.summary
        let incidents = summary.critical + summary.warnings + summary.notices
        return [
            tile("Resolved", summary.resolution, "of all looks, by a majority of resolvers"),
            tile("Name servers answered", summary.service, "of all looks, at least one server"),
            Tile(
                label: "Incidents", value: Shown.count(incidents),
                note: incidents == 0
                    ? "none was opened"
                    : "\(summary.critical) critical, \(summary.warnings) \(summary.warnings == 1 ? "warning" : "warnings"), "
                        + "\(summary.stillOpen) still open",
                style: summary.critical > 0 ? "bad" : incidents > 0 ? "warn" : "good"),
            Tile(
                label: "Told after", value: summary.toTell.map { Shown.span($0.median) } ?? "–",
                note: summary.toTell.map {
                    "median of \($0.count); longest \(Shown.span($0.longest))"
                } ?? "nothing had to be told, or it is not recorded", style: "plain"),
            Tile(
                label: "Over after", value: summary.toEnd.map { Shown.span($0.median) } ?? "–",
                note: summary.toEnd.map { "median of \($0.count); longest \(Shown.span($0.longest))" }
                    ?? "nothing has ended", style: "plain"),
            Tile(
                label: "Changes", value: Shown.count(summary.changes),
                note: "\(summary.accepted) accepted by a person", style: "plain"),
        ]
    }

    private static func tile(_ label: String, _ share: Share, _ note: String) -> Tile {
        Tile(label: label, value: share.words, note: note, style: style(share))
    }

    static func style(_ share: Share) -> String {
        switch share.basisPoints {
        case nil: "idle"
        case .some(9990...): "good"
        case .some(9900...): "warn"
        default: "bad"
        }
    }

    private static func words(_ posture: Report.Posture) -> String {
        "\(posture.atStart) at the start, \(posture.atEnd) at the end: \(posture.new) new, \(posture.mended) mended, "
            + "\(posture.accepted) accepted as they are."
    }

    private static func trend(_ posture: Report.Posture) -> String {
        let known = posture.byDay.compactMap(\.self)
        guard let first = known.first, let last = known.last else { return "Day by day: not recorded." }
        let course = first == last ? "as many as" : last < first ? "fewer than" : "more than"
        return "Day by day: \(first) on the first day that was recorded, \(last) on the last: \(course) before."
    }

    /// `12 s`, or what stands for nothing.
    static func span(_ seconds: Int64?, none: String) -> String { seconds.map(Shown.span) ?? none }
}

extension ReportModel.Domain {
    init(_ domain: Report.Domain) {
        func time(_ milliseconds: Double?) -> String {
            milliseconds.map { "\(Share.tenths($0)) ms" } ?? "not recorded"
        }
        self.init(
            domain: domain.domain,
            resolution: domain.resolution.basisPoints == nil
                ? "not recorded" : "\(domain.resolution.words) resolved", service: domain.service.words,
            style: ReportModel.style(domain.resolution), seen: "\(domain.daysSeen) of \(domain.days) days",
            servers: time(domain.serversTook), resolvers: time(domain.resolversTook),
            incidents: "\(domain.incidents)", changes: "\(domain.changes)",
            bars: domain.byDay.isEmpty ? "" : DayBars.svg(domain.byDay))
    }
}

extension ReportModel.Incident {
    init(_ trouble: Report.Trouble) {
        self.init(
            style: trouble.severity.style, word: trouble.severity.word, domain: trouble.domain,
            text: Shown.text(trouble.text, limit: 400), id: trouble.id,
            opened: trouble.ended.map { "\(trouble.opened.sentence) to \($0.sentence)" }
                ?? "since \(trouble.opened.sentence)",
            told: ReportModel.span(trouble.toTell, none: "not recorded"),
            acknowledged: ReportModel.span(trouble.toAcknowledge, none: "by nobody"),
            lasted: ReportModel.span(trouble.toEnd, none: "still open"),
            accepted: trouble.acceptedBy.map { $0 == "yes" ? "accepted" : "accepted by \(Shown.text($0, limit: 80))" })
    }
}

extension ReportModel.Change {
    init(_ change: Report.ChangeLine) {
        var accepted = change.acceptedBy.map { $0 == "yes" ? "accepted" : "by \(Shown.text($0, limit: 80))" } ?? "–"
        if change.wasAnnounced { accepted = "came as announced" }
        if change.isBack { accepted = "put back" }
        self.init(
            at: change.at.sentence, domain: change.domain, what: Shown.text(change.what, limit: 300),
            old: change.old.isEmpty ? "nothing" : Shown.text(change.old.joined(separator: ", "), limit: 300),
            new: change.new.isEmpty ? "nothing" : Shown.text(change.new.joined(separator: ", "), limit: 300),
            hasValues: !(change.old.isEmpty && change.new.isEmpty), accepted: accepted)
    }
}

extension ReportModel.Ending {
    init(_ ending: Report.Ending, at now: Timestamp) {
        let left = ending.at.seconds(since: now)
        let critical: Int64 = ending.kind == .signature ? 86_400 : 7 * 86_400
        let what =
            switch ending.kind {
            case .registration: "registration"
            case .stated: "registration, as stated by the owner"
            case .signature: "earliest signature"
            }
        self.init(
            // Registrations end on days.
            at: ending.kind == .signature ? ending.at.sentence : String(ending.at.description.prefix(10)),
            domain: ending.domain, what: what,
            left: ending.isPast ? "past" : Shown.span(left),
            style: left < critical ? "bad" : left < critical * 4 ? "warn" : "good")
    }
}

extension ReportModel.Work {
    init(_ work: Report.Work) {
        let (outcome, style) =
            switch work.outcome {
            case .came: ("came", "good")
            case .different: ("came otherwise", "warn")
            case .missing: ("did not come", "warn")
            case .underWay: ("under way", "note")
            case .ahead: ("ahead", "note")
            case .notRecorded: ("not recorded", "idle")
            }
        self.init(
            from: work.from.sentence, to: work.to.sentence, domain: work.domain ?? "all domains",
            text: Shown.text(work.text, limit: 400), outcome: outcome, style: style)
    }
}
