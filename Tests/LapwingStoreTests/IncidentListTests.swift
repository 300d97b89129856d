import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

/// The list of incidents: its order, what narrows it, and its pages.
@Suite("The list of incidents") struct IncidentListTests {
    /// `NAME severity opened closed` in seconds; the last is missing while it is open.
    private static let rows = [
        "a critical 1000 2000", "b warning 1500 5000", "c notice 3000", "d critical 4000", "e warning 6000 6500",
        "f info 7000",
    ]

    private func filled(_ kind: StoreKind) throws -> Store {
        let store = try kind.store()
        for row in Self.rows {
            let words = row.split(separator: " ").map(String.init)
            let (opened, closed) = (Int64(words[2]).map { $0 * 1000 } ?? 0, words.count > 3 ? Int64(words[3]) : nil)
            let last = closed.map { $0 * 1000 } ?? opened
            let text = """
                {"id": "\(words[0]).example-1", "domain": "\(words[0]).example.", "cause": "loss", "code": "record.lost",
                "incidentClass": "records-lost", "severity": "\(words[1])", "since": \(opened), "openedAt": \(opened),
                "lastFound": \(opened), \(closed.map { "\"closedAt\": \($0 * 1000), " } ?? "")
                "text": {"headline": "gone", "facts": [], "grounds": []}, "changes": [], "paged": true,
                "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0, "number": 1, "evidence": [],
                "steps": [{"at": \(last), "event": "open", "headline": "gone", "incidentClass": "records-lost",
                "severity": "\(words[1])"}]}
                """
            let incident = try JSONDecoder().decode(Incident.self, from: Data(text.utf8))
            var state = WatchState()
            state.learntAt = Made.now
            state.book.open = [incident]
            var outcome = RoundOutcome(state: state)
            var event = Made.event(1, of: incident.domain)
            event.incident = incident.id
            outcome.events = [event]
            try store.commit(
                RoundRecord(domain: incident.domain, at: Made.now, sightings: [], outcome: outcome, keepsState: true))
        }
        return store
    }

    private static func filter(_ change: (inout IncidentFilter) -> Void) -> IncidentFilter {
        var filter = IncidentFilter()
        change(&filter)
        return filter
    }

    private static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    static let cases: [(title: String, filter: IncidentFilter, found: String)] = [
        ("all, open ones first", filter { _ in }, "f d c e b a"),
        ("open", filter { $0.state = .open }, "f d c"), ("closed", filter { $0.state = .closed }, "e b a"),
        ("of a severity and worse", filter { $0.severity = .warning }, "d e b a"),
        ("critical", filter { $0.severity = .critical }, "d a"),
        ("of domains", filter { $0.domains = ["a.example.", "c.example.", "x.example."] }, "c a"),
        ("of no domain", filter { $0.domains = [] }, ""),
        (
            "of more domains than are looked up one by one",
            filter { $0.domains = (0..<300).map { "x\($0).example." } + ["b.example.", "f.example."] }, "f b"
        ), ("names that want to be something else", filter { $0.domains = ["\"],[\"", "') OR 1"] }, ""),
        ("from the end of one on", filter { $0.from = at(2000) }, "f d c e b a"),
        ("after it", filter { $0.from = at(2001) }, "f d c e b"),
        ("opened before a moment", filter { $0.to = at(4000) }, "c b a"),
        ("within", filter { ($0.from, $0.to) = (at(5001), at(6001)) }, "d c e"),
        (
            "all of it",
            filter {
                ($0.from, $0.to, $0.severity, $0.state) = (at(2500), at(6001), .warning, .closed)
                $0.domains = ["b.example.", "d.example.", "e.example."]
            }, "e b"
        ),
    ]

    @Test("is narrowed", arguments: cases.indices, StoreKind.allCases)
    func narrowed(_ number: Int, _ kind: StoreKind) throws {
        let store = try filled(kind)
        let (title, filter, found) = Self.cases[number]
        func names(_ incidents: [Incident]) -> String {
            incidents.map { String($0.id.prefix(1)) }.joined(separator: " ")
        }
        #expect(names(try store.incidents(filter)) == found, "\(title)")
        // Page by page the same.
        var pages: [Incident] = []
        while let page = try? store.incidents(filter, after: pages.last.map(IncidentPlace.init), limit: 2),
            !page.isEmpty
        {
            pages += page
        }
        #expect(names(pages) == found, "\(title), in pages of two")
    }

    @Test("is read in its order by an index that holds what it is narrowed by")
    func index() throws {
        let plan = try Store().database.read { database in
            try database.rows(
                """
                EXPLAIN QUERY PLAN SELECT id, document FROM incident WHERE closed IS NOT NULL
                AND length(domain) > ? AND severity IN ('critical') AND opened < ?
                AND +closed >= ? ORDER BY updated DESC, id LIMIT 100
                """, [1, 1, 1]
            ).map { String(stored: $0["detail"]) ?? "" }.joined(separator: "; ")
        }
        #expect(plan.contains("incident_closed") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }
}
