import DNSWire
import LapwingStore
import Testing

/// Who takes and gives which shards: a rule without clocks, so that every case is a row.
@Suite("Sharing domains among workers") struct SharingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var what: String
        var me: Int64 = 1
        var workers: [Sharing.Worker]
        /// Runs of shards and who holds them; 0 for nobody.
        var held: [(count: Int, by: Int64)]
        var desk: Int64 = 0
        var mayBury = true
        var taken = 0
        var given = 0
        var takesDesk = false
        var givesDesk = false
        var buried: Set<Int64> = []

        var testDescription: String { what }
        var holders: [Int64?] {
            held.flatMap { run in [Int64?](repeating: run.by == 0 ? nil : run.by, count: run.count) }
                + [desk == 0 ? nil : desk]
        }
    }

    private static func worker(
        _ number: Int64, age: Int64 = 500, clock: Int64 = 0, isGone: Bool = false
    ) -> Sharing.Worker { Sharing.Worker(number: number, age: age, clock: clock, isGone: isGone) }

    static let cases: [Case] = [
        Case(what: "the first takes everything", workers: [worker(1)], held: [(256, 0)], taken: 256, takesDesk: true),
        Case(what: "one that has everything does nothing", workers: [worker(1)], held: [(256, 1)], desk: 1),
        Case(
            what: "a second one comes: the first gives half", workers: [worker(1), worker(2)], held: [(256, 1)],
            desk: 1,
            given: 128),
        Case(
            what: "the second one waits until something is free", me: 2, workers: [worker(1), worker(2)],
            held: [(256, 1)], desk: 1),
        Case(
            what: "and takes what was let go", me: 2, workers: [worker(1), worker(2)], held: [(128, 1), (128, 0)],
            desk: 1,
            taken: 128),
        Case(
            what: "more is free than its share", me: 2, workers: [worker(1), worker(2), worker(3)],
            held: [(56, 1), (200, 0)], desk: 1, taken: 85),
        Case(
            what: "shares that do not come out even: the oldest has one more",
            workers: [worker(1), worker(2), worker(3)], held: [(128, 1), (128, 2)], desk: 1, given: 42),
        Case(
            what: "one that is silent for too long is buried, and its shards are free",
            workers: [worker(1), worker(2, age: 15_000)], held: [(128, 1), (128, 2)], desk: 2, taken: 128,
            takesDesk: true, buried: [2]),
        Case(
            what: "one that is silent for a moment is not", workers: [worker(1), worker(2, age: 14_999)],
            held: [(128, 1), (128, 2)], desk: 2),
        Case(
            what: "whoever was cut off itself buries nobody for silence",
            workers: [worker(1), worker(2, age: 60_000)], held: [(128, 1), (128, 2)], desk: 2, mayBury: false),
        Case(
            what: "a process that is known to have ended is not waited for",
            workers: [worker(1), worker(2, age: 100, isGone: true)], held: [(128, 1), (128, 2)], desk: 2,
            mayBury: false, taken: 128, takesDesk: true, buried: [2]),
        Case(
            what: "nobody buries itself", workers: [worker(1, age: 60_000)], held: [(256, 1)], desk: 1),
        Case(
            what: "what a worker holds that there is not is free", workers: [worker(1)], held: [(100, 1), (156, 9)],
            desk: 9, taken: 156, takesDesk: true),
        Case(
            what: "the desk stays where it is", me: 2, workers: [worker(1), worker(2)], held: [(128, 1), (128, 2)],
            desk: 1),
        Case(
            what: "whoever comes first has the desk", me: 2, workers: [worker(1), worker(2)],
            held: [(128, 1), (128, 2)], takesDesk: true),
        Case(
            what: "a clock that is an hour ahead stands back", workers: [worker(1, clock: 3_600_000), worker(2)],
            held: [(128, 1), (128, 2)], desk: 1, given: 128, givesDesk: true),
        Case(
            what: "so does one that is an hour behind", workers: [worker(1, clock: -3_600_000), worker(2)],
            held: [(256, 0)]),
        Case(
            what: "the others have its share", me: 2, workers: [worker(1, clock: 3_600_000), worker(2)],
            held: [(128, 0), (128, 2)], taken: 128, takesDesk: true),
        Case(
            what: "where no clock agrees with the server's, the server's is wrong",
            workers: [worker(1, clock: 3_600_000), worker(2, clock: 3_600_500)], held: [(128, 0), (128, 2)], taken: 128,
            takesDesk: true),
        Case(
            what: "a minute is near enough", workers: [worker(1, clock: 60_000), worker(2)],
            held: [(128, 1), (128, 2)],
            desk: 1),
        Case(
            what: "more workers than shards: some have none", me: 300, workers: (1...300).map { worker($0) },
            held: [(256, 0)], desk: 1),
    ]

    @Test("who takes and gives what", arguments: cases)
    func decides(_ one: Case) {
        let decision = Sharing.decide(
            for: one.me, workers: one.workers, holders: one.holders, mayBury: one.mayBury)
        #expect(decision.buried == one.buried)
        #expect(decision.taken.count { $0 != Shard.desk } == one.taken)
        #expect(decision.given.count { $0 != Shard.desk } == one.given)
        #expect(decision.taken.contains(Shard.desk) == one.takesDesk)
        #expect(decision.given.contains(Shard.desk) == one.givesDesk)
        #expect(decision.given.allSatisfy { one.holders[$0] == one.me }, "gives what is not its own")
        #expect(Set(decision.taken).count == decision.taken.count)
    }

    /// The random numbers of Knuth's MMIX, so that each run is the same.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test(
        "whatever comes and goes, in the end each shard has one holder and nobody has more than his share",
        arguments: 1...40)
    func converges(_ seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 7919)
        var workers: [Sharing.Worker] = []
        var holders = [Int64?](repeating: nil, count: Shard.count + 1)
        for number in 1...Int64(12) {
            workers.append(Self.worker(number, clock: Int.random(in: 0..<6, using: &dice) == 0 ? 90_000 : 0))
            if workers.count > 1, Bool.random(using: &dice) {
                workers.remove(at: Int.random(in: workers.indices, using: &dice))
            }
            // Some of them have their turn before the next one comes or goes.
            for _ in 0..<Int.random(in: 0...4, using: &dice) {
                if let one = workers.randomElement(using: &dice) { Self.step(one.number, workers, &holders) }
            }
        }
        for _ in 0..<4 { for one in workers.shuffled(using: &dice) { Self.step(one.number, workers, &holders) } }
        let able = workers.filter { $0.clock == 0 }.isEmpty ? workers : workers.filter { $0.clock == 0 }
        let counts = able.map { one in holders.dropLast().count { $0 == one.number } }
        #expect(counts.reduce(0, +) == Shard.count && (counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "\(counts)")
        #expect(able.contains { $0.number == holders[Shard.desk] })
        let before = holders
        for one in workers { Self.step(one.number, workers, &holders) }
        #expect(holders == before, "it does not come to rest")
    }

    private static func step(_ me: Int64, _ workers: [Sharing.Worker], _ holders: inout [Int64?]) {
        let decision = Sharing.decide(for: me, workers: workers, holders: holders, mayBury: true)
        for shard in decision.taken { holders[shard] = me }
        for shard in decision.given { holders[shard] = nil }
    }

    @Test(
        "a domain has one shard however it is written, and it is part of every store",
        arguments: [
            ("example.com.", 182), ("EXAMPLE.com.", 182), (".", 147), ("example.org.", 227),
        ])
    func shards(_ name: String, _ shard: Int) throws {
        #expect(Shard.of(try Name(name)) == shard)
    }

    @Test("domains are spread evenly")
    func spread() throws {
        var counts = [Int](repeating: 0, count: Shard.count)
        for number in 0..<25_600 { counts[Shard.of(try Name("domain-\(number).example."))] += 1 }
        #expect((counts.min() ?? 0) > 50 && (counts.max() ?? 0) < 150)
    }
}
