import DNSSEC
import DNSWire
import LapwingCore
import Testing

@Suite("Rounds of a dry run")
struct SupposedRoundTests {
    private let now = Timestamp(seconds: 1_780_000_000)
    private let domain = SupposedRoundTests.name("tern.test.")
    private let mail: RecordSetKey

    init() { mail = RecordSetKey(domain, .mx) }

    private static func name(_ text: String) -> Name { (try? Name(text)) ?? .root }

    private struct Result: TaskResult {
        var task: ProbeTask
        var reply: ProbeReply
        var summary: AnswerSummary? { nil }
        var overStream: Bool { false }
        var truncatedOverUDP: Bool { false }
    }

    /// What a round saw, and which servers and hosts it asked for.
    private func gather(
        _ supposed: Supposition, parent: ResponseCode = .noError
    ) -> (snapshot: Snapshot?, asked: [ProbeTask], located: [Name]) {
        let walk = RoundWalk(
            watch: Watch(domain: domain, sets: [mail]), resolvers: [], memory: DelegationMemory(), at: now, monotonic: 0
        )
        var gathering = Gathering(walk, roots: nil, supposing: supposed, key: nil)
        var step = gathering.start()
        var (asked, located): ([ProbeTask], [Name]) = ([], [])
        for _ in 0..<20 {
            switch step {
            case .carryOut(.findParent):
                step = gathering.receive(
                    Found<Result>.parent(ParentZone(name: Self.name("test."), servers: [.v4(53)])))
            case .carryOut(.locate(let hosts)):
                located += hosts
                let found = hosts.map { ($0, HostLocation(addresses: [.v4(99)], outcome: .data)) }
                step = gathering.receive(Found<Result>.locations(Dictionary(uniqueKeysWithValues: found)))
            case .carryOut(.inspect): step = gathering.receive(Found<Result>.dependencies([]))
            case .carryOut(.ask(let tasks)):
                asked += tasks
                step = gathering.receive(
                    .answers(tasks.map { Result(task: $0, reply: reply(to: $0, parent)) }))
            case .done(let gathered): return (gathered.snapshot, asked, located)
            }
        }
        return (nil, asked, located)
    }

    /// Today the parent delegates to `ns.old.example.`, and no server has anything.
    private func reply(to task: ProbeTask, _ code: ResponseCode) -> ProbeReply {
        var message = Message(flags: .isResponse, responseCode: code)
        if case .parent = task.source, task.key.type == .ns, code == .noError {
            let target = NameTarget(type: .ns, target: Self.name("ns.old.example."))
            message.authorities = [Record(name: domain, ttl: 600, data: target.data)]
        }
        return ProbeReply(task: task, outcome: .message(message), sentAt: now)
    }

    private func supposition(_ servers: [NameServer]?, _ contents: ZoneContents? = nil, _ digests: [DS]? = nil)
        -> Supposition
    {
        Supposition(
            SupposedDelegation(zone: domain, servers: servers, digests: digests), contents: contents,
            verifier: NoCrypto())
    }

    @Test("the supposed servers are asked, at the addresses given or found") func servers() {
        let (snapshot, asked, located) = gather(
            supposition([
                NameServer(name: Self.name("ns1.new.example."), addresses: [.v4(1)]),
                NameServer(name: Self.name("ns2.new.example."), addresses: []),
            ]))
        #expect(snapshot?.parent.hosts.map(\.name.description) == ["ns1.new.example.", "ns2.new.example."])
        #expect(located == [Self.name("ns2.new.example.")])
        let addresses = asked.filter { if case .authority = $0.source { true } else { false } }.map(\.server.address)
        #expect(Set(addresses) == [.v4(1), .v4(99)])
    }

    @Test("servers above that say nothing say nothing then", arguments: [ResponseCode.servFail, .refused])
    func silence(code: ResponseCode) {
        let (snapshot, asked, _) = gather(
            supposition([NameServer(name: Self.name("ns1.new.example."), addresses: [.v4(1)])]), parent: code)
        #expect(snapshot?.parent.state == .failing)
        #expect(asked.allSatisfy { if case .parent = $0.source { true } else { false } })
    }

    @Test("a zone file answers in place of the servers, and nobody is asked") func contents() throws {
        let text = "@ 300 SOA a. b. 1 1 1 1 60\n@ 300 NS ns.old.example.\n@ 300 MX 10 mail.example.\n"
        let file = ZoneFile(Array(text.utf8), apex: domain)
        let (snapshot, asked, _) = gather(supposition(nil, file.contents))
        let view = try #require(snapshot?.authorities.first)
        #expect(view.host == Self.name("ns.old.example."))
        #expect(view.answers[mail]?.records.map(\.data.text) == ["10 mail.example."])
        #expect(asked.allSatisfy { if case .parent = $0.source { true } else { false } })
    }

    @Test("the DS set of the supposition stands for the parent's") func digests() {
        let digest = DS(type: .ds, keyTag: 5, algorithm: 13, digestType: 2, digest: Array(repeating: 1, count: 32))
        for digests in [[], [digest]] {
            let (snapshot, _, _) = gather(supposition(nil, nil, digests))
            #expect(snapshot?.parent.dsKnown == true)
            #expect(snapshot?.parent.ds.compactMap { DS($0.data) } == digests)
            #expect(snapshot?.parent.state == .delegated)
        }
    }
}
