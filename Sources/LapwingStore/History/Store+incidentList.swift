package import DNSWire
import Foundation
package import LapwingCore

/// A place in the list of incidents, which stays valid while others come and go.
package struct IncidentPlace: Sendable, Hashable {
    /// Whether it is among the closed incidents, which come after all open ones.
    package var isClosed: Bool
    /// The moment of the last step.
    package var updated: Timestamp
    /// The incident's identifier, for the order of incidents of the same moment.
    package var id: String

    package init(_ incident: Incident) {
        isClosed = incident.closedAt != nil
        updated = incident.steps.last?.at ?? incident.lastFound
        id = incident.id
    }

    /// Parses ``text``; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "~", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, ["0", "1"].contains(parts[0]), let updated = Int64(parts[1]) else { return nil }
        isClosed = parts[0] == "1"
        self.updated = Timestamp(milliseconds: updated)
        id = String(parts[2])
    }

    /// The place as a word for URLs: `1~1790000000000~example.com-7`.
    package var text: String { "\(isClosed ? 1 : 0)~\(updated.milliseconds)~\(id)" }
}

extension Store {
    /// Returns incidents after a place in the list: open ones first, then by their last step, newest first.
    ///
    /// - Parameter isBrief: whether to omit the evidence, which takes most of the time.
    package func incidents(
        of domain: Name? = nil, openOnly: Bool = false, after place: IncidentPlace? = nil, limit: Int = 500,
        isBrief: Bool = false
    ) throws -> [Incident] {
        var filter = IncidentFilter()
        filter.domain = domain
        filter.state = openOnly ? .open : .all
        return try incidents(filter, after: place, limit: limit, isBrief: isBrief)
    }

    /// Returns the incidents that match a filter, in the same order.
    package func incidents(
        _ filter: IncidentFilter, after place: IncidentPlace? = nil, limit: Int = 500, isBrief: Bool = true
    ) throws -> [Incident] {
        guard filter.domains?.isEmpty != true else { return [] }
        let rows = try read { database in
            func rows(_ narrowing: String?, _ arguments: Arguments) throws -> [Row] {
                var rows: [Row] = []
                if filter.state != .closed, place?.isClosed != true {
                    rows = try Self.rows(
                        false, filter, narrowing, arguments, after: place, limit: limit, isBrief, database)
                }
                if filter.state != .open, rows.count < limit {
                    let after = place?.isClosed == true ? place : nil
                    rows += try Self.rows(
                        true, filter, narrowing, arguments, after: after, limit: limit - rows.count, isBrief, database)
                }
                return rows
            }
            guard let domains = filter.domains else { return try rows(nil, []) }
            return try database.among(domains) { try rows($0("domain"), $1) }
        }
        let found = incidents(rows, isBrief: isBrief)
        // Unreadable rows must not look like the end of the list.
        let left = rows.count - found.count
        guard left > 0, rows.count == limit else { return found }
        return Array(try incidents(filter, after: place, limit: limit + left, isBrief: isBrief).prefix(limit))
    }

    /// - Parameter isBrief: whether to remove the evidence, which the engine may have omitted already.
    func incidents(_ rows: [Row], isBrief: Bool = false) -> [Incident] {
        readable(rows, of: "incident") { row in
            var incident = try Self.decode(Incident.self, try row.get("document", as: String.self))
            if isBrief { incident.evidence = [] }
            return incident
        }
    }

    /// Returns open or closed incidents. Both have an index in this order that contains all columns of the conditions.
    private static func rows(
        _ isClosed: Bool, _ filter: IncidentFilter, _ narrowing: String?, _ narrowed: Arguments,
        after place: IncidentPlace?, limit: Int, _ isBrief: Bool, _ database: Database
    ) throws -> [Row] {
        var conditions = [isClosed ? "closed IS NOT NULL" : "closed IS NULL"]
        var arguments = Arguments()
        if let domain = filter.domain {
            conditions.append("domain = ?")
            arguments += [domain.description]
        }
        if let narrowing {
            conditions.append(narrowing)
            arguments += narrowed
        }
        if let least = filter.severity {
            let levels = Severity.allCases.filter { $0 >= least }
            conditions.append("severity IN (\(Database.marks(levels.count)))")
            arguments += Arguments(levels.map(\.rawValue))
        }
        if let to = filter.to {
            conditions.append("opened < ?")
            arguments += [to]
        }
        if isClosed, let from = filter.from {
            conditions.append("+closed >= ?")
            arguments += [from]
        }
        if let place {
            conditions.append("(updated < ? OR (updated = ? AND id > ?))")
            arguments += [place.updated, place.updated, place.id]
        }
        arguments += [limit]
        return try database.rows(
            """
            SELECT id, \(isBrief ? database.dialect.briefDocument : "document") FROM incident WHERE \(conditions.joined(separator: " AND "))
            ORDER BY updated DESC, id LIMIT ?
            """, arguments)
    }
}
