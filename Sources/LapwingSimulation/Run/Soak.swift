/// Plays scenarios under everyday trouble with many seeds: benign ones must wake nobody, malign ones must be reported in time.
package struct Soak: Sendable {
    /// How often each scenario is played.
    package var seeds: Int
    /// The first seed; the others follow it.
    package var firstSeed: UInt64
    /// Minutes by which rounds are shifted in the first play; each seed shifts them further.
    package var phase: Int

    package init(seeds: Int, firstSeed: UInt64 = 1, phase: Int) {
        self.seeds = seeds
        self.firstSeed = firstSeed
        self.phase = phase
    }

    /// Plays one after the other by one task; many small pieces keep all cores busy to the end.
    private static let piece = 10
    /// Pieces that are under way or wait for a core at a time.
    private static let underWay = 16
    /// Failures of a scenario whose story is kept.
    private static let mostExamples = 5

    /// Plays scenarios on all cores; `progress` is told after each piece how far it has come.
    package func play(
        _ scenarios: [Scenario], progress: (SoakTally) -> Void = { _ in }
    ) async -> SoakTally {
        var tally = SoakTally(scenarios, planned: scenarios.count * seeds)
        let pieces = stride(from: 0, to: seeds, by: Self.piece).flatMap { start in
            scenarios.indices.map { ($0, start..<min(start + Self.piece, seeds)) }
        }
        await withTaskGroup(of: (Int, SoakTally.Row).self) { group in
            var waiting = pieces[...]
            for (index, range) in waiting.prefix(Self.underWay) {
                group.addTask { @concurrent in (index, self.row(scenarios[index], range)) }
            }
            waiting = waiting.dropFirst(Self.underWay)
            while let done = await group.next() {
                tally.add(done.1, at: done.0)
                progress(tally)
                guard let (index, range) = waiting.popFirst() else { continue }
                group.addTask { @concurrent in (index, self.row(scenarios[index], range)) }
            }
        }
        return tally
    }

    private func row(_ scenario: Scenario, _ range: Range<Int>) -> SoakTally.Row {
        var row = SoakTally.Row(scenario)
        for offset in range {
            let seed = firstSeed &+ UInt64(offset)
            let score = play(scenario, seed: seed).score
            row.plays += 1
            row.pages += score.pages
            row.notices += score.notices
            row.faults += score.passes ? 0 : 1
            let isBad = row.isMalign ? score.late + score.missed > 0 : score.pages > 0
            guard isBad else { continue }
            row.failures += 1
            if row.examples.count < Self.mostExamples { row.examples.append((seed, score.faults)) }
        }
        return row
    }

    /// One scenario with one seed of trouble on top; the first round falls on another minute with each.
    package func play(_ scenario: Scenario, seed: UInt64) -> ScenarioPlay {
        var scenario = scenario
        scenario.seed = seed
        let phase = (phase + Int(truncatingIfNeeded: seed & 0xffff)) % scenario.monitor.poll
        return ScenarioPlay(scenario, phase: phase, noise: Noise(seed: seed))
    }
}
