import LapwingCore
import Testing

@Suite struct RegistrationPaceTests {
    static let start = Timestamp(seconds: 1_800_000_000)

    @Test("no server gets more than its budget, and domains near their end come first")
    func tenThousandDomains() {
        var pace = RegistrationPace()
        var ends: [Int: Timestamp] = [:]
        var servers: [Int: String] = [:]
        pace.setBudgets(
            Dictionary(
                uniqueKeysWithValues: (0..<40).map {
                    ("server\($0)", RegistrationPace.Budget(perDay: $0 == 0 ? 2880 : 720))
                }))
        for id in 0..<10_000 {
            // Half of all domains are at one registry, as they are in the world.
            let server = id % 2 == 0 ? "server0" : "server\(id / 2 % 39 + 1)"
            let end = Self.start.adding(seconds: Int64(id * 7919 % 700 + 2) * 86_400)
            ends[id] = end
            servers[id] = server
            pace.set(id, server: server, end: end, lastLook: Self.start.adding(seconds: -Int64(id * 31 % 86_400)))
        }
        var asked: [Int: [Timestamp]] = [:]
        var perServer: [String: [Int64]] = [:]
        var lateBeforeEarly = 0
        let soon = near(ends)
        let days: Int64 = 3
        for second in stride(from: Int64(0), to: days * 86_400, by: 30) {
            let now = Self.start.adding(seconds: second)
            for id in pace.due(at: now, wall: now) {
                if (ends[id] ?? now).seconds(since: now) >= 30 * 86_400, id % 2 == 0 {
                    lateBeforeEarly += asked.isWaiting(soon, at: now) ? 1 : 0
                }
                asked[id, default: []].append(now)
                perServer[servers[id] ?? "", default: []].append(second)
                // Every tenth answer or so fails.
                if (second / 30 &* 7919 + Int64(id) &* 104_729) % 10 == 0 {
                    pace.failed(id, at: now)
                } else {
                    pace.answered(id, end: ends[id], at: now)
                }
            }
        }
        var fullest = 0
        for (server, seconds) in perServer {
            let budget = server == "server0" ? 2880 : 720
            for day in 0..<days {
                let looks = seconds.count { $0 / 86_400 == day }
                #expect(looks <= budget)
                fullest = max(fullest, looks * 1000 / budget)
            }
            // Spread over the day: no hour holds more than its share and one.
            for hour in 0..<(days * 24) { #expect(seconds.count { $0 / 3600 == hour } <= budget / 24 + 1) }
        }
        #expect(!soon.isEmpty)
        for id in soon {
            let times = asked[id] ?? []
            #expect(times.count >= 4 * Int(days) - 1, "four looks a day in the last week")
            let gaps = zip(times, times.dropFirst()).map { $1.seconds(since: $0) }
            #expect((gaps.max() ?? .max) < 7 * 3600)
        }
        #expect(lateBeforeEarly == 0, "a domain with time to spare came before one near its end")
        // The rest is not forgotten, though the large registry bears 2880 questions a day for 5000 domains.
        let whenAll = asked.values.compactMap(\.first).max().map { $0.seconds(since: Self.start) } ?? .max
        print(
            "10,000 domains: \(asked.count) asked, the last of them after \(whenAll / 3600) h; fullest server",
            "\(Double(fullest) / 10) % of its budget; \(soon.count) near their end")
        #expect(asked.count == 10_000)
    }

    /// Domains of the large registry in their last week.
    private func near(_ ends: [Int: Timestamp]) -> [Int] {
        ends.filter { $0.key % 2 == 0 && $0.value.seconds(since: Self.start) < 7 * 86_400 }.map(\.key)
    }

    @Test("a reason from the DNS comes before everything else")
    func urgency() {
        var pace = RegistrationPace()
        let now = Self.start
        let yesterday = now.adding(seconds: -2 * 86_400)
        for id in 0..<100 { pace.set(id, server: "one", end: now.adding(seconds: 86_400), lastLook: yesterday) }
        pace.set(100, server: "one", end: now.adding(seconds: 400 * 86_400), lastLook: now.adding(seconds: -60))
        pace.hurry(100)
        #expect(pace.due(at: now, wall: now) == [100])
        #expect(
            pace.due(at: now.adding(seconds: 1), wall: now.adding(seconds: 1)).isEmpty,
            "the budget holds for urgent looks as well")
    }

    @Test("a limit silences the server for as long as it says, and keeps what is known")
    func limit() {
        var pace = RegistrationPace()
        let now = Self.start
        let end = now.adding(seconds: 3 * 86_400)
        pace.set(1, server: "one", end: end, lastLook: nil)
        pace.set(2, server: "one", end: end, lastLook: nil)
        #expect(pace.due(at: now, wall: now) == [1])
        pace.failed(1, at: now, wait: 3600)
        #expect(pace.due(at: now.adding(seconds: 3599), wall: now.adding(seconds: 3599)).isEmpty)
        #expect(pace.due(at: now.adding(seconds: 3600), wall: now.adding(seconds: 3600)) == [2])
        #expect(pace.nextWake == now.adding(seconds: 3620))
    }

    @Test("the first looks at a dozen domains come within seconds, and what was asked ahead is saved up for")
    func burst() {
        var pace = RegistrationPace()
        for id in 0..<40 { pace.set(id, server: "one", end: nil, lastLook: nil) }
        var asked: [Int64] = []
        for second in Int64(0)..<3600 {
            let now = Self.start.adding(seconds: second)
            for id in pace.due(at: now, wall: now) {
                asked.append(second)
                pace.answered(id, end: nil, at: now)
            }
        }
        #expect(Array(asked.prefix(13)) == Array(0..<12) + [20], "a dozen, then the pace")
        #expect(zip(asked.dropFirst(12), asked.dropFirst(13)).allSatisfy { $1 - $0 == 20 })
        #expect(asked.count == 40)
    }

    @Test("a look that is not the first keeps to the pace, also after a quiet day")
    func noBurstLater() {
        var pace = RegistrationPace()
        for id in 0..<40 {
            pace.set(id, server: "one", end: nil, lastLook: Self.start.adding(seconds: -3 * 86_400))
        }
        var asked: [Int64] = []
        for second in Int64(0)..<200 {
            let now = Self.start.adding(seconds: second)
            asked += pace.due(at: now, wall: now).map { _ in second }
        }
        #expect(asked == Array(stride(from: 0, to: 200, by: 20)))
    }

    @Test("a limit ends a burst, and a server that bears little gets a short one")
    func burstMeetsLimit() {
        var pace = RegistrationPace()
        pace.setBudgets(["small": RegistrationPace.Budget(perDay: 96)])
        for id in 0..<10 { pace.set(id, server: "small", end: nil, lastLook: nil) }
        for id in 10..<20 { pace.set(id, server: "strict", end: nil, lastLook: nil) }
        var asked: [Int: Int] = [:]
        for second in Int64(0)..<600 {
            let now = Self.start.adding(seconds: second)
            for id in pace.due(at: now, wall: now) {
                asked[id / 10, default: 0] += 1
                if id >= 10 { pace.failed(id, at: now, wait: 3600) } else { pace.answered(id, end: nil, at: now) }
            }
        }
        #expect(asked == [0: 2, 1: 1])
    }

    @Test(
        "what a registry grants is kept to the question, however it divides the day",
        arguments: [1, 7, 500, 4320, 20_000, 50_000, 86_400, 1_000_000] as [Int64])
    func granted(_ perDay: Int64) {
        var pace = RegistrationPace()
        let granted = min(perDay, 86_400)
        // A day where that is few questions, and an hour of it otherwise.
        let hours: Int64 = perDay < 1000 ? 24 : 1
        // Said after the domains are known, as by a changed configuration.
        for id in 0..<Int(granted * hours / 24 + 10) {
            pace.set(id, server: "one", end: nil, lastLook: Self.start.adding(seconds: -3 * 86_400))
        }
        pace.setBudgets(["one": RegistrationPace.Budget(perDay: perDay)])
        var asked: Int64 = 0
        for second in Int64(0)..<hours * 3600 {
            let now = Self.start.adding(seconds: second)
            for id in pace.due(at: now, wall: now) {
                asked += 1
                pace.remove(id)
            }
        }
        // The first comes at once.
        let share = granted * hours / 24
        #expect((share...share + 1).contains(asked), "\(asked) of \(share)")
    }

    @Test(
        "failures wait longer each time, up to a day",
        arguments: [(1, 900), (2, 1800), (3, 3600), (6, 28_800), (8, 86_400), (16, 86_400)] as [(Int64, Int64)])
    func backOff(_ failures: Int64, _ seconds: Int64) {
        #expect(RegistrationPace.interval(end: nil, failures: failures, at: Self.start) == seconds)
    }
}

extension [Int: [Timestamp]] {
    /// Whether one of these domains was due for its six-hourly look more than ten minutes ago.
    fileprivate func isWaiting(_ ids: [Int], at now: Timestamp) -> Bool {
        ids.contains { id in self[id]?.last.map { now.seconds(since: $0) > 6 * 3600 + 600 } ?? false }
    }
}
