import DNSWire

extension Report {
    /// The number of days ahead whose expiry dates are listed.
    package static let daysAhead: Int64 = 90
    /// The largest number of days, over all domains, that are listed one by one; beyond that only the sums are given.
    package static let mostDays = 500_000

    /// Calculates all figures.
    ///
    /// - Parameter wording: the language and the clock of the reader.
    package init(_ material: ReportMaterial, for audience: Audience = .operators, in wording: Wording = .plain) {
        let making = ReportMaking(material, audience, wording)
        let period = material.period
        if case .client(let client, _) = audience { self.client = client.name }
        self.wording = wording
        self.period = period
        madeAt = material.now
        isUnfinished = material.now < period.end
        isCut = material.isCut
        let troubles = making.troubles()
        let changes = making.changes()
        domains = making.domains()
        incidents = troubles
        self.changes = changes
        endings = making.endings()
        posture = making.posture()
        announced = making.announced(from: period.start, to: period.end)
        planned = making.announced(from: material.now, to: material.now.adding(seconds: Self.daysAhead * 86_400))
        summary = ReportMaking.summary(domains, troubles, changes)
    }
}

/// One report during its calculation.
struct ReportMaking {
    let material: ReportMaterial
    let audience: Audience
    /// The name of each domain in the report.
    let labels: [Name: String]
    let byDomain: [Name: [Incident]]
    /// The end of the past part of the period.
    let passed: Timestamp

    var period: ReportPeriod { material.period }
    var now: Timestamp { material.now }

    init(_ material: ReportMaterial, _ audience: Audience, _ wording: Wording) {
        self.material = material
        self.audience = audience
        var labels: [Name: String] = [:]
        for (place, domain) in material.domains.enumerated() {
            labels[domain.name.folded] =
                audience.showsNames ? domain.name.plain : wording.say(.domainNumber(place + 1))
        }
        self.labels = labels
        let own = material.incidents.filter { labels[$0.domain.folded] != nil && !$0.incidentClass.isOfTheInstrument }
        byDomain = Dictionary(grouping: own.sorted { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }, by: \.domain.folded)
        passed = material.period.passed(at: material.now)
    }

    func label(_ domain: Name) -> String { labels[domain.folded] ?? "" }

    private var all: [Incident] { material.domains.flatMap { byDomain[$0.name.folded] ?? [] } }

    // MARK: Incidents

    /// Whether it is listed as trouble: a fault of at least a notice, or a change of at least a warning.
    static func isTrouble(_ incident: Incident) -> Bool {
        guard incident.incidentClass != .posture, incident.code != .changeConfirmed else { return false }
        return incident.severity >= .warning || incident.severity == .notice && incident.code.nature == .fault
    }

    func end(_ incident: Incident) -> Timestamp? { incident.backSince ?? incident.closedAt }

    func troubles() -> [Report.Trouble] {
        all.filter { incident in
            Self.isTrouble(incident) && incident.openedAt < period.end && incident.openedAt <= now
                && (end(incident).map { $0 >= period.start } ?? true)
        }
        .sorted { ($0.openedAt, $0.id) < ($1.openedAt, $1.id) }
        .map(trouble)
    }

    private func trouble(_ incident: Incident) -> Report.Trouble {
        func seconds(_ moment: Timestamp?) -> Int64? { moment.map { max(0, $0.seconds(since: incident.openedAt)) } }
        let ended = end(incident)
        var id: String? = incident.id
        if case .client = audience { id = nil }
        return Report.Trouble(
            id: id, domain: label(incident.domain), severity: incident.severity,
            incidentClass: incident.incidentClass,
            detail: audience.detail(Narrative.plain(incident.text.headline)),
            opened: incident.openedAt, ended: ended, toTell: seconds(material.told[incident.id]),
            toAcknowledge: seconds(material.acknowledged[incident.id]), toEnd: seconds(ended),
            acceptedBy: incident.acceptedBy.map { audience.detail($0) ?? Report.somebody },
            isNew: incident.openedAt >= period.start)
    }

    // MARK: Domains

    func domains() -> [Report.Domain] {
        let begun = period.days.filter { $0.start < passed || $0.start <= now && $0.start < period.end }
        let changes = Dictionary(grouping: noted(), by: \.domain.folded)
        let listed = begun.count * material.domains.count <= Report.mostDays ? begun : []
        return material.domains.map { domain in
            let days = material.days[domain.name.folded] ?? [:]
            let incidents = byDomain[domain.name.folded] ?? []
            var whole = DayTally()
            for day in begun { if let tally = days[day] { whole.add(tally) } }
            return Report.Domain(
                domain: label(domain.name), daysSeen: begun.count { (days[$0]?.seen ?? 0) > 0 }, days: begun.count,
                looks: whole.looks, blind: whole.blind, resolved: whole.resolution.good,
                resolvable: whole.resolution.all, served: whole.service.good, servable: whole.service.all,
                serversTook: whole.authorities.mean, resolversTook: whole.resolvers.mean,
                incidents: incidents.count {
                    Self.isTrouble($0) && $0.openedAt >= period.start && $0.openedAt < period.end
                        && $0.openedAt <= now
                },
                changes: changes[domain.name.folded]?.count ?? 0, registrationEnds: domain.registrationEnds,
                byDay: Report.days(listed, of: days, incidents: incidents, now: now))
        }
    }

    static func summary(
        _ domains: [Report.Domain], _ troubles: [Report.Trouble], _ changes: [Report.ChangeLine]
    ) -> Report.Summary {
        let new = troubles.filter(\.isNew)
        let resolution = domains.map(\.resolution).reduce(Share(of: 0, in: 0), +)
        let service = domains.map(\.service).reduce(Share(of: 0, in: 0), +)
        return Report.Summary(
            domains: domains.count, critical: new.count { $0.severity == .critical },
            warnings: new.count { $0.severity == .warning }, notices: new.count { $0.severity < .warning },
            stillOpen: troubles.count { $0.ended == nil }, toTell: Report.Spread(new.compactMap(\.toTell)),
            toAcknowledge: Report.Spread(new.compactMap(\.toAcknowledge)),
            toEnd: Report.Spread(new.compactMap(\.toEnd)), changes: changes.count { !$0.isBack },
            accepted: changes.count { $0.acceptedBy != nil }, resolved: resolution.good, resolvable: resolution.all,
            served: service.good, servable: service.all, daysSeen: domains.map(\.daysSeen).reduce(0, +),
            days: domains.map(\.days).reduce(0, +))
    }

    // MARK: Changes

    private func noted() -> [ReportMaterial.Noted] {
        material.changes.filter { noted in
            labels[noted.domain.folded] != nil && noted.at >= period.start && noted.at < period.end && noted.at <= now
        }
    }

    func changes() -> [Report.ChangeLine] {
        noted().sorted { ($0.at, $0.domain) < ($1.at, $1.domain) }.map { noted in
            let change = noted.change
            let about = (byDomain[noted.domain.folded] ?? []).filter { incident in
                incident.openedAt <= period.end && incident.changes.contains { $0.isSame(as: change) }
            }
            func values(_ values: [String]) -> [String] {
                values.prefix(20).compactMap { audience.detail(Narrative.plain($0)) }.filter { !$0.isEmpty }
            }
            let name = audience.name(of: change, instead: label(noted.domain))
            return Report.ChangeLine(
                domain: label(noted.domain), at: noted.at, name: name, kind: change.kind, old: values(change.old),
                new: values(change.new), isBack: change.backSince != nil,
                acceptedBy: about.last { $0.acceptedBy != nil }?.acceptedBy.map {
                    audience.detail($0) ?? Report.somebody
                },
                wasAnnounced: about.contains { $0.code == .changeConfirmed })
        }
    }

    // MARK: Ends

    func endings() -> [Report.Ending] {
        let limit = now.adding(seconds: Report.daysAhead * 86_400)
        return material.domains.flatMap { domain -> [Report.Ending] in
            var endings: [Report.Ending] = []
            if let end = domain.registrationEnds, end < limit {
                endings.append(
                    Report.Ending(
                        domain: label(domain.name), kind: domain.isEndStated ? .stated : .registration, at: end,
                        isPast: end < now))
            }
            if let end = lastSignatureEnd(domain.name), end < limit {
                endings.append(
                    Report.Ending(domain: label(domain.name), kind: .signature, at: end, isPast: end < now))
            }
            return endings
        }
        .sorted { ($0.at, $0.domain) < ($1.at, $1.domain) }
    }

    /// Returns the end seen on the last two days: earlier observations say nothing about the present signatures.
    private func lastSignatureEnd(_ domain: Name) -> Timestamp? {
        let today = DayNumber(of: now)
        let days = material.days[domain.folded] ?? [:]
        return days[today]?.signaturesEnd ?? days[DayNumber(today.number - 1)]?.signaturesEnd
    }
}
