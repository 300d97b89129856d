import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

@Suite("Causes in the store") struct CauseTests {
    /// An incident that was open for some time.
    private func incident(
        _ domain: String, _ shared: String?, _ incidentClass: String = "authority-outage", from: Int64, to: Int64? = nil
    ) throws -> Incident {
        let text = """
            {"id": "\(domain)-1", "domain": "\(domain).", "cause": "loss", "code": "servers.silent",
            "incidentClass": "\(incidentClass)", "severity": "critical", "since": \(from), "openedAt": \(from),
            "lastFound": \(from), \(to.map { "\"closedAt\": \($0), " } ?? "")
            "shared": \(shared.map { "\"\($0)\"" } ?? "null"),
            "text": {"headline": "gone", "facts": [], "grounds": []}, "changes": [], "paged": true,
            "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0, "steps": [], "number": 1, "evidence": []}
            """
        return try JSONDecoder().decode(Incident.self, from: Data(text.utf8))
    }

    @Test("those of one cause and class that were open at the same time, oldest first", arguments: StoreKind.allCases)
    func members(_ kind: StoreKind) throws {
        let store = try kind.store()
        let here = "servers ns1.x.example \\\"a/b\\\""
        let all = [
            try incident("b.example", here, from: 2000), try incident("a.example", here, from: 1000, to: 5000),
            try incident("c.example", here, from: 3000), try incident("early.example", here, from: 10, to: 500),
            try incident("other.example", "servers ns2.x.example", from: 1000),
            try incident("class.example", here, "dnssec-broken", from: 1000),
            try incident("own.example", nil, from: 1000),
        ]
        for incident in all {
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
        func domains(_ number: Int) throws -> [String] {
            try store.members(ofCauseOf: all[number]).map { "\($0.domain)" }
        }
        #expect(try domains(0) == ["a.example.", "b.example.", "c.example."])
        #expect(try domains(2) == ["a.example.", "b.example.", "c.example."])
        #expect(try domains(3) == ["early.example."])
        #expect(try domains(4) == ["other.example."])
        #expect(try domains(5) == ["class.example."])
        #expect(try domains(6) == [])
        #expect(try store.members(ofCauseOf: all[0], limit: 2).map { "\($0.domain)" } == ["a.example.", "b.example."])
        #expect(try store.countMembers(ofCauseOf: all[0]) == (3, 2) && store.countMembers(ofCauseOf: all[6]) == (0, 0))
        #expect(try store.members(ofCauseOf: all[0]).map(\.closedAt?.milliseconds) == [5000, nil, nil])
    }

    @Test("a cause is found by its index, among however many incidents")
    func index() throws {
        let plan = try Store().database.read { database in
            try database.rows(
                "EXPLAIN QUERY PLAN \(Store.membersOfCause(database))", ["x", "dnssec-broken", 2, 1, 9]
            ).map { String(stored: $0["detail"]) ?? "" }.joined(separator: "; ")
        }
        #expect(plan.contains("incident_by_cause") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }
}
