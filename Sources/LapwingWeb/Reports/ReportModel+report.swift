import LapwingCore

extension ReportModel {
    /// The largest number of rows; the formats for programs contain all.
    private static let mostRows = 1000

    init(_ report: Report, page: LocalPageModel, style: String?, logo: String?, back: String?) {
        let wording = report.wording
        self.page = page
        self.style = style
        self.logo = logo
        self.back = back
        labels = Self.labels(wording)
        owner = report.client ?? Wording.opening(wording[.allDomains])
        heading = wording.say(.heading(Self.title(report.period, wording)))
        span = wording.say(.dayRange(wording.day(report.period.first), wording.day(report.period.last)))
        made = TimeModel(report.madeAt, wording)
        remarks = Self.remarks(report)
        tiles = Self.tiles(report)
        domains = report.domains.prefix(Self.mostRows).map { Domain($0, wording) }
        legend = LegendModel.all(wording)
        incidents = report.incidents.prefix(Self.mostRows).map { Incident($0, wording) }
        changes = report.changes.prefix(Self.mostRows).map { Change($0, wording) }
        endings = report.endings.prefix(Self.mostRows).map { Ending($0, at: report.madeAt, wording) }
        posture = Self.words(report.posture, wording)
        trend = Self.trend(report.posture, wording)
        weaknesses = report.posture.open.prefix(Self.mostRows).map { weakness in
            Weakness(
                domain: weakness.domain, text: Shown.text(wording.text(weakness), limit: 400),
                detail: wording.detail(weakness).map { Shown.text($0, limit: 400) }, since: wording.day(weakness.since),
                isNew: weakness.isNew)
        }
        works = report.announced.prefix(Self.mostRows).map { Work($0, wording) }
        hasDomains = !report.domains.isEmpty
        hasIncidents = !report.incidents.isEmpty
        hasChanges = !report.changes.isEmpty
        hasEndings = !report.endings.isEmpty
        hasWeaknesses = !report.posture.open.isEmpty
        hasWorks = !report.announced.isEmpty
        explanations = [
            Explanation(term: wording[.resolved], text: Wording.opening(wording[.explainResolved])),
            Explanation(term: wording[.served], text: Wording.opening(wording[.explainServed])),
            Explanation(term: wording[.toldAfter], text: Wording.opening(wording[.explainTold])),
            Explanation(term: wording[.overAfter], text: Wording.opening(wording[.explainOver])),
        ]
        let counts: [(Int, Wording.Phrase)] = [
            (report.domains.count, .availability), (report.incidents.count, .incidents),
            (report.changes.count, .changes), (report.endings.count, .endings),
            (report.posture.open.count, .weaknesses), (report.announced.count, .announced),
        ]
        more = counts.filter { $0.0 > Self.mostRows }.map { count, heading in
            wording.say(.firstShown(wording[heading], Self.mostRows, of: count))
        }
    }

    /// The title of a period as a heading.
    private static func title(_ period: ReportPeriod, _ wording: Wording) -> String {
        wording.language == .english ? Wording.opening(wording.title(period)) : wording.title(period)
    }

    private static func labels(_ wording: Wording) -> Labels {
        Labels(
            back: wording[.back], made: wording[.made], availability: wording[.availability],
            noDomain: wording[.noDomain], served: wording[.served], seenOn: wording[.seenOn],
            serversTook: wording[.serversTook], resolversTook: wording[.resolversTook],
            incidents: wording[.incidents], noIncidents: wording[.noIncidents], toldAfter: wording[.toldAfter],
            acknowledgedAfter: wording[.acknowledgedAfter], overAfter: wording[.overAfter],
            changes: wording[.changes], noChanges: wording[.noChanges], when: wording[.when], what: wording[.what],
            fromTo: wording[.fromTo], accepted: wording[.accepted], changed: wording[.changed],
            announced: wording[.announced], noneAnnounced: wording[.noneAnnounced], domain: wording[.domain],
            came: wording[.came], endings: wording[.endings], noEndings: wording[.noEndings], left: wording[.left],
            weaknesses: wording[.weaknesses], since: wording[.sinceColumn], new: wording[.new],
            reckoning: wording[.reckoning])
    }

    private static func remarks(_ report: Report) -> [String] {
        let (wording, summary) = (report.wording, report.summary)
        var remarks: [String] = []
        if report.isUnfinished { remarks.append(wording[.unfinished]) }
        if report.isCut { remarks.append(wording[.cut]) }
        if summary.days > 0, report.domains.allSatisfy(\.byDay.isEmpty) { remarks.append(wording[.tooManyDays]) }
        if summary.days == 0 {
            remarks.append(wording[.notBegun])
        } else if summary.daysSeen < summary.days {
            remarks.append(wording.say(.unseenDays(summary.days - summary.daysSeen, of: summary.days)))
        }
        return remarks
    }

    private static func tiles(_ report: Report) -> [Tile] {
        let (wording, summary) = (report.wording, report.summary)
        let incidents = summary.critical + summary.warnings + summary.notices
        func share(_ label: Wording.Phrase, _ share: Share, _ note: Wording.Phrase) -> Tile {
            Tile(label: wording[label], value: wording.share(share), note: wording[note], style: style(share))
        }
        func spread(_ label: Wording.Phrase, _ spread: Report.Spread?, none: Wording.Phrase) -> Tile {
            Tile(
                label: wording[label], value: spread.map { wording.span($0.median) } ?? "–",
                note: spread.map { wording.say(.median(of: $0.count, longest: wording.span($0.longest))) }
                    ?? wording[none], style: "plain")
        }
        return [
            share(.resolved, summary.resolution, .resolvedNote), share(.served, summary.service, .servedNote),
            Tile(
                label: wording[.incidents], value: wording.number(incidents),
                note: incidents == 0
                    ? wording[.noneOpened]
                    : wording.say(
                        .openedIncidents(
                            critical: summary.critical, warnings: summary.warnings, stillOpen: summary.stillOpen)),
                // If no day was observed, the absence of incidents says nothing.
                style: summary.critical > 0
                    ? "bad" : incidents > 0 ? "warn" : summary.daysSeen > 0 ? "good" : "idle"),
            spread(.toldAfter, summary.toTell, none: .toldNone), spread(.overAfter, summary.toEnd, none: .overNone),
            Tile(
                label: wording[.changes], value: wording.number(summary.changes),
                note: wording.say(.acceptedChanges(summary.accepted)), style: "plain"),
        ]
    }

    static func style(_ share: Share) -> String {
        switch share.basisPoints {
        case nil: "idle"
        case .some(9990...): "good"
        case .some(9900...): "warn"
        default: "bad"
        }
    }

    private static func words(_ posture: Report.Posture, _ wording: Wording) -> String {
        wording.say(
            .posture(
                start: posture.atStart, end: posture.atEnd, new: posture.new, mended: posture.mended,
                accepted: posture.accepted))
    }

    private static func trend(_ posture: Report.Posture, _ wording: Wording) -> String {
        let known = posture.byDay.compactMap(\.self)
        guard let first = known.first, let last = known.last else { return wording[.trendUnknown] }
        return wording.say(.trend(first: first, last: last))
    }
}

extension ReportModel.Domain {
    init(_ domain: Report.Domain, _ wording: Wording) {
        self.init(
            domain: domain.domain,
            resolution: domain.resolution.basisPoints == nil
                ? wording[.notRecorded] : wording.say(.resolvedShare(wording.share(domain.resolution))),
            service: wording.share(domain.service), style: ReportModel.style(domain.resolution),
            seen: wording.say(.seenDays(domain.daysSeen, of: domain.days)),
            servers: wording.milliseconds(domain.serversTook), resolvers: wording.milliseconds(domain.resolversTook),
            incidents: wording.number(domain.incidents), changes: wording.number(domain.changes),
            bars: domain.byDay.isEmpty ? "" : DayBars.svg(domain.byDay, wording))
    }
}

extension ReportModel.Incident {
    init(_ trouble: Report.Trouble, _ wording: Wording) {
        func span(_ seconds: Int64?, none: Wording.Phrase) -> String { seconds.map(wording.span) ?? wording[none] }
        self.init(
            style: trouble.severity.style, word: wording.word(trouble.severity), domain: trouble.domain,
            text: Shown.text(wording.text(trouble), limit: 400),
            detail: wording.detail(trouble).map { Shown.text($0, limit: 400) }, id: trouble.id,
            span: SpanModel(from: trouble.opened, to: trouble.ended, wording),
            told: span(trouble.toTell, none: .notRecorded), acknowledged: span(trouble.toAcknowledge, none: .byNobody),
            lasted: span(trouble.toEnd, none: .stillOpen),
            accepted: wording.acceptance(trouble.acceptedBy).map { Shown.text($0, limit: 100) })
    }
}

extension ReportModel.Change {
    init(_ change: Report.ChangeLine, _ wording: Wording) {
        var accepted = wording.acceptance(change.acceptedBy).map { Shown.text($0, limit: 100) } ?? "–"
        if change.wasAnnounced { accepted = wording[.cameAsAnnounced] }
        if change.isBack { accepted = wording[.putBack] }
        func values(_ values: [String]) -> String {
            values.isEmpty ? wording[.nothing] : Shown.text(values.joined(separator: ", "), limit: 300)
        }
        self.init(
            at: TimeModel(change.at, wording), domain: change.domain,
            what: Shown.text(wording.what(change), limit: 300), old: values(change.old), new: values(change.new),
            hasValues: !(change.old.isEmpty && change.new.isEmpty), accepted: accepted)
    }
}

extension ReportModel.Ending {
    init(_ ending: Report.Ending, at now: Timestamp, _ wording: Wording) {
        let left = ending.at.seconds(since: now)
        let critical: Int64 = ending.kind == .signature ? 86_400 : 7 * 86_400
        self.init(
            // Registrations expire on a date, signatures at a time.
            at: ending.kind == .signature ? wording.time(ending.at) : wording.day(ending.at), domain: ending.domain,
            what: wording.word(ending.kind), left: ending.isPast ? wording[.past] : wording.span(left),
            style: left < critical ? "bad" : left < critical * 4 ? "warn" : "good")
    }
}

extension ReportModel.Work {
    init(_ work: Report.Work, _ wording: Wording) {
        let style =
            switch work.outcome {
            case .came: "good"
            case .different, .missing: "warn"
            case .underWay, .ahead: "note"
            case .notRecorded: "idle"
            }
        self.init(
            span: SpanModel(from: work.from, to: work.to, wording), domain: work.domain ?? wording[.allDomains],
            text: Shown.text(work.text, limit: 400), outcome: wording.word(work.outcome), style: style)
    }
}
