package import DNSWire
package import LapwingCore

extension Store {
    /// Leaves a request for the engine, and adds an act to the journal.
    ///
    /// - Parameter text: the remark; nil for an acceptance, whose person is stored with it.
    package func add(
        _ kind: Request.Kind, domain: Name, incident: String? = nil, text: String? = nil, by person: Person = "",
        at now: Timestamp
    ) throws {
        try write { database in
            let kept = kind == .accept ? person.name : text
            try database.execute(
                "INSERT INTO request (at, kind, domain, incident, text) VALUES (?, ?, ?, ?, ?)",
                [now, kind.rawValue, domain.description, incident, kept])
            let act =
                switch kind {
                case .accept: try Self.acceptance(domain, incident, by: person, at: now, database)
                case .check: Act(at: now, .check, by: person, domain: domain)
                case .note:
                    Act(at: now, .note, by: person, incident: incident, domain: domain, text: text ?? "")
                }
            try Self.insert(act, database)
        }
    }

    /// Returns the act of accepting, with the normal values before and after it, as far as an incident has them.
    private static func acceptance(
        _ domain: Name, _ incident: String?, by person: Person, at now: Timestamp, _ database: Database
    ) throws -> Act {
        let documents =
            try incident.map { id in
                try database.values(String.self, "SELECT document FROM incident WHERE id = ?", [id])
            }
            ?? database.values(
                String.self, "SELECT document FROM incident WHERE domain = ? AND closed IS NULL ORDER BY id LIMIT 50",
                [domain.description])
        // An unreadable incident is reported wherever it is listed.
        let accepted = documents.compactMap { try? decode(Incident.self, $0) }.filter(\.code.nature.canBeAccepted)
        let changes = accepted.flatMap(\.changes).prefix(50)
        func lines(_ values: (Change) -> [String]) -> String? {
            changes.isEmpty
                ? nil
                : changes.map { change in
                    let list = values(change)
                    return "\(change.name) \(change.kind): \(list.isEmpty ? "nothing" : list.joined(separator: ", "))"
                }.joined(separator: "\n")
        }
        let others = incident == nil ? accepted.map(\.id).joined(separator: ", ") : ""
        return Act(
            at: now, .accept, by: person, incident: incident, domain: domain, text: others,
            before: lines { $0.old }, after: lines { $0.new } ?? accepted.first?.normal)
    }

    /// Returns requests that the engine has not handled, oldest first, at most 1000.
    package func waitingRequests() throws -> [Request] {
        let rows = try readWhatIsNew {
            try read { try $0.rows("SELECT * FROM request WHERE done IS NULL ORDER BY id LIMIT 1000") }
        }
        let done = try spare.map { spare in
            try spare.read { Set(try $0.values(Int64.self, "SELECT id FROM request_done")) }
        }
        return readable(rows, of: "request") { row in
            guard let kind = Request.Kind(rawValue: try row.get("kind")) else { throw RowFault("kind is unknown") }
            return Request(
                id: try row.get("id"), at: try row.get("at"), kind: kind,
                domain: try Name(try row.get("domain", as: String.self)), incident: try row.find("incident"),
                text: try row.find("text"))
        }.filter { done?.contains($0.id) != true }
    }

    /// Returns the remarks on an incident, oldest first.
    package func notes(of incident: String) throws -> [(at: Timestamp, text: String)] {
        let rows = try read { database in
            try database.rows(
                "SELECT id, at, text FROM request WHERE kind = ? AND incident = ? ORDER BY id LIMIT 500",
                [Request.Kind.note.rawValue, incident])
        }
        return readable(rows, of: "request") { (try $0.get("at"), try $0.find("text") ?? "") }
    }

    /// Marks a request as handled.
    ///
    /// - Parameter domain: the domain that it concerns.
    package func finish(request id: Int64, of domain: Name, at now: Timestamp) throws {
        try persist(under: .domains([domain])) { database in
            let isSpare = try database.tableExists("request_done")
            try database.execute(
                isSpare
                    ? Database.replacement(in: "request_done", by: ["id"], ["done", "id"])
                    : "UPDATE request SET done = ? WHERE id = ?", [now, id])
        }
    }
}
