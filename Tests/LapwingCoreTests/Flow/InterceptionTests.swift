import DNSWire
import LapwingCore
import Testing

/// A network that answers what goes to port 53 itself is the monitor's own trouble.
@Suite("Intercepted DNS")
struct InterceptionTests {
    struct Reply: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var flags: Flags
        var code = ResponseCode.noError
        /// The answer section, as zone-file text without the owner.
        var answer: [String] = []
    }

    private static let soa = ["SOA a.root-servers.net. nstld.verisign-grs.com. 2026112900 1800 900 604800 86400"]
    private static let genuine = Reply(
        testDescription: "a root server", flags: [.isResponse, .authoritative], answer: soa)
    private static let refusal = Reply(testDescription: "an overloaded one", flags: .isResponse, code: .refused)
    private static let redirected = Reply(
        testDescription: "a resolver in its place", flags: [.isResponse, .recursionAvailable], answer: soa)
    private static let denying = Reply(
        testDescription: "a portal that denies all", flags: [.isResponse, .recursionAvailable], code: .nxDomain)
    private static let own = Reply(
        testDescription: "a portal that gives its own address",
        flags: [.isResponse, .recursionAvailable, .authoritative],
        answer: ["A 192.0.2.80"])
    private static let recursive = Reply(
        testDescription: "a root server that recurses", flags: [.isResponse, .authoritative, .recursionAvailable],
        answer: soa)

    private func sight(_ replies: [Reply], known: Int = 13, arePublic: Bool = true) throws -> RootSight {
        var sight = RootSight(known: known, arePublic: arePublic)
        for (number, reply) in replies.enumerated() {
            var message = Message.query(.root, .soa, id: 1, recursionDesired: false)
            message.flags = reply.flags
            message.responseCode = reply.code
            message.answers = try reply.answer.map { text in
                let words = text.split(separator: " ", maxSplits: 1).map(String.init)
                let type = try #require(RecordType(words[0]))
                return Record(name: .root, ttl: 60, data: try RecordData(type: type, text: words[1]))
            }
            sight.note(message, from: try #require(IPAddress("198.51.100.\(number)")))
        }
        return sight
    }

    @Test(arguments: [redirected, denying, own])
    func severalAnsweredFor(reply: Reply) throws {
        #expect(try sight([reply, reply, reply]).isIntercepted)
        #expect(try sight([reply, reply]).isIntercepted)
        #expect(try sight([reply, reply, Self.refusal]).isIntercepted)
        #expect(try sight([reply, reply], arePublic: false).isIntercepted)
    }

    @Test func benignTwins() throws {
        #expect(try !sight([]).isIntercepted, "silence is no answer")
        #expect(try !sight([Self.genuine, Self.genuine, Self.genuine]).isIntercepted)
        #expect(try !sight([Self.denying, Self.genuine, Self.genuine]).isIntercepted, "one odd server")
        #expect(try !sight([Self.denying, Self.denying, Self.genuine]).isIntercepted, "one real answer came through")
        #expect(try !sight([Self.denying]).isIntercepted, "one witness of thirteen")
        #expect(try !sight([Self.refusal, Self.refusal, Self.refusal]).isIntercepted)
        #expect(try !sight([Self.recursive, Self.recursive], arePublic: false).isIntercepted, "a private root")
        #expect(try sight([Self.recursive, Self.recursive]).isIntercepted, "the Internet's roots recurse for nobody")
    }

    @Test func itIsToldOnceAndNothingElse() throws {
        var world = try SmallWorld()
        try world.poll(30)
        let before = world.state
        world.isOffline = true
        world.roots = try sight([Self.denying, Self.denying, Self.denying])
        let told = try world.poll(20)
        #expect(told.map(\.code) == [.monitorIntercepted])
        #expect(told.map(\.severity) == [.warning])
        #expect(told.allSatisfy { !$0.page && $0.shared == "monitor" && $0.incidentClass == .monitorFault })
        #expect(world.state.sets == before.sets)
        #expect(world.state.servers == before.servers)
        #expect(world.state.baseline == before.baseline)
        world.isOffline = false
        world.roots = try sight([Self.genuine, Self.genuine, Self.genuine])
        let end = try world.poll(3)
        #expect(end.map(\.kind) == [.close])
    }

    @Test("every server of the parent and of the domain is answered for", arguments: [true, false])
    func everyServerAnsweredFor(isIntercepted: Bool) throws {
        var world = try SmallWorld()
        try world.poll(30)
        var snapshot = try world.snapshot(.regular, after: 0)
        let now = snapshot.at
        var reply = Answer(outcome: .nxDomain, at: now)
        reply.recursionAvailable = true
        snapshot.parent.state = .failing
        snapshot.parent.hosts = []
        let soa = try SmallWorld.key("test", "SOA")
        snapshot.parent.answers = try ["192.0.2.53", "192.0.2.54"].map {
            ParentView.Servers(address: try #require(IPAddress($0)), answers: [soa: reply])
        }
        for index in snapshot.authorities.indices {
            for key in snapshot.authorities[index].answers.keys { snapshot.authorities[index].answers[key] = reply }
        }
        // One that speaks with authority shows that packets get through.
        if !isIntercepted { snapshot.parent.answers[0].answers[soa]?.authoritative = true }
        let outcome = Flow.round(watch: world.watch, state: world.state, snapshot: snapshot, verifier: NoCrypto())
        #expect(outcome.findings.contains { $0.code == .monitorIntercepted } == isIntercepted)
        if isIntercepted { #expect(outcome.findings.count == 1) }
    }

    @Test("servers that offer recursion to this monitor are only odd")
    func recursiveAuthorities() throws {
        var world = try SmallWorld()
        try world.poll(30)
        var snapshot = try world.snapshot(.regular, after: 0)
        for index in snapshot.authorities.indices {
            for key in snapshot.authorities[index].answers.keys {
                snapshot.authorities[index].answers[key]?.recursionAvailable = true
            }
        }
        let outcome = Flow.round(watch: world.watch, state: world.state, snapshot: snapshot, verifier: NoCrypto())
        #expect(outcome.findings.isEmpty)
    }
}
