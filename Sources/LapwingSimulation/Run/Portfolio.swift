import LapwingCore

/// One year of ordinary domains: moves, rotation, key rollovers, renewals, and the everyday disturbances of resolvers
/// and servers.
///
/// Nothing malicious happens and nothing breaks for users, so every page is a false alarm. Rounds are made every ten
/// minutes in the hours around each event and every twelve hours in between; loss and temporary failures occur all the
/// time.
package struct Portfolio: Sendable {
    /// The number of domains.
    package var domains: Int
    /// The seed of all random choices: the same seed gives the same year.
    package var seed: UInt64

    package init(domains: Int, seed: UInt64) {
        self.domains = domains
        self.seed = seed
    }

    private struct Year: Sendable {
        var number: Int
        var kind: PortfolioDomain.Kind
        var tally: PortfolioReport.Tally
        var pages: [String]
    }

    /// Runs all domains on all cores; `progress` is called after each with the number of finished ones.
    package func play(progress: (Int) -> Void = { _ in }) async throws(ScenarioError) -> PortfolioReport {
        let bases = try ScenarioTree(yaml: PortfolioDomain.bases, file: "portfolio/bases.yaml")
        let years = await withTaskGroup { group in
            for number in 0..<domains {
                group.addTask { @concurrent in Result { () throws(ScenarioError) in try year(number, bases) } }
            }
            var years: [Result<Year, ScenarioError>] = []
            for await year in group {
                years.append(year)
                progress(years.count)
            }
            return years
        }
        var report = PortfolioReport()
        for year in try years.map({ year throws(ScenarioError) in try year.get() }).sorted(by: { $0.number < $1.number }
        ) {
            report.add(year.tally, kind: year.kind, pages: year.pages)
        }
        return report
    }

    /// Passes on the notices that are sent without configured routes, and returns the number of events in digests.
    private func tell(_ events: [IncidentEvent], _ note: (Notice) -> Void) -> Int {
        var inDigest = 0
        var said = SaidLog()
        var next: Timestamp?
        func speak(_ events: [IncidentEvent], at now: Timestamp) {
            let speech = Flow.speak(
                events: events, said: said, routes: [.standard(["everyone"], digest: .standard)], silences: [], at: now)
            said = speech.said
            next = speech.next
            for notice in speech.notices where notice.isSettled != true { note(notice) }
            inDigest += speech.tellings.values.flatMap(\.self).count { $0.kind == .digest }
        }
        for event in events {
            while let due = next, due <= event.at { speak([], at: due) }
            speak([event], at: event.at)
        }
        if let due = next { speak([], at: due) }
        return inDigest
    }

    private func year(_ number: Int, _ bases: ScenarioTree) throws(ScenarioError) -> Year {
        let domain = PortfolioDomain(number: number, seed: seed)
        let scenario = try Scenario(yaml: domain.text, file: "portfolio/\(domain.id)", bases: bases)
        let simulation = Simulation(
            scenario, phase: number % 10, noise: Noise(seed: seed &+ UInt64(number)), rests: true,
            pace: .around(domain.minutes, before: 40, after: 120, quiet: 720))
        let lines = simulation.run().filter { $0.event != .close && $0.severity >= .notice }
        var tally = PortfolioReport.Tally(domains: 1, rounds: simulation.rounds, events: domain.events.count)
        tally.pages = Set(lines.filter(\.page).map(\.incident)).count
        for line in lines where line.event == .open { tally.note(line) }
        tally.naive = simulation.naive.alerts
        tally.inDigest = tell(simulation.events) { tally.note($0) }
        // The same events as if no change were recognised as prepared.
        let unprepared = simulation.events.map { event in
            var event = event
            event.isPrepared = nil
            return event
        }
        _ = tell(unprepared) { tally.noteUnprepared($0) }
        let pages = lines.filter(\.page).map { line in
            "page: \(domain.id) at \(line.minute): \(line.text.split(separator: "\n").first ?? "")"
        }
        return Year(number: number, kind: domain.kind, tally: tally, pages: pages)
    }
}
