package import DNSWire
package import LapwingCore

/// The sums of the looks of one day at one domain.
package struct DayRecord: Sendable, Hashable {
    /// The domain of the looks.
    package var domain: Name
    /// The day, in UTC.
    package var day: DayNumber
    /// The sums of the looks of that day, or of those that are added to it.
    package var tally: DayTally

    package init(domain: Name, day: DayNumber, tally: DayTally) {
        self.domain = domain
        self.day = day
        self.tally = tally
    }
}

extension Store {
    /// Adds partial sums to the stored sums of the same days, in one transaction that a power cut may undo.
    package func add(_ records: [DayRecord]) throws {
        guard !records.isEmpty else { return }
        try persist(durably: false, under: .domains(records.map(\.domain))) { database in
            for record in records {
                let tally = record.tally
                try database.execute(
                    Self.addition,
                    [
                        record.day.number, record.domain.description, tally.looks, tally.blind, tally.resolved,
                        tally.unresolved, tally.served, tally.unserved, tally.authorities.answers,
                        tally.authorities.milliseconds, tally.resolvers.answers, tally.resolvers.milliseconds,
                        tally.signaturesEnd, tally.weaknesses,
                    ])
            }
        }
    }

    private static let sums = [
        "looks", "blind", "resolved", "unresolved", "served", "unserved", "authority_answers", "authority_ms",
        "resolver_answers", "resolver_ms",
    ]
    private static let latest = ["signatures_end", "weaknesses"]
    static let dayColumns = "day, domain, " + (sums + latest).joined(separator: ", ")
    static let addition = """
        INSERT INTO day (\(dayColumns)) VALUES (\(Database.marks(2 + sums.count + latest.count)))
        ON CONFLICT (day, domain) DO UPDATE SET
        \((sums.map { "\($0) = day.\($0) + excluded.\($0)" } + latest.map { "\($0) = coalesce(excluded.\($0), day.\($0))" })
            .joined(separator: ", "))
        """

    /// Returns the stored sums of some days, by domain; for all domains if none are given.
    ///
    /// Sums that are kept in memory while the file cannot be written are not included.
    package func days(
        from first: DayNumber, to last: DayNumber, of domains: [Name]? = nil
    ) throws -> [Name: [DayNumber: DayTally]] {
        guard first <= last, domains?.isEmpty != true else { return [:] }
        // The days are the first key of the table: a domain is looked up on each of them.
        let wanted = try domains.map { try Self.encode($0.map(\.description)) }
        let rows = try read { database in
            try database.rows(
                """
                WITH RECURSIVE days (number) AS
                    (SELECT ? UNION ALL SELECT number + 1 FROM days WHERE number < ?)
                SELECT day.* FROM days CROSS JOIN day WHERE day.day = days.number
                    \(wanted == nil ? "" : "AND day.domain IN \(database.dialect.list)")
                """, [first.number, last.number] + (wanted.map { [$0] } ?? []))
        }
        var found: [Name: [DayNumber: DayTally]] = [:]
        for record in readable(rows, of: "day", key: "domain", Self.dayRecord) {
            found[record.domain, default: [:]][record.day] = record.tally
        }
        return found
    }

    /// Returns the first day with a stored sum; nil if there is none.
    package func firstDay() throws -> DayNumber? {
        try read { try $0.value(Int.self, "SELECT min(day) FROM day") }.map(DayNumber.init)
    }

    private static func dayRecord(_ row: Row) throws -> DayRecord {
        func number(_ column: String) throws -> Int {
            let number: Int = try row.get(column)
            guard (0...Int(Int32.max)).contains(number) || column.hasSuffix("_ms") && number >= 0 else {
                throw RowFault("\(column) is no count")
            }
            return number
        }
        var tally = DayTally()
        tally.looks = try number("looks")
        tally.blind = try number("blind")
        tally.resolved = try number("resolved")
        tally.unresolved = try number("unresolved")
        tally.served = try number("served")
        tally.unserved = try number("unserved")
        tally.authorities = .init(
            answers: try number("authority_answers"), milliseconds: try number("authority_ms"))
        tally.resolvers = .init(answers: try number("resolver_answers"), milliseconds: try number("resolver_ms"))
        tally.signaturesEnd = try row.find("signatures_end")
        tally.weaknesses = try row.find("weaknesses")
        return DayRecord(
            domain: try Name(try row.get("domain", as: String.self)), day: DayNumber(try row.get("day")),
            tally: tally)
    }
}
