import LapwingCore
import Testing

@Suite struct RegistrationOrderTests {
    /// The order of ``RegistrationPace`` as one would write it down: all domains of a server are looked at.
    struct Plain {
        struct Entry {
            var server: Int
            var end: Timestamp?
            var lastLook: Timestamp?
            var failures: Int64 = 0
            var isUrgent = false
            var isAsked = false
        }

        var entries: [Int: Entry] = [:]
        /// Nothing was wanted; a server is not looked at again before this.
        var idleUntil: [Int: Timestamp] = [:]

        func wanted(of server: Int, at now: Timestamp, wall: Timestamp) -> Int? {
            var best: (group: Int, lateness: Int64, id: Int)?
            for (id, entry) in entries where entry.server == server && !entry.isAsked {
                let interval = RegistrationPace.interval(end: entry.end, failures: entry.failures, at: wall)
                let waited = entry.lastLook.map { now.milliseconds - $0.milliseconds }
                if !entry.isUrgent, let waited, waited < interval * 1000 { continue }
                let usual = RegistrationPace.interval(end: entry.end, failures: 0, at: wall)
                let days = entry.end.map { $0.seconds(since: wall) / 86_400 }
                let late = waited.map { $0 * (86_400 / usual) } ?? .max
                var group = entry.isUrgent ? 0 : days.map { $0 < 7 ? 1 : $0 < 30 ? 2 : 3 } ?? 4
                if group > 2, waited != nil, late > 4 * 86_400_000 { group = 2 }
                let rank = (group, -late, id)
                if best.map({ rank < ($0.group, -$0.lateness, $0.id) }) ?? true { best = (group, late, id) }
            }
            return best?.id
        }
    }

    @Test(
        "who is asked next is who comes first among all, whatever happens in between",
        arguments: 1...12 as ClosedRange<UInt64>)
    func order(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func any(_ bound: Int64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % bound
        }
        let day: Int64 = 86_400
        var pace = RegistrationPace(standard: .init(perDay: RegistrationPace.Budget.most))
        var plain = Plain()
        var now = Timestamp(seconds: 1_800_000_000)
        var offset: Int64 = 0
        var asked: [Int] = []
        for _ in 0..<3000 {
            now = now.adding(seconds: any(4) == 0 ? any(day / 2) + 1 : any(600) + 1)
            if any(100) == 0 { offset += any(60 * day) - 30 * day }
            let wall = now.adding(seconds: offset)
            for _ in 0..<any(4) {
                let id = Int(any(60))
                switch any(12) {
                case 0...5:
                    let server = Int(any(2))
                    let end: Timestamp? = any(5) == 0 ? nil : wall.adding(seconds: any(40 * day))
                    let last: Timestamp? = any(4) == 0 ? nil : now.adding(seconds: -any(6 * day))
                    pace.set(id, server: "server\(server)", end: end, lastLook: last)
                    plain.entries[id] = .init(server: server, end: end, lastLook: last)
                    plain.idleUntil[server] = nil
                case 6:
                    pace.remove(id)
                    plain.entries[id] = nil
                case 7...8:
                    pace.hurry(id)
                    plain.entries[id]?.isUrgent = true
                    if let entry = plain.entries[id] { plain.idleUntil[entry.server] = nil }
                default: break
                }
            }
            for id in asked where any(3) > 0 {
                asked.removeAll { $0 == id }
                guard let entry = plain.entries[id] else { continue }
                plain.entries[id]?.isAsked = false
                plain.entries[id]?.lastLook = now
                if any(3) == 0 {
                    pace.failed(id, at: now)
                    plain.entries[id]?.failures = min(entry.failures + 1, 16)
                } else {
                    let end = any(6) == 0 ? wall.adding(seconds: any(400 * day)) : entry.end
                    pace.answered(id, end: end, at: now)
                    plain.entries[id]?.failures = 0
                    plain.entries[id]?.end = end
                }
            }
            var wanted: [Int] = []
            for server in 0..<2 where plain.idleUntil[server].map({ $0 <= now }) ?? true {
                guard let id = plain.wanted(of: server, at: now, wall: wall) else {
                    plain.idleUntil[server] = now.adding(seconds: 30)
                    continue
                }
                plain.entries[id]?.isAsked = true
                plain.entries[id]?.isUrgent = false
                wanted.append(id)
            }
            try #require(pace.due(at: now, wall: wall) == wanted)
            asked += wanted
        }
    }

    @Test("a large registry is not looked through for each question")
    func manyDomains() {
        var pace = RegistrationPace(standard: .init(perDay: RegistrationPace.Budget.most))
        let start = Timestamp(seconds: 1_800_000_000)
        let domains = 50_000
        for id in 0..<domains {
            pace.set(
                id, server: "one", end: start.adding(seconds: Int64(id % 700 + 2) * 86_400),
                lastLook: start.adding(seconds: -86_400 * 2 - Int64(id)))
        }
        var asked: Set<Int> = []
        // As many looks as would take a day if each looked through all of them.
        for second in Int64(0)..<10_000 {
            let now = start.adding(seconds: second)
            for id in pace.due(at: now, wall: now) {
                asked.insert(id)
                pace.answered(id, end: start.adding(seconds: Int64(id % 700 + 2) * 86_400), at: now)
            }
        }
        #expect(asked.count == 10_000)
    }

    @Test("a heap gives the least first, whatever went in and out before")
    func heap() {
        var heap = Heap<Int>()
        var plain: [Int] = []
        var state: UInt32 = 7
        for _ in 0..<5000 {
            state = state &* 1_664_525 &+ 1_013_904_223
            let value = Int(state >> 20)
            switch value % 7 {
            case 0...3:
                heap.add(value)
                plain.append(value)
            case 4, 5:
                let least = plain.min()
                #expect(heap.removeFirst() == least)
                if let least, let place = plain.firstIndex(of: least) { plain.remove(at: place) }
            default:
                heap.removeAll { $0 % 5 == value % 5 && $0 % 3 == 0 }
                plain.removeAll { $0 % 5 == value % 5 && $0 % 3 == 0 }
            }
            #expect(heap.count == plain.count && heap.first == plain.min())
        }
    }
}
