/// Plays scenarios with everyday disturbances and many seeds: benign ones must cause no page, malign ones must be
/// reported in time.
package struct Soak: Sendable {
    /// The number of plays of each scenario.
    package var seeds: Int
    /// The first seed; the others are consecutive.
    package var firstSeed: UInt64
    /// Minutes by which rounds are shifted in the first play; each seed shifts them further.
    package var phase: Int

    package init(seeds: Int, firstSeed: UInt64 = 1, phase: Int) {
        self.seeds = seeds
        self.firstSeed = firstSeed
        self.phase = phase
    }

    /// The number of plays in one task; many small pieces keep all cores busy to the end.
    private static let piece = 10
    /// The largest number of pieces that run or wait for a core.
    private static let underWay = 16
    /// The largest number of failures of a scenario that are kept as examples.
    private static let mostExamples = 5

    /// Plays scenarios on all cores; `progress` is called after each piece with the tally so far.
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

    /// Plays one scenario with the disturbances of a seed, which also shifts the minute of the first round.
    package func play(_ scenario: Scenario, seed: UInt64) -> ScenarioPlay {
        var scenario = scenario
        scenario.seed = seed
        let phase = (phase + Int(truncatingIfNeeded: seed & 0xffff)) % scenario.monitor.poll
        return ScenarioPlay(scenario, phase: phase, noise: Noise(seed: seed))
    }
}
