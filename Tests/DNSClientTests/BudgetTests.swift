import DNSWire
import Synchronization
import Testing

import DNSClient

/// How many questions a second go out.
@Suite struct BudgetTests {
    @Test("a rate is never exceeded over a second, and nothing goes out in a burst", arguments: [1.0, 30, 500, 20_000])
    func rate(perSecond: Double) {
        var now = Monotonic.milliseconds(7)
        var rate = QuestionRate(rate: perSecond, at: now)
        var sent: [(at: Monotonic, count: Int)] = []
        // Looked at in uneven steps, with a long silence in between.
        for step in 0..<20_000 {
            let count = rate.allowance(at: now)
            #expect(count <= max(1, Int(perSecond * 0.05)))
            rate.spend(count)
            sent.append((now, count))
            now = now + (step == 10_000 ? .milliseconds(60_000) : Monotonic(nanoseconds: Int64(step % 7) * 300_000))
        }
        var (first, inSecond, most) = (0, 0, 0)
        for place in sent.indices {
            inSecond += sent[place].count
            while sent[place].at - sent[first].at >= .milliseconds(1000) {
                inSecond -= sent[first].count
                first += 1
            }
            most = max(most, inSecond)
        }
        #expect(Double(most) <= perSecond * 1.05 + 1)
        #expect(Double(most) >= min(perSecond * 0.95, 1))
    }

    @Test("the wait that is named is the shortest after which a question may go out")
    func wait() {
        let start = Monotonic.milliseconds(50)
        var rate = QuestionRate(rate: 10, at: start)
        #expect(rate.allowance(at: start) == 1)
        rate.spend()
        #expect(rate.allowance(at: start) == 0)
        let due = start + rate.wait
        #expect(rate.allowance(at: Monotonic(nanoseconds: due.nanoseconds - 1_000)) == 0)
        #expect(rate.allowance(at: due + Monotonic(nanoseconds: 1_000)) == 1)
        // What had to go out anyway, such as repetitions, is paid for by those after it.
        rate.spend(5)
        #expect(rate.wait > .milliseconds(400))
    }

    /// Outcomes of each second, whether they are trouble, and the part of the budget that is left afterwards.
    static let outcomes: [(title: String, seconds: [(good: Int, bad: Int)], left: Double)] = [
        ("all well", [(100, 0), (100, 0)], 1),
        ("one broken zone among many", [(95, 5), (95, 5), (95, 5)], 1),
        ("half of it fails", [(50, 50)], 0.5),
        ("all of it fails, for long", Array(repeating: (0, 100), count: 20), ServerRate.least),
        ("too few to judge by", [(0, 5), (0, 5)], 1),
        ("it comes back", [(0, 100), (100, 0)], 0.625),
        ("it comes back in whole", [(0, 100)] + Array(repeating: (100, 0), count: 4), 1),
    ]

    @Test("a server that fails much of what it is asked is asked less", arguments: outcomes.indices)
    func backOff(place: Int) {
        let outcome = Self.outcomes[place]
        var now = Monotonic.milliseconds(3)
        var rate = ServerRate(budget: 1000, at: now)
        for second in outcome.seconds {
            let all = second.good + second.bad
            for number in 0..<all {
                now = now + Monotonic(nanoseconds: 1_000_000_000 / Int64(all) + 1)
                rate.note(isTrouble: number < second.bad, at: now)
            }
        }
        #expect(rate.share == outcome.left, "\(outcome.title)")
    }

    private static func client(all: Int? = nil, each: Int? = nil) -> DNSClient {
        var configuration = DNSClient.Configuration()
        configuration.budgets = QuestionBudgets(inAll: all) { _ in each }
        return DNSClient(configuration: configuration)
    }

    private static func questions(_ count: Int, at servers: [ServerAddress]) throws -> [BatchQuestion] {
        var options = QueryOptions()
        options.timeout = .seconds(2)
        return try (0..<count).map {
            BatchQuestion(
                name: try Name("n\($0).test"), type: .a, server: servers[$0 % servers.count], options: options)
        }
    }

    private static func isAnswered(_ answer: BatchAnswer) -> Bool {
        if case .answer = answer.outcome { true } else { false }
    }

    @Test("questions above the budget of a server wait, and all are answered")
    func perServer() async throws {
        let (slow, free) = (try ScriptedServer { $0.usual }, try ScriptedServer { $0.usual })
        defer { slow.stop(); free.stop() }
        var configuration = DNSClient.Configuration()
        configuration.budgets = QuestionBudgets(inAll: nil) { _ in 100 }
        let client = DNSClient(configuration: configuration)
        let clock = ContinuousClock()
        let began = clock.now
        let answers = await client.ask(try Self.questions(105, at: [slow.address]))
        // Five at once, and a hundred a second after that.
        #expect(clock.now - began >= .milliseconds(950))
        #expect(answers.allSatisfy(Self.isAnswered))
        // The time that they waited is none that the server took.
        #expect(answers.allSatisfy { $0.elapsed < .milliseconds(900) })
        // Counted by the thread that sends, which may be a moment behind.
        while client.held.waiting > 0, clock.now - began < .seconds(20) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(client.held.waiting == 0)
        await client.shutdown()
    }

    @Test("the budget in all is shared by all servers")
    func inAll() async throws {
        let servers = try (0..<4).map { _ in try ScriptedServer { $0.usual } }
        defer { servers.forEach { $0.stop() } }
        let client = Self.client(all: 100)
        let clock = ContinuousClock()
        let began = clock.now
        let answers = await client.ask(try Self.questions(105, at: servers.map(\.address)))
        #expect(clock.now - began >= .milliseconds(950))
        #expect(answers.allSatisfy(Self.isAnswered))
        // None of them is kept waiting for the others to be done.
        #expect(servers.map(\.queries).min() ?? 0 >= 26)
        await client.shutdown()
    }

    @Test("questions one after the other share a budget too, by datagrams and by streams", arguments: [false, true])
    func oneAfterTheOther(byStream: Bool) async throws {
        let server = try ScriptedServer { $0.usual }
        defer { server.stop() }
        let client = Self.client(each: 20)
        let clock = ContinuousClock()
        let began = clock.now
        var options = QueryOptions()
        if byStream { options.transport = .tcp }
        for _ in 0..<11 { _ = await client.query(try Name("a.test"), .a, at: server.address, options: options) }
        #expect(clock.now - began >= .milliseconds(450))
        await client.shutdown()
    }

    @Test("other budgets hold at once, also for what waits")
    func change() async throws {
        let server = try ScriptedServer { $0.usual }
        defer { server.stop() }
        let client = Self.client(each: 1)
        let clock = ContinuousClock()
        let began = clock.now
        async let answers = client.ask(try Self.questions(100, at: [server.address]))
        while client.held.waiting < 50, clock.now - began < .seconds(20) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(client.held.waiting >= 50)
        client.setBudgets(QuestionBudgets(inAll: nil) { _ in nil })
        #expect(try await answers.allSatisfy(Self.isAnswered))
        // By the first budget it would have been a hundred seconds.
        #expect(clock.now - began < .seconds(60))
        await client.shutdown()
    }

    @Test("a server that refuses everything is said to be slowed")
    func slowed() async throws {
        let server = try ScriptedServer { query in [.send(query.reply(responseCode: .refused))] }
        defer { server.stop() }
        let client = Self.client(each: 200)
        _ = await client.ask(try Self.questions(300, at: [server.address]))
        let share = server.address.address.flatMap { client.held.slowed[$0] }
        #expect(share.map { $0 < 1 } == true)
        await client.shutdown()
    }

    @Test("what is given up while it waits ends")
    func cancelled() async throws {
        let server = try ScriptedServer { $0.usual }
        defer { server.stop() }
        let client = Self.client(each: 1)
        let task = Task { await client.ask(try Self.questions(50, at: [server.address])) }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        let answers = try await task.value
        #expect(answers.count == 50 && answers.filter(Self.isAnswered).count < 3)
        #expect(server.queries < 4)
        await client.shutdown()
    }
}
