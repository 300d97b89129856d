import LapwingCore
import LapwingEngine
import Testing

@Suite("Whether the wall clock may decide what is old")
struct ClockTrustTests {
    static let now = Timestamp(seconds: 1_790_000_000)
    static let day: Int64 = 86_400

    @Test(
        "believed at once only where it follows what was written last",
        arguments: [(nil, true), (0, true), (29, true), (-400, true), (31, false), (5000, false)] as [(Int64?, Bool)])
    func start(_ daysAhead: Int64?, _ isBelieved: Bool) {
        let latest = daysAhead.map { Self.now.adding(seconds: -$0 * Self.day) }
        var trust = ClockTrust(latest: latest, wall: Self.now, steady: Self.now, offset: 0)
        let answer1 = trust.holds(steady: Self.now, offset: 0)
        #expect(answer1 == isBelieved)
        let answer2 = trust.holds(steady: Self.now.adding(seconds: Self.day), offset: 0)
        #expect(answer2)
    }

    @Test("one that was set has to run for a day", arguments: [-2, 2, 5000] as [Int64])
    func step(_ days: Int64) {
        var trust = ClockTrust(latest: nil, wall: Self.now, steady: Self.now, offset: 0)
        let offset = days * Self.day * 1000
        let answer3 = trust.holds(steady: Self.now, offset: offset)
        #expect(!answer3)
        let answer4 = trust.holds(steady: Self.now.adding(seconds: Self.day - 1), offset: offset)
        #expect(!answer4)
        let answer5 = trust.holds(steady: Self.now.adding(seconds: Self.day), offset: offset)
        #expect(answer5)
    }
}
