import LapwingCore
import LapwingSimulation
import Testing

@Suite("What lies ahead of a rollover, as rounds see it")
struct RolloverTests {
    /// The steps that were known at some time, in minutes since the beginning, with the first round that knew each.
    private static func steps(_ timeline: String, end: Int) throws -> [String] {
        let scenario = try Fixture.scenario(world: world, timeline: timeline, end: end)
        let simulation = Simulation(scenario, phase: 2)
        let start = try #require(Timestamp("2026-05-04T06:00:00Z"))
        func minute(_ moment: Timestamp) -> Int { Int(moment.seconds(since: start)) / 60 }
        var known: [String: (first: Int, last: Int)] = [:]
        let audit = try BookAudit()
        _ = try simulation.run { round in
            try audit.note(round)
            for step in round.outcome.state.chain.steps ?? [] {
                let text = "\(step.kind.rawValue) at \(minute(step.at))"
                let at = minute(round.snapshot.at)
                known[text] = (known[text]?.first ?? at, at)
            }
        }
        #expect(audit.faults.isEmpty && simulation.faults.isEmpty, "\(audit.faults) \(simulation.faults)")
        return known.map { "\($0.key), known from \($0.value.first)" }.sorted()
    }

    private static let world = """
        {use: signed, keys: {k2: {flags: 257, alg: 13, tag: 11}, z2: {flags: 256, alg: 13, tag: 12}}}
        """

    @Test("a key for data is published, used, and the other one taken away")
    func zoneKey() throws {
        let timeline = """
            [{at: 61, set: {zones/main/dnssec/keys: [k, z, z2]}},
             {at: 121, set: {zones/main/dnssec/zsk_signs: [z2]}},
             {at: 181, set: {zones/main/dnssec/keys: [k, z2]}}]
            """
        // Seen first at 62, and no cache has the set before it for longer than ten minutes.
        let found = try Self.steps(timeline, end: 240)
        #expect(found == ["useKey at 72, known from 62"])
    }

    @Test("a key of the chain follows another one")
    func keyOfTheChain() throws {
        let timeline = """
            [{at: 61, set: {zones/main/dnssec/keys: [k, k2, z], zones/main/dnssec/ksk_signs: [k, k2]}},
             {at: 121, set: {parent/ds: [k2]}},
             {at: 241, set: {zones/main/dnssec/keys: [k2, z], zones/main/dnssec/ksk_signs: [k2]}}]
            """
        let found = try Self.steps(timeline, end: 300)
        #expect(found == ["removeKey at 182, known from 122"])
    }

    @Test("a DS stays behind")
    func digestOfNoKey() throws {
        let timeline = """
            [{at: 61, set: {zones/main/dnssec/keys: [k, k2, z], zones/main/dnssec/ksk_signs: [k, k2]}},
             {at: 121, set: {parent/ds: [k, k2]}},
             {at: 241, set: {zones/main/dnssec/keys: [k2, z], zones/main/dnssec/ksk_signs: [k2]}}]
            """
        let found = try Self.steps(timeline, end: 300)
        #expect(found == ["removeDS at 252, known from 242"])
    }
}
