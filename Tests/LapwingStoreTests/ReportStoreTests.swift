import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

@Suite("Reports of what the store keeps")
struct ReportStoreTests {
    /// What a report is to say of a month, counted in the log with another calendar and no code of the report's.
    struct Count {
        var critical = 0
        var warnings = 0
        var notices = 0
        var listed = 0
        var stillOpen = 0
        var toTell: [Int64] = []
        var toAcknowledge: [Int64] = []
        var toEnd: [Int64] = []
        var changes = 0
        var accepted = 0
        var back = 0
        var resolved = 0
        var resolvable = 0
        var daysSeen = 0
        var weakAtStart = 0
        var weakAtEnd = 0

        init(_ log: PlayedLog, month: Int) throws {
            let calendar = PlayedLog.calendar
            let first = try #require(calendar.date(from: DateComponents(year: 2026, month: month)))
            let next = try #require(calendar.date(byAdding: .month, value: 1, to: first))
            let from = Int64(first.timeIntervalSince1970)
            let to = Int64(next.timeIntervalSince1970)
            for one in log.happenings {
                let isOver = one.closed.map { $0 < from } ?? false
                guard one.opened < to, !isOver else { continue }
                if one.incidentClass == .posture {
                    if one.opened < from { weakAtStart += 1 }
                    if one.closed.map({ $0 >= to }) ?? true { weakAtEnd += 1 }
                    continue
                }
                if ["resolver.failing", "change.confirmed"].contains(one.code.rawValue) { continue }
                let isChange = ["record.changed", "change.missing", "ttl.cut"].contains(one.code.rawValue)
                if one.severity == .info || one.severity == .notice && isChange { continue }
                listed += 1
                if one.closed == nil { stillOpen += 1 }
                guard one.opened >= from else { continue }
                switch one.severity {
                case .critical: critical += 1
                case .warning: warnings += 1
                default: notices += 1
                }
                if let told = one.told { toTell.append(told - one.opened) }
                if let acknowledged = one.acknowledged { toAcknowledge.append(acknowledged - one.opened) }
                if let closed = one.closed { toEnd.append(closed - one.opened) }
            }
            for change in log.changes where change.at >= from && change.at < to {
                if change.isBack { back += 1 } else { changes += 1 }
                if change.acceptedBy != nil { accepted += 1 }
            }
            for look in log.looks where Int64(look.day) * 86_400 >= from && Int64(look.day) * 86_400 < to {
                resolved += look.tally.resolved
                resolvable += look.tally.resolved + look.tally.unresolved
                if look.tally.looks > look.tally.blind { daysSeen += 1 }
            }
        }
    }

    private static func middle(_ numbers: [Int64]) -> Int64? {
        let sorted = numbers.sorted()
        return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]
    }

    @Test(
        "the twelve reports of a year agree with the log that was played", arguments: [1, 2, 3] as [UInt64],
        StoreKind.allCases)
    func year(seed: UInt64, _ kind: StoreKind) throws {
        let log = try PlayedLog(seed: seed)
        let store = try kind.store()
        try log.write(to: store)
        let now = Timestamp(seconds: PlayedLog.end + 400 * 86_400)
        var opened = 0
        for month in 1...12 {
            let code = "2026-\(month < 10 ? "0" : "")\(month)"
            let period = try #require(ReportPeriod(month: code))
            let material = try store.material(
                of: log.domains.map { ReportMaterial.Domain($0) }, period: period, at: now)
            let report = Report(material)
            let count = try Count(log, month: month)
            let summary = report.summary
            #expect(!report.isUnfinished && !report.isCut && report.code == code)
            #expect(summary.critical == count.critical, "\(code)")
            #expect(summary.warnings == count.warnings, "\(code)")
            #expect(summary.notices == count.notices, "\(code)")
            #expect(report.incidents.count == count.listed && summary.stillOpen == count.stillOpen, "\(code)")
            #expect(summary.toTell?.count ?? 0 == count.toTell.count, "\(code)")
            #expect(summary.toTell?.longest == count.toTell.max(), "\(code)")
            #expect(summary.toTell?.median == Self.middle(count.toTell), "\(code)")
            #expect(summary.toAcknowledge?.longest == count.toAcknowledge.max(), "\(code)")
            #expect(summary.toAcknowledge?.median == Self.middle(count.toAcknowledge), "\(code)")
            #expect(summary.toEnd?.median == Self.middle(count.toEnd), "\(code)")
            #expect(summary.changes == count.changes && summary.accepted == count.accepted, "\(code)")
            #expect(report.changes.count == count.changes + count.back, "\(code)")
            #expect(summary.resolved == count.resolved && summary.resolvable == count.resolvable, "\(code)")
            #expect(summary.daysSeen == count.daysSeen, "\(code)")
            #expect(report.posture.atStart == count.weakAtStart, "\(code)")
            #expect(report.posture.atEnd == count.weakAtEnd, "\(code)")
            #expect(report.domains.map(\.incidents).reduce(0, +) == report.incidents.count(where: \.isNew), "\(code)")
            #expect(report.table.contains("summary,,critical incidents,,,\(count.critical),,,"), "\(code)")
            opened += report.incidents.count(where: \.isNew)
        }
        // No incident is counted in two months, and none is lost between them.
        let all = Report(
            try store.material(
                of: log.domains.map { ReportMaterial.Domain($0) },
                period: try #require(ReportPeriod(from: "2026-01-01", to: "2026-12-31")), at: now))
        #expect(all.incidents.count(where: \.isNew) == opened && opened > 20)
    }

    @Test("a report of one domain knows nothing of another", arguments: StoreKind.allCases)
    func apart(_ kind: StoreKind) throws {
        let log = try PlayedLog(seed: 7)
        let store = try kind.store()
        try log.write(to: store)
        let period = try #require(ReportPeriod(from: "2026-01-01", to: "2026-12-31"))
        let report = Report(
            try store.material(
                of: [ReportMaterial.Domain(log.domains[0])], period: period, at: Timestamp(seconds: PlayedLog.end)))
        #expect(report.domains.map(\.domain) == ["a.example"])
        #expect(Set(report.incidents.map(\.domain) + report.changes.map(\.domain)) == ["a.example"])
        #expect(!report.table.contains("b.example"))
    }

    @Test(
        "incidents with one cause are told by the first message that names their domain", arguments: StoreKind.allCases)
    func together(_ kind: StoreKind) throws {
        let store = try kind.store()
        let domains = try ["a.example", "b.example", "c.example", "d.example"].map { try Name($0) }
        let moments: [Int64] = [0, 10, 100, 0]
        var due: Timestamp?
        // Every ten seconds somebody looks what there is to say.
        for second in stride(from: 0, to: 200, by: 10) as StrideTo<Int64> {
            let now = Made.now.adding(seconds: second)
            for (domain, moment) in zip(domains, moments) where moment == second {
                var round = try Made.round(1, of: domain, at: now)
                round.outcome.state.book.open[0].openedAt = now
                round.outcome.events[0].at = now
                // d has the same trouble and a cause of its own, and nobody takes the message about it.
                if domain != domains[3] { round.outcome.events[0].shared = "server ns1.example.net." }
                try store.commit(round)
            }
            due = try store.speak(at: now, due: due) { events, released, said in
                Flow.speak(
                    events: events, released: released, said: said,
                    routes: [Route(channels: ["ops"], severity: .notice)], silences: [], at: now)
            }
            for entry in try store.due(at: now) where entry.notice.domain != domains[3] {
                try store.finish(notice: entry.notice.id, receipt: "received", at: now.adding(seconds: 1))
            }
        }
        let material = try store.material(
            of: domains.map { ReportMaterial.Domain($0) }, period: .month(of: Made.now),
            at: Made.now.adding(seconds: 3600))
        let told = Dictionary(
            uniqueKeysWithValues: Report(material).incidents.map { ($0.domain, $0.toTell) })
        // The first one is told at once, where no others are known to wait for; those that join are named a minute after the
        // message before, at 60 and at 120 seconds; a receiver takes a message within a second.
        #expect(told["a.example"] == 1 && told["b.example"] == 51, "\(told)")
        #expect(told["c.example"] == 21, "\(told)")
        #expect(told["d.example"] == .some(nil), "\(told)")
    }

    @Test("days add up, and old ones go", arguments: StoreKind.allCases)
    func days(_ kind: StoreKind) throws {
        let store = try kind.store()
        let name = try Name("a.example")
        var tally = DayTally()
        tally.add([.resolved, .served])
        tally.weaknesses = 2
        tally.signaturesEnd = Made.now
        var other = DayTally()
        other.add(.blind)
        other.authorities.add(milliseconds: 7)
        for (day, part) in [(20_000, tally), (20_000, other), (20_001, other)] {
            try store.add([DayRecord(domain: name, day: DayNumber(day), tally: part)])
        }
        let known = try store.days(from: DayNumber(19_990), to: DayNumber(20_010), of: [name])[name]
        var sum = tally
        sum.add(other)
        #expect(known == [DayNumber(20_000): sum, DayNumber(20_001): other] && sum.weaknesses == 2)
        #expect(try store.firstDay() == DayNumber(20_000))
        #expect(try store.days(from: DayNumber(19_990), to: DayNumber(20_010)).count == 1)
        #expect(try store.days(from: DayNumber(20_002), to: DayNumber(20_010)).isEmpty)
        #expect(try store.days(from: DayNumber(19_990), to: DayNumber(20_010), of: []).isEmpty)
        // The limit lies in the second of them, which therefore stays.
        #expect(try store.forgetSome(before: DayNumber(20_001).start.adding(seconds: 3600)) == 1)
        #expect(try store.firstDay() == DayNumber(20_001))
    }

    @Test(
        "days that were counted while the file could not be written are added when it can",
        arguments: StoreKind.allCases)
    func spare(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        let name = try Name("a.example")
        var tally = DayTally()
        tally.add([.resolved, .served])
        let record = DayRecord(domain: name, day: DayNumber(20_000), tally: tally)
        try store.add([record])
        try store.setFull(true)
        var many: [DayRecord] = []
        for number in 0..<400 {
            many.append(DayRecord(domain: try Name("n\(number).example"), day: DayNumber(20_000), tally: tally))
        }
        try store.add(many + [record])
        #expect(store.trouble != nil)
        try store.setFull(false)
        store.recover()
        let known = try store.days(from: DayNumber(20_000), to: DayNumber(20_000))
        #expect(store.trouble == nil && known.count == 401)
        #expect(known[name]?[DayNumber(20_000)]?.looks == 2)
    }
}
