import DNSWire
import LapwingCore
import Testing

@Suite("Registrations of domains that others rely on")
struct DependencyTermTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var name: String
        /// Days from now; nil where the registry publishes no end.
        var days: Int64?
        var statuses: Set<String> = ["active"]
        var wanted: Severity?
        var words = ""
    }

    static let cases: [Case] = [
        Case(testDescription: "a mail host, long to go", name: "mx.osprey.test", days: 300),
        Case(testDescription: "a mail host, 21 days", name: "mx.osprey.test", days: 21),
        Case(
            testDescription: "a mail host, 19 days", name: "mx.osprey.test", days: 19, wanted: .notice,
            words: "tern.test MX relies on osprey.test, whose registration ends in 18 days"),
        Case(
            testDescription: "a mail host, ended", name: "mx.osprey.test", days: -1, wanted: .notice, words: "ended on"),
        Case(
            testDescription: "a mail host on hold", name: "mx.osprey.test", days: 300, statuses: ["clientHold"],
            wanted: .warning, words: "on hold"),
        Case(testDescription: "no end published", name: "mx.osprey.test", days: nil),
        Case(
            testDescription: "being deleted", name: "mx.osprey.test", days: nil,
            statuses: ["pendingDelete", "serverHold"],
            wanted: .warning, words: "being deleted"),
        Case(
            testDescription: "a name server, 19 days", name: "ns1.heron.test", days: 19, wanted: .warning,
            words: "tern.test NS relies on heron.test, whose"),
        Case(
            testDescription: "a name server on hold", name: "ns1.heron.test", days: 300, statuses: ["serverHold"],
            wanted: .critical),
        Case(
            testDescription: "an SPF host", name: "out.gull.test", days: 5, wanted: .notice,
            words: "tern.test TXT relies on gull.test, whose"),
        Case(
            testDescription: "an SPF redirect", name: "_spf.tit.test", days: 5, wanted: .notice,
            words: "tern.test TXT relies on tit.test, whose"),
        Case(testDescription: "nothing leads there", name: "www.stork.test", days: 5),
    ]

    private func world() throws -> SmallWorld {
        var world = try SmallWorld()
        try world.put("tern.test", "MX", 3600, ["10 mail.tern.test.", "50 mx.osprey.test."])
        try world.put(
            "tern.test", "TXT", 3600,
            [#""v=spf1 a:out.gull.test/28 mx:%{d}.x.test include:_spf.wren.test redirect=_spf.tit.test""#])
        return world
    }

    @Test(arguments: cases) func terms(test: Case) throws {
        var world = try world()
        try world.poll(40)
        let name = try Name(test.name)
        var view = DependencyView(
            name: name, registrable: name.suffix(labels: 2), domainState: .exists, nameState: .exists)
        let now = SmallWorld.start.adding(seconds: world.minute * 60)
        view.registration = DependencyView.Registration(
            expires: test.days.map {
                let end = now.adding(seconds: $0 * 86_400)
                return RegistryView.Moment(text: end.description, at: end)
            }, statuses: test.statuses)
        world.dependencies = [view]
        let told = try world.poll(3).filter { $0.code == .dependencyExpiring }
        #expect(told.first?.severity == test.wanted)
        #expect(
            told.allSatisfy { $0.text.contains(test.words) || $0.title.contains(test.words) }, "\(told.map(\.text))")
        #expect(told.allSatisfy { $0.shared == "registration of \(view.registrable)" })
        guard test.wanted != nil else { return }
        view.registration?.expires = RegistryView.Moment(text: "later", at: now.adding(seconds: 400 * 86_400))
        view.registration?.statuses = ["active"]
        world.dependencies = [view]
        let ended = try world.poll(6).filter { $0.code == .dependencyExpiring }
        // What was told at once is told to be back, and its watch ends without a word.
        let isWarning = test.wanted.map { $0 >= .warning } ?? false
        #expect(ended.map(\.kind) == (isWarning ? [.update, .close] : [.close]))
        #expect(ended.contains { $0.isBack == true } == isWarning)
    }

    @Test("what is not known is not judged") func unknown() throws {
        var world = try world()
        world.dependencies = [
            DependencyView(
                name: try Name("mx.osprey.test"), registrable: try Name("osprey.test"), domainState: .exists,
                nameState: .exists)
        ]
        #expect(try world.poll(10).isEmpty)
    }

    @Test("names of a sender policy that can be looked up") func targets() throws {
        let policy = try #require(
            SPFPolicy(
                "v=spf1 a mx a:mail.wren.test/28//64 mx:tit.test exists:%{i}.x.test ip4:192.0.2.1 redirect=_spf.y.test")
        )
        #expect(policy.targets.sorted() == ["_spf.y.test", "mail.wren.test", "tit.test"])
    }
}
