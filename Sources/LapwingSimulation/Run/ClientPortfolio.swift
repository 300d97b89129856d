package import DNSWire
package import LapwingCore

/// One year of the domains of several clients, with ordinary changes and some mishaps, as a reference for reports.
///
/// The domains are those of ``Portfolio``, each under a separate name, and are distributed to the clients in turn.
package struct ClientPortfolio: Sendable {
    /// One look at a domain.
    package struct Look: Sendable {
        /// When the look was made.
        package var at: Timestamp
        /// Whether the domain could be resolved, and whether its servers answered.
        package var verdict: LookVerdict
        /// The number of known weaknesses; nil if it has not changed.
        package var weaknesses: Int?
    }

    /// A round with events or changes.
    package struct Kept: Sendable {
        /// When the round was made.
        package var at: Timestamp
        /// What the round concluded, with its events and changes.
        package var outcome: RoundOutcome
    }

    /// The year of one domain.
    package struct Course: Sendable {
        /// The domain, under a name of its own such as `d0007.test`.
        package var domain: Name
        /// `c07`
        package var client: String
        /// All regular looks, oldest first.
        package var looks: [Look] = []
        /// The rounds with events or changes, oldest first.
        package var rounds: [Kept] = []
    }

    /// The number of domains.
    package var domains: Int
    /// The number of clients; each domain belongs to one of them.
    package var clients: Int
    /// The seed of all random choices: the same seed gives the same year.
    package var seed: UInt64
    /// The calendar year.
    package var year: Int64

    package init(domains: Int, clients: Int, seed: UInt64, year: Int64) {
        self.domains = domains
        self.clients = clients
        self.seed = seed
        self.year = year
    }

    /// Runs all domains on all cores and returns them in order; `progress` is called after each with the number of
    /// finished ones.
    package func play(progress: (Int) -> Void = { _ in }) async throws(ScenarioError) -> [Course] {
        let courses = await withTaskGroup { group in
            for number in 0..<domains {
                group.addTask { @concurrent in
                    (number, Result { () throws(ScenarioError) in try course(number) })
                }
            }
            var courses: [(Int, Result<Course, ScenarioError>)] = []
            for await course in group {
                courses.append(course)
                progress(courses.count)
            }
            return courses
        }
        return try courses.sorted { $0.0 < $1.0 }.map { course throws(ScenarioError) in try course.1.get() }
    }

    /// Formats a number with leading zeros.
    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private func course(_ number: Int) throws(ScenarioError) -> Course {
        let label = "d\(Self.padded(number, 4))"
        let domain = PortfolioDomain(number: number, seed: seed, mishaps: true)
        /// Adapts a text of the portfolio to this year and name.
        func own(_ text: String) -> String {
            text.replacing("knot.test", with: "\(label).test").replacing("\"2026-01-05", with: "\"\(year)-01-01")
                .replacing("\"2028-06-01", with: "\"\(year + 2)-06-01")
                .replacing("\"2027-06-01", with: "\"\(year + 1)-06-01")
        }
        let bases = try ScenarioTree(yaml: own(PortfolioDomain.bases), file: "portfolio/bases.yaml")
        let scenario = try Scenario(yaml: own(domain.text), file: "portfolio/\(domain.id)", bases: bases)
        var course = Course(
            domain: scenario.monitor.domain, client: "c\(Self.padded(number % max(1, clients), 2))")
        // Rounds are made around events, and once a day otherwise: a year of each domain takes half a second.
        let simulation = Simulation(
            scenario, phase: number % 10, noise: Noise(seed: seed &+ UInt64(number)), rests: true,
            pace: .around(domain.minutes, before: 20, after: 50, quiet: 1440))
        var last: LookVerdict?
        simulation.unchanged = { moment in
            if let last { course.looks.append(Look(at: moment, verdict: last, weaknesses: nil)) }
        }
        _ = simulation.run { round in
            let at = round.snapshot.at
            if round.snapshot.look == .regular {
                let verdict = LookVerdict(round.snapshot)
                last = verdict
                let weaknesses =
                    verdict.contains(.blind) ? nil : round.outcome.findings.count(where: \.isPosture)
                course.looks.append(Look(at: at, verdict: verdict, weaknesses: weaknesses))
            }
            if !round.outcome.events.isEmpty || !round.outcome.changes.isEmpty {
                course.rounds.append(Kept(at: at, outcome: round.outcome))
            }
        }
        return course
    }
}
