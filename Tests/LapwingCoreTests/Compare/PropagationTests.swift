import DNSWire
import LapwingCore
import Testing

/// What is waited for, whom that makes ask, and what is said of when it will be there.
@Suite struct PropagationTests {
    private static let began = Timestamp(seconds: 1_800_000_000)
    private static let server = address("192.0.2.53", "ns1.example.com.")
    private static let second = address("192.0.2.54", "ns2.example.com.")
    private static let google = Source.resolver("google")

    private static func address(_ text: String, _ host: String) -> Source {
        guard let address = IPAddress(text), let name = try? Name(host) else { return .resolver("broken") }
        return .authority(host: name, address: address)
    }

    private func key(_ name: String, _ type: RecordType = .a) throws -> RecordSetKey {
        RecordSetKey(try Name(name), type)
    }

    private func moment(_ seconds: Int64) -> Timestamp { Self.began.adding(seconds: seconds) }

    private func answer(
        _ values: [String], type: RecordType = .a, ttl: UInt32 = 300, at seconds: Int64 = 0
    ) throws -> Answer {
        var answer = Answer(outcome: values.isEmpty ? .noData : .data, at: moment(seconds))
        answer.authoritative = true
        answer.records = try values.map {
            Record(name: try Name("www.example.com."), ttl: ttl, data: try RecordData(type: type, text: $0))
        }
        return answer
    }

    private func denial(minimum: UInt32, ttl: UInt32, at seconds: Int64 = 0) throws -> Answer {
        var answer = Answer(outcome: .nxDomain, at: moment(seconds))
        answer.authority = [
            Record(
                name: try Name("example.com."), ttl: ttl,
                data: try RecordData(
                    type: .soa, text: "ns1.example.com. host.example.com. 1 7200 900 1209600 \(minimum)"))
        ]
        return answer
    }

    private func wait(
        _ values: [String] = ["192.0.2.7"], scope: PropagationWait.Scope = .everywhere,
        servers: [Source] = [Self.server], resolvers: [String] = ["google"]
    ) throws -> PropagationWait {
        let awaited = try AwaitedSet(key: key("www.example.com."), condition: .contains, texts: values)
        var wait = PropagationWait(awaited, scope: scope, resolvers: resolvers, began: Self.began)
        wait.find(servers)
        return wait
    }

    // MARK: What is there

    @Test(arguments: [
        (AwaitedSet.Condition.contains, ["192.0.2.7"], ["192.0.2.7", "192.0.2.8"], true),
        (.contains, ["192.0.2.7", "192.0.2.9"], ["192.0.2.7", "192.0.2.8"], false),
        (.exactly, ["192.0.2.8", "192.0.2.7"], ["192.0.2.7", "192.0.2.8"], true),
        (.exactly, ["192.0.2.7"], ["192.0.2.7", "192.0.2.8"], false),
        (.exists, [], ["192.0.2.1"], true), (.exists, [], [], false),
        (.absent, [], [], true), (.absent, [], ["192.0.2.1"], false),
        (.absent, ["192.0.2.1"], ["192.0.2.2"], true), (.absent, ["192.0.2.1"], ["192.0.2.1", "192.0.2.2"], false),
    ])
    func conditions(_ condition: AwaitedSet.Condition, _ wanted: [String], _ given: [String], _ holds: Bool) throws {
        let awaited = try AwaitedSet(key: key("www.example.com."), condition: condition, texts: wanted)
        #expect(awaited.holds(in: try answer(given)) == holds)
    }

    @Test(arguments: [
        ("abc-_DEF", "\"abc-_DEF\"", true), ("abc-_DEF", "\"abc-\" \"_DEF\"", true),
        ("\"two words\"", "\"two words\"", true),
        ("two words", "\"two words\"", true), ("v=spf1 a -all", "\"v=spf1 a\" \" -all\"", true),
        ("abc", "\"ABC\"", false), ("say \\\"x\\\"", "\"say \\\\\\\"x\\\\\\\"\"", true), ("-dash", "\"-dash\"", true),
        (";x", "\";x\"", true),
    ])
    func textsNeedNoQuotes(_ typed: String, _ served: String, _ holds: Bool) throws {
        let awaited = try AwaitedSet(key: key("www.example.com.", .txt), condition: .contains, texts: [typed])
        #expect(awaited.holds(in: try answer([served], type: .txt)) == holds)
    }

    @Test func caseOfNamesDoesNotMatter() throws {
        let awaited = try AwaitedSet(
            key: key("www.example.com.", .mx), condition: .exactly, texts: ["10 Mail.Example.com"])
        #expect(awaited.holds(in: try answer(["10 mail.example.COM."], type: .mx)) == true)
    }

    @Test(arguments: [
        Answer.Outcome.timeout, .unreachable, .malformed, .referral, .failure(.servFail), .failure(.refused),
    ])
    func whatSettlesNothingIsNeitherThereNorMissing(_ outcome: Answer.Outcome) throws {
        var wait = try wait()
        wait.receive(Answer(outcome: outcome, at: moment(0)), from: Self.server, at: moment(0))
        #expect(!wait.isDone(at: moment(0)))
        #expect(!wait.isMissing)
        #expect(wait.forecast(at: moment(0)) == .open)
        #expect(wait.standings[0].state == .unknown)
    }

    @Test func aServerNeverAskedIsNotThere() throws {
        var wait = try wait(servers: [])
        #expect(!wait.isDone(at: moment(0)))
        #expect(wait.due(at: moment(0)).isEmpty, "no resolver before a server")
        #expect(wait.forecast(at: moment(0)) == .open)
        wait = try self.wait(resolvers: [])
        #expect(!wait.isDone(at: moment(0)))
    }

    // MARK: Whom it asks

    @Test func resolversAreAskedWhenTheServersHaveIt() throws {
        var wait = try wait(servers: [Self.server, Self.second])
        #expect(wait.due(at: moment(0)) == [Self.server, Self.second])
        wait.receive(try answer(["192.0.2.7"]), from: Self.server, at: moment(0))
        wait.receive(try answer(["192.0.2.1"]), refresh: 7200, from: Self.second, at: moment(0))
        #expect(wait.due(at: moment(1)).isEmpty)
        #expect(wait.due(at: moment(2)) == [Self.second], "not faster than every two seconds")
        wait.receive(try answer(["192.0.2.7"]), from: Self.second, at: moment(2))
        #expect(wait.due(at: moment(2)) == [Self.google])
    }

    @Test func aServerThatIsSilentDoesNotKeepResolversFromBeingAsked() throws {
        var wait = try wait(servers: [Self.server, Self.second])
        wait.receive(try answer(["192.0.2.7"]), from: Self.server, at: moment(0))
        wait.receive(Answer(outcome: .timeout, at: moment(0)), from: Self.second, at: moment(3))
        #expect(wait.due(at: moment(3)) == [Self.google])
        wait.receive(try answer(["192.0.2.7"]), from: Self.google, at: moment(3))
        #expect(!wait.isDone(at: moment(3)))
        #expect(!wait.isMissing, "nobody says that it is missing")
    }

    @Test func aCacheIsAskedWhenItsTimeIsOver() throws {
        var wait = try wait(scope: .resolvers)
        wait.receive(try answer(["192.0.2.1"], ttl: 12), from: Self.google, at: moment(0))
        #expect(wait.due(at: moment(12)).isEmpty)
        #expect(wait.due(at: moment(13)) == [Self.google])
        wait.receive(try answer(["192.0.2.1"], ttl: 3000, at: 13), from: Self.google, at: moment(13))
        #expect(wait.due(at: moment(42)).isEmpty)
        #expect(wait.due(at: moment(43)) == [Self.google], "a look now and then before")
        wait.receive(try answer(["192.0.2.1"], ttl: 0, at: 43), from: Self.google, at: moment(43))
        #expect(wait.due(at: moment(44)).isEmpty)
        #expect(wait.due(at: moment(45)) == [Self.google])
    }

    @Test func failuresAreAskedMoreAndMoreSeldom() throws {
        var wait = try wait(scope: .resolvers)
        var now: Int64 = 0
        var pauses: [Int64] = []
        for _ in 0..<6 {
            wait.receive(Answer(outcome: .timeout, at: moment(now)), from: Self.google, at: moment(now))
            let next = try #require(wait.nextDue(at: moment(now)))
            pauses.append(next.seconds(since: moment(now)))
            now += pauses[pauses.count - 1]
        }
        #expect(pauses == [4, 8, 16, 30, 30, 30])
    }

    @Test func anEarlyNewAnswerIsAskedForAgain() throws {
        var wait = try wait(scope: .resolvers)
        wait.receive(try answer(["192.0.2.1"], ttl: 100), from: Self.google, at: moment(0))
        for second in [Int64(30), 32] {
            wait.receive(try answer(["192.0.2.7"], at: second), from: Self.google, at: moment(second))
            #expect(!wait.isDone(at: moment(second)), "another cache behind the address may have the old one")
        }
        wait.receive(try answer(["192.0.2.7"], at: 34), from: Self.google, at: moment(34))
        #expect(wait.isDone(at: moment(34)))
    }

    @Test func whatIsSaidOfAllRestsOnAnswersOfOneTime() throws {
        var wait = try wait()
        wait.receive(try answer(["192.0.2.7"]), from: Self.server, at: moment(0))
        wait.receive(try answer(["192.0.2.1"], ttl: 59), from: Self.google, at: moment(0))
        wait.receive(try answer(["192.0.2.7"], at: 60), from: Self.google, at: moment(60))
        #expect(!wait.isDone(at: moment(60)))
        #expect(wait.due(at: moment(60)) == [Self.server])
        wait.receive(try answer(["192.0.2.1"], at: 60), from: Self.server, at: moment(60))
        #expect(!wait.isDone(at: moment(60)), "taken back meanwhile")
        #expect(wait.isMissing)
    }

    // MARK: When it will be there

    @Test func beforeItIsPublishedTheOldTTLSaysHowLong() throws {
        var wait = try wait()
        wait.receive(try answer(["192.0.2.1"], ttl: 300), from: Self.server, at: moment(0))
        #expect(wait.forecast(at: moment(0)) == .afterPublication(seconds: 300))
        wait.receive(try answer(["192.0.2.7"], at: 20), from: Self.server, at: moment(20))
        #expect(wait.forecast(at: moment(20)) == .latest(moment(320)), "caches by the TTL from before")
        wait.receive(try answer(["192.0.2.1"], ttl: 240, at: 21), from: Self.google, at: moment(21))
        #expect(wait.forecast(at: moment(21)) == .latest(moment(262)))
    }

    @Test(arguments: [(60, 3600, 61), (3600, 45, 46), (0, 0, 1)])
    func denialsAreKeptByTheLowerOfTTLAndMinimum(_ minimum: UInt32, _ ttl: UInt32, _ left: Int64) throws {
        var wait = try wait(scope: .resolvers)
        wait.receive(try denial(minimum: minimum, ttl: ttl), from: Self.google, at: moment(0))
        #expect(wait.forecast(at: moment(0)) == .latest(moment(left)))
    }

    @Test func ofAliasesTheLongestCounts() throws {
        var answer = try answer(["192.0.2.1"], ttl: 30)
        answer.aliases = [
            Record(
                name: try Name("www.example.com."), ttl: 500, data: try RecordData(type: .cname, text: "a.example.net.")
            )
        ]
        #expect(answer.cacheSeconds == 500)
    }

    @Test func aServerThatIsBehindFollowsWithinItsRefresh() throws {
        var wait = try wait(servers: [Self.server, Self.second], resolvers: [])
        wait.receive(try answer(["192.0.2.7"]), from: Self.server, at: moment(0))
        wait.receive(try answer(["192.0.2.1"]), refresh: 900, from: Self.second, at: moment(0))
        #expect(wait.forecast(at: moment(0)) == .latest(moment(900)))
        wait.receive(try answer(["192.0.2.1"]), from: Self.second, at: moment(4))
        #expect(wait.forecast(at: moment(4)) == .open)
    }

    @Test func aDenialWithoutSOASaysNothing() throws {
        var wait = try wait(scope: .resolvers)
        wait.receive(Answer(outcome: .nxDomain, at: moment(0)), from: Self.google, at: moment(0))
        #expect(wait.forecast(at: moment(0)) == .open)
        #expect(wait.isMissing)
    }

    @Test func theZoneAboveIsReadByItsReferral() throws {
        let parent = Source.parent(try #require(IPAddress("192.0.2.60")))
        let awaited = try AwaitedSet(key: key("example.com.", .ns), condition: .exactly, texts: ["ns1.example.net."])
        var wait = PropagationWait(awaited, scope: .authorities, resolvers: [], began: Self.began)
        wait.find([parent])
        var referral = Answer(outcome: .referral, at: moment(0))
        referral.authority = [
            Record(name: try Name("example.com."), ttl: 3600, data: try RecordData(type: .ns, text: "ns1.example.net."))
        ]
        wait.receive(referral, from: parent, at: moment(0))
        #expect(wait.isDone(at: moment(0)))
    }

    /// Two hosts of the zone above may have one address.
    @Test func whoIsNamedTwiceIsAskedOnce() throws {
        var wait = try wait(scope: .authorities, servers: [Self.server, Self.server])
        #expect(wait.due(at: moment(0)) == [Self.server])
        wait.receive(try answer(["192.0.2.7"]), from: Self.server, at: moment(0))
        #expect(wait.isDone(at: moment(0)))
    }
}
