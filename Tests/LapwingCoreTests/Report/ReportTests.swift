import DNSWire
import Foundation
import LapwingCore
import Testing

@Suite("Reports")
struct ReportTests {
    private static let start = Timestamp(seconds: 1_790_812_800)  // 2026-10-01
    private let own: Name
    private let other: Name
    private let period: ReportPeriod

    init() throws {
        own = try Name("acme.example")
        other = try Name("byte.example")
        period = try #require(ReportPeriod(month: "2026-10"))
    }

    /// Seconds of a day of October.
    private static func at(_ day: Int64, _ seconds: Int64 = 0) -> Timestamp {
        start.adding(seconds: (day - 1) * 86_400 + seconds)
    }

    private func incident(
        _ number: Int, _ severity: Severity, from: Timestamp, to: Timestamp?, of domain: Name? = nil,
        code: FindingCode = .serversSilent, class sort: IncidentClass = .authorityOutage,
        headline: String = "ns1.provider.example is silent."
    ) throws -> Incident {
        let domain = domain ?? own
        let at = from.milliseconds
        let closed = to.map { "\"closedAt\": \($0.milliseconds)," } ?? ""
        let text = """
            {"id": "\(domain)-\(number)", "domain": "\(domain)", "cause": "loss", "code": "\(code)", \(closed)
            "incidentClass": "\(sort.rawValue)", "severity": "\(severity.rawValue)", "since": \(at), "openedAt": \(at),
            "lastFound": \(at), "text": {"headline": "\(headline)", "facts": [], "grounds": []}, "changes": [],
            "paged": true, "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0, "steps": [], "number": 1,
            "evidence": []}
            """
        return try JSONDecoder().decode(Incident.self, from: Data(text.utf8))
    }

    private func material(at now: Timestamp? = nil) -> ReportMaterial {
        ReportMaterial(
            period: period, now: now ?? Self.at(40), domains: [ReportMaterial.Domain(own)])
    }

    private static func tally(_ good: Int, bad: Int = 0, blind: Int = 0) -> DayTally {
        var tally = DayTally()
        for _ in 0..<good { tally.add([.resolved, .served]) }
        for _ in 0..<bad { tally.add([.unresolved, .unserved]) }
        for _ in 0..<blind { tally.add(.blind) }
        return tally
    }

    @Test("days that nobody saw are unknown, whatever is known of the days around them")
    func days() throws {
        var material = material()
        let tallies: [(Int64, DayTally)] = [
            (1, Self.tally(288)), (2, Self.tally(287, bad: 1)), (3, Self.tally(0, blind: 288)), (5, Self.tally(200)),
            (6, Self.tally(200)), (7, Self.tally(200)), (8, Self.tally(200)), (9, Self.tally(10, bad: 200)),
        ]
        material.days[own] = Dictionary(
            uniqueKeysWithValues: tallies.map { (DayNumber(of: Self.at($0.0)), $0.1) })
        material.incidents = [
            try incident(1, .critical, from: Self.at(3, 100), to: Self.at(6)),
            try incident(2, .warning, from: Self.at(7, 86_399), to: Self.at(8, 1)),
            try incident(3, .notice, from: Self.at(1), to: Self.at(2)),
            // Neither of them says how the domain was.
            try incident(4, .critical, from: Self.at(1), to: nil, code: .resolverFailing, class: .resolverFault),
            try incident(5, .warning, from: Self.at(1), to: nil, code: .delegationSingle, class: .posture),
        ]
        let report = Report(material)
        let states = report.domains[0].byDay.map(\.state)
        #expect(states.count == 31)
        #expect(
            Array(states[..<9]) == [
                .good, .disturbed, .unknown, .unknown, .critical, .good, .warning, .warning, .disturbed,
            ])
        #expect(states[9...].allSatisfy { $0 == .unknown })
        #expect(report.domains[0].daysSeen == 7 && report.domains[0].days == 31)
        #expect(report.summary.resolution == Share(of: 1385, in: 1586) && report.domains[0].blind == 288)
        #expect(report.posture.atEnd == 1 && report.incidents.count == 3)
    }

    @Test("a period that is not over has no days ahead, and nothing that is to come")
    func unfinished() throws {
        var material = material(at: Self.at(10, 3600))
        material.days[own] = [DayNumber(of: Self.at(10)): Self.tally(5), DayNumber(of: Self.at(11)): Self.tally(5)]
        let report = Report(material)
        #expect(report.isUnfinished && report.domains[0].byDay.count == 10 && report.domains[0].looks == 5)
        #expect(Report(self.material(at: Self.at(-5))).domains[0].byDay.isEmpty)
        #expect(!Report(self.material(at: Self.at(32))).isUnfinished)
    }

    @Test("nothing that is not kept is claimed")
    func unknown() {
        let report = Report(material())
        #expect(Wording.plain.share(report.summary.resolution) == "not recorded" && report.summary.toTell == nil)
        #expect(report.domains[0].serversTook == nil && report.endings.isEmpty && report.posture.byDay.count == 31)
        #expect(report.posture.byDay.allSatisfy { $0 == nil })
    }

    @Test("of too many days only the sums are given")
    func many() throws {
        let long = try #require(ReportPeriod(from: "2017-01-01", to: "2026-12-31"))
        let names = try (0..<140).map { try Name("n\($0).example") }
        var material = ReportMaterial(
            period: long, now: long.end, domains: names.map { ReportMaterial.Domain($0) })
        material.days[names[0]] = [long.first: Self.tally(3, bad: 1)]
        let report = Report(material)
        #expect(report.domains.allSatisfy { $0.byDay.isEmpty && $0.days == 3652 })
        #expect(report.summary.resolution == Share(of: 3, in: 4) && report.summary.days == 140 * 3652)
    }

    // MARK: Whom it is for

    private func client(_ change: (inout Client) -> Void = { _ in }) throws -> Audience {
        var client = try #require(Client("acme", tags: ["a"]))
        change(&client)
        return .client(client, NameScreen(own: [own], of: [own, other]))
    }

    private func filled() throws -> ReportMaterial {
        var material = material()
        material.incidents = [
            try incident(1, .critical, from: Self.at(3), to: Self.at(4)),
            try incident(2, .critical, from: Self.at(5), to: Self.at(6), headline: "as for BYTE.example. too"),
            try incident(3, .notice, from: Self.at(1), to: nil, code: .delegationSingle, class: .posture),
        ]
        material.incidents[0].acceptedBy = "anna"
        let changes = [
            Change(
                name: own, kind: .records(.mx), old: ["10 mx.provider.example."], new: ["10 mx.byte.example."],
                seenBy: []),
            Change(name: try Name("ns1.acme.example"), kind: .glue, old: ["192.0.2.1"], new: ["192.0.2.2"], seenBy: []),
            Change(name: try Name("www.byte.example"), kind: .aliasTarget, old: [], new: ["192.0.2.3"], seenBy: []),
        ]
        material.changes = changes.map { .init(domain: own, at: Self.at(7), change: $0) }
        material.domains[0].windows = [
            MaintenanceWindow(from: Self.at(9), to: Self.at(9, 3600), reason: "with byte.example"),
            MaintenanceWindow(from: Self.at(11), to: Self.at(11, 3600), reason: "a quiet reason"),
        ]
        return material
    }

    @Test("those who run the monitor see all of it")
    func operators() throws {
        let table = Report(try filled()).table
        for word in ["ns1.provider.example is silent", "anna", "mx.byte.example", "a quiet reason", "acme.example.-1"] {
            #expect(table.contains(word), "\(word)")
        }
    }

    @Test("a client sees plain words and its own names")
    func plainly() throws {
        let report = Report(try filled(), for: try client())
        let table = report.table
        for word in ["provider", "byte", "BYTE", "anna", "reason", "acme.example.-1", "192.0.2", "ns1.acme"] {
            #expect(!table.contains(word), "\(word)")
        }
        #expect(report.incidents.map(\.detail) == [nil, nil])
        #expect(
            report.incidents.map(Wording.plain.text)
                == Array(repeating: "Name servers of the domain did not answer.", count: 2))
        #expect(report.incidents[0].acceptedBy == "yes" && report.incidents[0].id == nil)
        #expect(
            report.changes.map(Wording.plain.what) == [
                "acme.example MX", "acme.example address", "acme.example CNAME target",
            ])
        #expect(report.announced.count == 2 && report.posture.open.count == 1 && report.client == "acme")
    }

    @Test("details are shown where they are allowed, and name no domain of others")
    func details() throws {
        let report = Report(try filled(), for: try client { $0.showsDetails = true })
        #expect(report.incidents.map(\.detail).contains("ns1.provider.example is silent."))
        #expect(report.incidents[0].acceptedBy == "anna" && report.changes[0].old == ["10 mx.provider.example"])
        #expect(report.announced.map(\.text) == ["", "a quiet reason"])
        #expect(!report.table.lowercased().contains("byte"))
    }

    @Test("domains that are not public are counted, whatever else is allowed")
    func counted() throws {
        let report = Report(
            try filled(),
            for: try client {
                $0.showsNames = false
                $0.showsDetails = true
            })
        #expect(report.domains.map(\.domain) == ["Domain 1"] && Wording.plain.what(report.changes[0]) == "Domain 1 MX")
        #expect(!report.table.contains("example"))
    }

    @Test("names of others are found in texts, in any case and as parts of names")
    func screen() throws {
        let screen = NameScreen(
            own: [own, try Name("shop.byte.example")], of: [own, other, try Name("shop.byte.example")])
        for text in [
            "", "acme.example", "www.acme.example.", "xbyte.example", "byte.example.org", "shop.byte.example",
            "a.shop.byte.example:53", "byte", "example", "no name at all …",
        ] { #expect(screen.passes(text), "\(text)") }
        for text in [
            "byte.example", "BYTE.example.", "of byte.example, since", "(byte.example)", "https://www.byte.example/x",
            "10 mail.byte.example.", "x@byte.example", "_dmarc.byte.example", "..byte.example",
            "acme.example,byte.example", "shop2.byte.example",
        ] { #expect(!screen.passes(text), "\(text)") }
        #expect(try screen.owns(Name("www.acme.example")) && !screen.owns(Name("provider.example")))
    }

    @Test("announced work is said to have come only where that can be told")
    func work() throws {
        let content = [AnnouncedChange(key: RecordSetKey(own, .a), values: ["192.0.2.7"])]
        let cases: [(MaintenanceWindow, FindingCode?, Report.Work.Outcome)] = [
            (window(covers: nil), nil, .notRecorded), (window(covers: [.mx]), nil, .came),
            (window(covers: [.servers]), nil, .notRecorded), (window(covers: [.mx]), .changeMissing, .missing),
            (window(covers: nil, content), .changeConfirmed, .came), (window(covers: nil, content), nil, .notRecorded),
            (window(covers: nil, content), .changeDifferent, .different),
            (window(covers: nil, content), .changeMissing, .missing),
        ]
        for (number, (window, code, expected)) in cases.enumerated() {
            var material = material()
            material.domains[0].windows = [window]
            if let code {
                material.incidents = [
                    try incident(1, .notice, from: Self.at(9, 1800), to: Self.at(10), code: code, class: .plannedChange)
                ]
            }
            #expect(Report(material).announced.map(\.outcome) == [expected], "case \(number)")
        }
        var early = material(at: Self.at(9, 60))
        early.domains[0].windows = [window(covers: [.mx])]
        #expect(Report(early).announced.map(\.outcome) == [.underWay])
        early.now = Self.at(8)
        #expect(Report(early).announced.map(\.outcome) == [.ahead] && Report(early).planned.count == 1)
    }

    private func window(covers: Set<MaintenanceWindow.Subject>?, _ content: [AnnouncedChange]? = nil)
        -> MaintenanceWindow
    {
        MaintenanceWindow(from: Self.at(9), to: Self.at(9, 3600), covers: covers, content: content)
    }

    @Test("ends come from the registry, the owner, and signatures as they were last seen")
    func endings() throws {
        var material = material(at: Self.at(31, 3600))
        let today = DayNumber(of: material.now)
        var tally = Self.tally(1)
        tally.signaturesEnd = material.now.adding(seconds: 9 * 86_400)
        material.days[own] = [today: tally]
        material.domains[0].registrationEnds = material.now.adding(seconds: 89 * 86_400)
        #expect(Report(material).endings.map(\.kind) == [.signature, .registration])
        material.domains[0].isEndStated = true
        material.domains[0].registrationEnds = material.now.adding(seconds: -1)
        #expect(Report(material).endings.map(\.kind) == [.stated, .signature])
        #expect(Report(material).endings.map(\.isPast) == [true, false])
        // Of signatures that were seen three days ago nobody knows what became.
        material.days[own] = [DayNumber(today.number - 3): tally]
        material.domains[0].registrationEnds = material.now.adding(seconds: 91 * 86_400)
        #expect(Report(material).endings.isEmpty)
    }

    @Test("a table has as many columns in every line, and no formula")
    func table() throws {
        var material = try filled()
        material.incidents.append(
            try incident(9, .critical, from: Self.at(3), to: nil, headline: "=HYPERLINK(1), 2"))
        material.incidents.append(try incident(10, .critical, from: Self.at(3), to: nil, headline: "@sum \\u0007"))
        let table = Report(material).table
        #expect(table.contains("\"'=HYPERLINK(1), 2\"") && table.contains("'@sum \\u{7}"))
        for line in table.split(separator: "\r\n") {
            var isQuoted = false
            let commas = line.count { character in
                if character == "\"" { isQuoted.toggle() }
                return character == "," && !isQuoted
            }
            #expect(commas == 8, "\(line)")
        }
    }
}
