import DNSWire
import Foundation
package import LapwingCore

/// The data for reports.
extension Store {
    /// The largest number of incidents and of changes in one report.
    package static let mostReported = 20_000
    /// The largest number of domains whose rows are selected by name; for more, all rows of the period are read.
    private static let fewReported = 2000

    /// Returns the data for watches, with the ends of their registrations.
    package func material(
        of watches: [Watch], period: ReportPeriod, at now: Timestamp
    ) throws -> ReportMaterial {
        let wanted = Set(watches.map(\.domain))
        var ends: [Name: Timestamp] = [:]
        for (domain, end) in try registrationEnds(before: .latest, limit: 200_000) where wanted.contains(domain) {
            ends[domain] = end
        }
        let domains = watches.map { ReportMaterial.Domain($0, registrationEnds: ends[$0.domain]) }
        return try material(of: domains, period: period, at: now)
    }

    /// Returns all stored data about some domains in a period.
    ///
    /// - Throws: `DatabaseFault` if the file cannot be read.
    package func material(
        of domains: [ReportMaterial.Domain], period: ReportPeriod, at now: Timestamp
    ) throws -> ReportMaterial {
        var material = ReportMaterial(period: period, now: now, domains: domains)
        guard !domains.isEmpty else { return material }
        let names = material.domains.map(\.name)
        let wanted = Set(names.map(\.folded))
        var filter = IncidentFilter()
        filter.domains = names.map(\.description)
        (filter.from, filter.to) = (period.start, period.end)
        let incidents = try self.incidents(filter, limit: Self.mostReported + 1)
        material.incidents = Array(incidents.prefix(Self.mostReported))
        let changes = try self.changes(from: period.start, to: period.end, of: names)
        material.changes = changes.prefix(Self.mostReported).map {
            ReportMaterial.Noted(domain: $0.domain, at: $0.at, change: $0.change)
        }
        material.isCut = incidents.count > Self.mostReported || changes.count > Self.mostReported
        (material.acknowledged, material.told) = try answers(to: material.incidents.map(\.id))
        material.told.merge(try toldTogether(material.incidents), uniquingKeysWith: min)
        let today = DayNumber(of: now)
        let few = names.count <= Self.fewReported ? names : nil
        material.days = try days(from: period.first, to: period.last, of: few)
        // Upcoming dates are known from the latest days, whatever the period of the report.
        for (name, recent) in try days(from: DayNumber(today.number - 1), to: today, of: few) {
            material.days[name, default: [:]].merge(recent) { first, _ in first }
        }
        material.days = material.days.filter { wanted.contains($0.key.folded) }
        material.announcements = try announcements(
            from: min(period.start, now), to: max(period.end, now.adding(seconds: Report.daysAhead * 86_400)))
        return material
    }

    /// Returns changes of some domains between two moments, oldest first.
    private func changes(from: Timestamp, to: Timestamp, of domains: [Name]) throws -> [StoredChange] {
        let wanted = try Self.encode(domains.map(\.description))
        let rows = try read { database in
            try database.rows(
                """
                SELECT id, domain, at, document FROM change
                WHERE at >= ? AND at < ? AND domain IN \(database.dialect.list)
                ORDER BY at, id LIMIT ?
                """, [from, to, wanted, Self.mostReported + 1])
        }
        return readable(rows, of: "change") { row in
            StoredChange(
                id: try row.get("id"), domain: try Name(try row.get("domain", as: String.self)),
                at: try row.get("at"), change: try Self.decode(Change.self, try row.get("document", as: String.self)))
        }
    }

    /// Returns when each of some incidents was first acknowledged, and when a receiver accepted the first notice about
    /// it.
    private func answers(
        to incidents: [String]
    ) throws -> (acknowledged: [String: Timestamp], told: [String: Timestamp]) {
        let wanted = try Self.encode(incidents)
        let (acts, notices) = try read { database in
            (
                try database.rows(
                    """
                    SELECT id, incident, at FROM journal
                    WHERE incident IN \(database.dialect.list) AND kind = ?
                    """, [wanted, Act.Kind.acknowledge.rawValue]),
                try database.rows(
                    """
                    SELECT id, incident, finished, receipt FROM notice
                    WHERE incident IN \(database.dialect.list) AND finished IS NOT NULL
                    """, [wanted])
            )
        }
        func first(_ moments: [(String, Timestamp)]) -> [String: Timestamp] {
            Dictionary(moments, uniquingKeysWith: min)
        }
        let acknowledged = readable(acts, of: "journal") { row -> (String, Timestamp) in
            (try row.get("incident"), try row.get("at"))
        }
        let told = readable(notices, of: "notice") { row -> (String, Timestamp)? in
            guard try Self.isHeard(row) else { return nil }
            return (try row.get("incident"), try row.get("finished"))
        }
        return (first(acknowledged), first(told.compactMap(\.self)))
    }

    private static func isHeard(_ row: Row) throws -> Bool {
        let receipt: String = try row.find("receipt") ?? ""
        return !OutboxEntry.unheard.contains(where: receipt.hasPrefix)
    }

    /// The same for incidents with a shared cause: the notices about one of them represent all, and name the domains of
    /// all.
    private func toldTogether(_ incidents: [Incident]) throws -> [String: Timestamp] {
        let wanted = try Self.encode(incidents.map(\.id))
        let events = try read { database in
            try database.rows(
                """
                SELECT id, incident, tellings FROM incident_event
                WHERE incident IN \(database.dialect.list) AND tellings IS NOT NULL
                """, [wanted])
        }
        var leaders: [String: Set<String>] = [:]
        for (incident, tellings) in readable(
            events, of: "incident_event",
            { row -> (String, [Telling]) in
                (try row.get("incident"), try Self.decode([Telling].self, try row.get("tellings", as: String.self)))
            })
        {
            leaders[incident, default: []].formUnion(tellings.compactMap(\.leader).filter { $0 != incident })
        }
        let standing = try Self.encode(Set(leaders.values.joined()).sorted())
        let rows = try read { database in
            try database.rows(
                """
                SELECT id, incident, created, finished, receipt, document FROM notice
                WHERE incident IN \(database.dialect.list) AND finished IS NOT NULL
                """, [standing])
        }
        let notices = readable(rows, of: "notice") { row -> (notice: Notice, created: Timestamp, taken: Timestamp)? in
            guard try Self.isHeard(row) else { return nil }
            let notice = try Self.decode(Notice.self, try row.get("document", as: String.self))
            return (notice, try row.get("created"), try row.get("finished"))
        }
        let byLeader = Dictionary(grouping: notices.compactMap(\.self), by: \.notice.incident)
        var told: [String: Timestamp] = [:]
        for incident in incidents {
            // Notices from before the incident say nothing about it, and neither do closing notices.
            let heard = (leaders[incident.id] ?? []).flatMap { byLeader[$0] ?? [] }.filter { entry in
                entry.notice.event != .close && entry.created >= incident.openedAt
                    && entry.notice.domains.contains { $0.folded == incident.domain.folded }
            }
            told[incident.id] = heard.map(\.taken).min()
        }
        return told
    }
}
