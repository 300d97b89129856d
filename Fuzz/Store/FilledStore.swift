import Foundation
import LapwingCrypto
package import DNSWire
package import LapwingCore
package import LapwingSimulation
package import LapwingStore

/// A store in memory with a row or more in each table: what one domain of the demo's world came to, and what people did.
package struct FilledStore {
    /// When it was filled; 1970-01-01 plus 56 years or so.
    package static let epoch = Timestamp(seconds: 1_790_000_000)
    package static let domain = "theatre.test."
    package static let token = "lapwing_fuzz"

    package let store: Store
    package var world: DemoDomains
    package let watch: Watch
    package let state: WatchState

    package init() throws {
        let domain = try Name(Self.domain)
        world = try DemoDomains(DemoScript(epoch: Self.epoch))
        guard let watch = world.watches.first(where: { $0.domain == domain }), let learnt = world.learnt(domain) else {
            preconditionFailure("the demo has no \(Self.domain)")
        }
        self.watch = watch
        state = learnt.state
        store = try Store()
        let now = Self.epoch
        let sighting = Sighting(
            source: "parent", key: RecordSetKey(domain, .ns), values: ["ns1.dns.example.net."], ttl: 300)
        var record = RoundRecord(domain: domain, at: now, sightings: [sighting], outcome: learnt, keepsState: true)
        let incident = Self.incident(domain)
        record.outcome.state.book.open.append(incident)
        record.outcome.events.append(
            IncidentEvent(
                id: "\(incident.id).1", incident: incident.id, kind: .open, code: .recordLost,
                incidentClass: .recordsLost,
                severity: .critical, page: true, domain: domain, subject: nil, title: "gone", text: "gone", changes: [],
                since: now, at: now, shared: nil))
        _ = try store.commit(record)
        let routes = [Route(channels: ["ops"], severity: .info, changes: true)]
        try store.speak(at: now, due: nil) { events, released, said in
            Flow.speak(events: events, released: released, said: said, routes: routes, silences: [], at: now)
        }
        let later = now.adding(seconds: 86_400)
        _ = try store.add(
            Silence(id: 0, domain: domain, incidentClass: .recordsLost, from: now, to: later, reason: "r"), by: "anna")
        _ = try store.add(
            AnnouncedWindow(domain: domain, window: MaintenanceWindow(from: now, to: later), person: "anna"), at: now)
        try store.acknowledge(
            Acknowledgement(incident: incident.id, person: "anna", at: now, until: later, severity: .critical),
            domain: domain)
        try store.add(.check, domain: domain, at: now)
        try store.keep(added: try Name("added.test"), options: #"{"tags":["north"]}"#, by: "anna", at: now)
        _ = try store.add(
            AccessToken(name: "fuzz", rights: Rights(.act), createdAt: now),
            digest: MessageDigest.sha256.of(Array(Self.token.utf8)), by: "anna")
        _ = try store.add(Account(name: "anna", rights: Rights(.act), createdAt: now), hash: "$y$", by: "anna")
        _ = try store.beginSession(digest: [1], by: "anna", at: now)
        var tally = DayTally()
        tally.looks = 3
        try store.add([DayRecord(domain: domain, day: DayNumber(of: now), tally: tally)])
    }

    private static func incident(_ domain: Name) -> Incident {
        let at = epoch.milliseconds
        let text = """
            {"id": "\(domain)-900", "domain": "\(domain)", "cause": "loss", "code": "record.lost",
            "incidentClass": "records-lost", "severity": "critical", "since": \(at), "openedAt": \(at), "lastFound": \(at),
            "text": {"headline": "gone", "facts": [], "grounds": []}, "changes": [], "paged": true,
            "clearing": {"absent": {"polls": 2}}, "holds": [], "missed": 0, "steps": [], "number": 1, "evidence": []}
            """
        guard let incident = try? JSONDecoder().decode(Incident.self, from: Data(text.utf8)) else {
            preconditionFailure("no incident")
        }
        return incident
    }
}
