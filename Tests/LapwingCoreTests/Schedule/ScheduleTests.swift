import DNSWire
import LapwingCore
import Testing

@Suite("Schedule")
struct ScheduleTests {
    @Test("slots do not drift, however late a round is")
    func noDrift() {
        var schedule = Schedule(at: Timestamp(seconds: 1000))
        schedule.set(1, interval: 300, phase: 7, firstAfter: 0, at: Timestamp(seconds: 1000))
        #expect(schedule.due(at: Timestamp(seconds: 1000)).map(\.id) == [1])
        #expect(schedule.nextWake == Timestamp(seconds: 1207))
        let late = schedule.due(at: Timestamp(seconds: 1300))
        #expect(late.map(\.late) == [93])
        #expect(schedule.nextWake == Timestamp(seconds: 1507))
    }

    @Test("a watch that was moved has one turn only")
    func moved() {
        var schedule = Schedule(at: Timestamp(seconds: 0))
        schedule.set(1, interval: 10, phase: 0, firstAfter: 5, at: Timestamp(seconds: 0))
        schedule.set(1, interval: 10, phase: 3, firstAfter: 8, at: Timestamp(seconds: 0))
        var turns: [Int64] = []
        for second in 0...40 where !schedule.due(at: Timestamp(seconds: Int64(second))).isEmpty {
            turns.append(Int64(second))
        }
        #expect(turns == [8, 13, 23, 33])
    }

    @Test("after a sleep of the machine the watches come spread, and then in their own slots")
    func sleep() {
        var schedule = Schedule(at: Timestamp(seconds: 0))
        for id in 0..<1000 {
            schedule.set(id, interval: 300, phase: Int64(id) % 300, firstAfter: 300, at: Timestamp(seconds: 0))
        }
        _ = schedule.due(at: Timestamp(seconds: 299))
        var turns: [Int: [Int64]] = [:]
        var most = 0
        for second in 28_800..<30_000 as Range<Int64> {
            let due = schedule.due(at: Timestamp(seconds: second))
            most = max(most, due.count)
            for (id, _) in due { turns[id, default: []].append(second) }
        }
        #expect(most <= 200 + 4, "those after the sleep, and those whose slot it is")
        #expect(turns.count == 1000 && turns.values.allSatisfy { (4...5).contains($0.count) && $0[0] < 28_806 })
        #expect(turns.allSatisfy { id, seconds in seconds.dropFirst().allSatisfy { $0 % 300 == Int64(id) % 300 } })
    }

    @Test("a removed watch is never due")
    func removed() {
        var schedule = Schedule(at: Timestamp(seconds: 0))
        schedule.set(1, interval: 10, phase: 0, firstAfter: 0, at: Timestamp(seconds: 0))
        schedule.remove(1)
        #expect(schedule.due(at: Timestamp(seconds: 100)).isEmpty)
    }

    @Test("phases of many domains are spread evenly")
    func phases() throws {
        var counts = [Int](repeating: 0, count: 30)
        for number in 0..<30_000 {
            let phase = Phase.seconds(of: try Name("domain\(number).example"), interval: 300)
            counts[Int(phase / 10)] += 1
        }
        let least = try #require(counts.min())
        let most = try #require(counts.max())
        #expect(least > 850 && most < 1150)
    }
}
