import DNSWire
import Foundation
import LapwingCore
import LapwingWeb
import Testing

@Suite("Reports in each language")
struct LanguageTests {
    private static func report(_ wording: Wording, details: Bool = false) throws -> ReportDocument {
        let period = try #require(ReportPeriod(month: "2026-10"))
        let own = try Name("acme.example")
        var material = ReportMaterial(period: period, now: period.end, domains: [ReportMaterial.Domain(own)])
        var tally = DayTally()
        for _ in 0..<2000 { tally.add([.resolved, .served]) }
        tally.add([.unresolved, .served])
        material.days[own] = [period.first: tally]
        material.domains[0].registrationEnds = period.end.adding(seconds: 5 * 86_400)
        material.domains[0].windows = [
            MaintenanceWindow(from: period.start.adding(seconds: 90_000), to: period.start.adding(seconds: 93_600))
        ]
        let at = period.start.adding(seconds: 7200).milliseconds
        let classes = [IncidentClass.authorityOutage, .posture, .dnssecBroken]
        material.incidents = try classes.enumerated().map { place, sort in
            let text = """
                {"id": "i\(place)", "domain": "acme.example.", "cause": "loss", "code": "servers.silent",
                "incidentClass": "\(sort.rawValue)", "severity": "critical", "since": \(at), "openedAt": \(at),
                "lastFound": \(at), "text": {"headline": "a headline of somebody", "facts": [], "grounds": []},
                "changes": [], "paged": true, "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0,
                "steps": [], "number": 1, "evidence": []}
                """
            return try JSONDecoder().decode(Incident.self, from: Data(text.utf8))
        }
        let change = Change(name: own, kind: .registrar, old: ["A"], new: ["B"], seenBy: [])
        material.changes = [.init(domain: own, at: period.start.adding(seconds: 60), change: change)]
        var client = try #require(Client("acme", tags: ["a"]))
        client.showsDetails = details
        let audience = Audience.client(client, NameScreen(own: [own], of: [own]))
        return ReportDocument(Report(material, for: audience, in: wording), client: client)
    }

    /// English texts that are long enough to be no word of another language.
    private static var english: [String] {
        Wording.Phrase.allCases.map { Wording.plain[$0] }.filter { $0.count > 8 && $0 != "Incidents" }
            + IncidentClass.allCases.map { Wording.plain.sentence($0) }
    }

    @Test("have no English text, and say which language they are in", arguments: Language.allCases)
    func pages(language: Language) throws {
        let document = try Self.report(Wording(language))
        let page = try document.html()
        #expect(page.hasPrefix("<!doctype html><html lang=\"\(language.tag)\" dir=\"ltr\">"))
        #expect(page.contains(Wording(language)[.reckoning]) && !page.contains("<script"))
        let table = document.table
        #expect(table.hasPrefix(Wording(language)[.tableColumns] + "\r\n"))
        guard language != .english else { return }
        for text in Self.english {
            #expect(!page.contains(text), "\(text)")
            // What stands under `what` are codes.
            #expect(!text.hasSuffix(".") || !table.contains(text), "\(text)")
        }
        #expect(try document.json == Self.report(.plain).json)
    }

    @Test("have headlines in English, and say so, where these are allowed")
    func details() throws {
        let page = try Self.report(Wording(.german), details: true).html()
        #expect(page.contains("Nameserver der Domain antworteten nicht."))
        #expect(page.contains("<p class=\"dim\" lang=\"en\">a headline of somebody</p>"))
        let own = try Self.report(.plain, details: true).html()
        #expect(own.contains("<p>a headline of somebody</p>") && !own.contains("lang=\"en\">a headline"))
    }

    @Test("have times by the clocks of the reader, and say which")
    func clocks() throws {
        let tokyo = LocalClock(zone: "Asia/Tokyo", settings: [.init(from: 0, offset: 9 * 3600)])
        let page = try Self.report(Wording(.french, clock: tokyo)).html()
        #expect(page.contains(">1er oct. 2026, 11:00</time>") && page.contains("fuseau Asia/Tokyo"))
        #expect(!page.contains("UTC</time>"))
        #expect(try Self.report(Wording(.french)).html().contains(">1er oct. 2026, 02:00\u{a0}UTC</time>"))
    }
}
