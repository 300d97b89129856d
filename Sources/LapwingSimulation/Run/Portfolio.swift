import LapwingCore

/// A year of ordinary domains: moves, rotation, key rollovers, renewals, and the everyday trouble of resolvers and servers.
///
/// Nothing malicious happens and nothing breaks for users, so every page is one too many. Rounds are made every ten minutes
/// in the two hours around each event and every twelve hours in between; loss and passing failures go on all the time.
package struct Portfolio: Sendable {
    package var domains: Int
    package var seed: UInt64

    package init(domains: Int, seed: UInt64) {
        self.domains = domains
        self.seed = seed
    }

    /// What was told about domains of one kind, or about all.
    package struct Tally: Sendable {
        var domains = 0
        var rounds = 0
        var events = 0
        package var pages = 0
        var warnings = 0
        var notices = 0
        var naive = 0

        static func + (one: Tally, two: Tally) -> Tally {
            Tally(
                domains: one.domains + two.domains, rounds: one.rounds + two.rounds, events: one.events + two.events,
                pages: one.pages + two.pages, warnings: one.warnings + two.warnings,
                notices: one.notices + two.notices, naive: one.naive + two.naive)
        }
    }

    package struct Report: Sendable {
        var rows: [(kind: String, tally: Tally)]
        /// Domains that woke somebody, and with what.
        var pages: [String]
        package var total: Tally { rows.map(\.tally).reduce(Tally(), +) }

        package var text: String {
            var lines = ["kind, domains, events, then per domain and year: pages, warnings, notices, naive alerts"]
            for row in rows + [("all", total)] {
                func each(_ count: Int) -> String {
                    let hundredths = count * 100 / max(1, row.tally.domains)
                    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
                }
                let tally = row.tally
                lines.append(
                    "\(row.kind): \(tally.domains) domains, \(tally.events) events, \(each(tally.pages)) pages, "
                        + "\(each(tally.warnings)) warnings, \(each(tally.notices)) notices, \(each(tally.naive)) naive"
                )
            }
            lines.append("\(total.pages) pages in \(total.domains) domain years (\(total.rounds) rounds)")
            return (lines + pages.prefix(20)).joined(separator: "\n") + "\n"
        }
    }

    /// All domains, on all cores.
    package func play() async throws(ScenarioError) -> Report {
        let bases = try ScenarioTree(yaml: PortfolioDomain.bases, file: "portfolio/bases.yaml")
        var scenarios: [(PortfolioDomain, Scenario)] = []
        for number in 0..<domains {
            let domain = PortfolioDomain(number: number, seed: seed)
            scenarios.append((domain, try Scenario(yaml: domain.text, file: "portfolio/\(domain.id)", bases: bases)))
        }
        let played = scenarios
        return await withTaskGroup { group in
            for index in played.indices {
                group.addTask { @concurrent in (index, year(of: played[index].0, played[index].1)) }
            }
            var results: [(Int, (Tally, [String]))] = []
            for await result in group { results.append(result) }
            results.sort { $0.0 < $1.0 }
            var rows: [(kind: String, tally: Tally)] = PortfolioDomain.Kind.allCases.map { ($0.rawValue, Tally()) }
            for (index, (tally, _)) in results {
                let kind = played[index].0.kind.rawValue
                if let row = rows.firstIndex(where: { $0.kind == kind }) { rows[row].tally = rows[row].tally + tally }
            }
            return Report(rows: rows, pages: results.flatMap { $0.1.1 })
        }
    }

    private func year(of domain: PortfolioDomain, _ scenario: Scenario) -> (Tally, [String]) {
        let simulation = Simulation(
            scenario, phase: domain.number % 10, noise: Noise(seed: seed &+ UInt64(domain.number)), rests: false,
            pace: .around(domain.minutes, before: 40, after: 120, quiet: 720))
        let lines = simulation.run().filter { $0.event != .close && $0.severity >= .notice }
        var tally = Tally(domains: 1, rounds: simulation.rounds, events: domain.events.count)
        tally.pages = Set(lines.filter(\.page).map(\.incident)).count
        for line in lines where line.event == .open {
            if line.severity == .warning { tally.warnings += 1 }
            if line.severity == .notice { tally.notices += 1 }
        }
        tally.naive = simulation.naive.alerts
        let pages = lines.filter(\.page).map { line in
            "page: \(domain.id) at \(line.minute): \(line.text.split(separator: "\n").first ?? "")"
        }
        return (tally, pages)
    }
}
