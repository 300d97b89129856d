import DNSWire

extension Report {
    /// Returns the state of a domain on each of some days.
    ///
    /// A day without observations is unknown, whatever is known of the days around it.
    package static func days(
        _ days: [DayNumber], of tallies: [DayNumber: DayTally], incidents: [Incident], now: Timestamp
    ) -> [Day] {
        var worst: [DayNumber: Severity] = [:]
        for incident in incidents where counts(incident) {
            for span in incident.spans(until: now) where span.severity >= .warning {
                guard let first = days.first, let last = days.last, span.to > first.start, span.from < last.end else {
                    continue
                }
                let from = max(first, DayNumber(of: span.from))
                // A span that ends at midnight is not part of the day that begins then.
                let to = min(last, DayNumber(of: Timestamp(milliseconds: span.to.milliseconds - 1)))
                guard from <= to else { continue }
                for number in from.number...to.number {
                    let day = DayNumber(number)
                    worst[day] = max(worst[day] ?? .info, span.severity)
                }
            }
        }
        return days.map { day in
            let tally = tallies[day] ?? DayTally()
            let isWhole = tally.unresolved == 0 && tally.unserved == 0
            let state: DayState =
                switch worst[day] {
                case _ where tally.seen == 0: .unknown
                case .critical: .critical
                case .warning: .warning
                default: isWhole ? .good : .disturbed
                }
            return Day(
                number: day, state: state, looks: tally.looks, resolved: tally.resolution.good,
                resolvable: tally.resolution.all, served: tally.service.good, servable: tally.service.all)
        }
    }

    /// Whether an incident counts for the state of days. Incidents about the monitor, a resolver or a registry say
    /// nothing about the domain, and an old weakness is not an event of a day.
    private static func counts(_ incident: Incident) -> Bool {
        !incident.incidentClass.isOfTheInstrument && incident.incidentClass != .posture
    }
}

extension ReportMaking {
    // MARK: Posture

    func posture() -> Report.Posture {
        let known = material.domains.flatMap { byDomain[$0.name.folded] ?? [] }.filter {
            $0.incidentClass == .posture && $0.openedAt < passed
        }
        func isOpen(_ incident: Incident, _ moment: Timestamp) -> Bool {
            incident.openedAt < moment && (incident.closedAt.map { $0 >= moment } ?? true)
        }
        let new = known.filter { $0.openedAt >= period.start }
        let gone = known.filter { incident in
            incident.closedAt.map { $0 >= period.start && $0 < passed } ?? false
        }
        let open = known.filter { isOpen($0, passed) }
        let byDay = period.days.filter { $0.start < passed }.map { day -> Int? in
            let counts = material.domains.compactMap { material.days[$0.name.folded]?[day]?.weaknesses }
            return counts.isEmpty ? nil : counts.reduce(0, +)
        }
        return Report.Posture(
            atStart: known.count { isOpen($0, period.start) }, atEnd: open.count, new: new.count,
            mended: gone.count { $0.acceptedBy == nil }, accepted: gone.count { $0.acceptedBy != nil }, byDay: byDay,
            open: open.map { incident in
                Report.Weakness(
                    domain: label(incident.domain), code: incident.code,
                    detail: audience.detail(Narrative.plain(incident.text.headline)),
                    since: incident.since, isNew: incident.openedAt >= period.start)
            }
            .sorted { ($0.domain, $0.code.rawValue) < ($1.domain, $1.code.rawValue) })
    }

    // MARK: Announced work

    /// The largest number of occurrences of one window that are listed.
    private static let mostRepetitions = 100
    /// Seconds after the end of a window within which a missing change is reported.
    private static let patience: Int64 = 2 * 86_400

    /// Returns the windows of work in a period, limited to it.
    func announced(from start: Timestamp, to end: Timestamp) -> [Report.Work] {
        var works: [Report.Work] = []
        for domain in material.domains {
            works += domain.windows.flatMap { work($0, of: domain.name, from: start, to: end) }
            for entry in material.announcements where entry.domain?.folded == domain.name.folded {
                works += work(entry.window, of: domain.name, from: start, to: end)
            }
        }
        // A window for all domains is one line; whether its work was done differs between domains.
        for entry in material.announcements where entry.domain == nil {
            works += work(entry.window, of: nil, from: start, to: end)
        }
        return works.sorted { ($0.from, $0.domain ?? "") < ($1.from, $1.domain ?? "") }
    }

    private func work(
        _ window: MaintenanceWindow, of domain: Name?, from start: Timestamp, to end: Timestamp
    ) -> [Report.Work] {
        var works: [Report.Work] = []
        var moment = start
        while works.count < Self.mostRepetitions, moment < end {
            guard let next = window.occurrence(at: moment, within: end.seconds(since: moment)), next.from < end else {
                break
            }
            works.append(
                Report.Work(
                    domain: domain.map(label), from: next.from, to: next.to,
                    text: audience.detail(words(next, window)) ?? "",
                    outcome: outcome(window, from: next.from, to: next.to, of: domain)))
            guard window.recurrence != nil, next.to > moment else { break }
            moment = next.to
        }
        return works
    }

    private func words(_ window: MaintenanceWindow, _ whole: MaintenanceWindow) -> String {
        let content = whole.content.map(\.words)
        let covers = window.covers.map { $0.map(\.rawValue).sorted().joined(separator: ", ") }
        return [window.reason.isEmpty ? nil : window.reason, content ?? covers].compactMap(\.self)
            .joined(separator: ": ").visible
    }

    private func outcome(
        _ window: MaintenanceWindow, from: Timestamp, to: Timestamp, of domain: Name?
    ) -> Report.Work.Outcome {
        if now < from { return .ahead }
        let codes = Set(
            (domain.flatMap { byDomain[$0.folded] } ?? []).filter { incident in
                incident.openedAt >= from && incident.openedAt < to.adding(seconds: Self.patience)
            }
            .flatMap { [$0.code] + $0.allParts.map(\.code) })
        if window.content != nil {
            if codes.contains(.changeDifferent) { return .different }
            if codes.contains(.changeConfirmed) { return .came }
        }
        if codes.contains(.changeMissing) { return .missing }
        if now < to { return .underWay }
        // Missing work on subjects that leave a trace is reported; without such a report it was done.
        let leavesTrace = window.covers.map { !$0.isEmpty && !$0.contains(.servers) } ?? false
        let isTold = now.seconds(since: to) > 3600
        return domain != nil && leavesTrace && isTold && window.content == nil ? .came : .notRecorded
    }
}
