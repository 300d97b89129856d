import DNSWire
import LapwingCore
import Testing

@Suite("What a look says of availability")
struct LookVerdictTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var expected: LookVerdict
        var change: @Sendable (inout SmallWorld) -> Void
    }

    static let cases = [
        Case(testDescription: "all is well", expected: [.resolved, .served]) { _ in },
        Case(testDescription: "no network: nothing is known", expected: .blind) { $0.isOffline = true },
        Case(testDescription: "one server is silent", expected: [.resolved, .served]) {
            $0.silent = ["ns1.heron.test"]
        },
        Case(testDescription: "all servers are silent, and resolvers fail", expected: [.unresolved, .unserved]) {
            $0.silent = ["ns1.heron.test", "ns2.heron.test"]
        },
        Case(testDescription: "all servers are silent for the monitor only", expected: [.resolved, .unserved]) {
            $0.silent = ["ns1.heron.test", "ns2.heron.test"]
            $0.isCutOff = true
        },
        Case(testDescription: "all servers refuse, and caches know the answers", expected: [.resolved, .unserved]) {
            $0.refusing = ["ns1.heron.test", "ns2.heron.test"]
        },
    ]

    @Test("is counted for resolvers and for servers apart", arguments: cases)
    func verdicts(_ one: Case) throws {
        var world = try SmallWorld()
        try world.poll(2)
        one.change(&world)
        #expect(LookVerdict(try world.snapshot(.regular, after: 0)) == one.expected)
    }

    /// A resolver with so many answers of each kind.
    private static func resolver(
        _ label: String, data: Int = 0, denied: Int = 0, failed: Int = 0, controlWorks: Bool? = nil
    ) throws -> ResolverView {
        let address = try #require(IPAddress("192.0.2.53"))
        var view = ResolverView(label: label, server: ServerAddress(address))
        let outcomes =
            Array(repeating: Answer.Outcome.data, count: data)
            + Array(repeating: .nxDomain, count: denied) + Array(repeating: .failure(.servFail), count: failed)
        for (number, outcome) in outcomes.enumerated() {
            let key = RecordSetKey(try Name("n\(number).tern.test"), .a)
            view.answers[key] = Answer(outcome: outcome, at: SmallWorld.start)
        }
        if let controlWorks {
            view.controls[RecordSetKey(.root, .ns)] = Answer(
                outcome: controlWorks ? .data : .timeout, at: SmallWorld.start)
        }
        return view
    }

    @Test("goes by the majority of resolvers that work")
    func majority() throws {
        let works = try Self.resolver("works", data: 3)
        let part = try Self.resolver("part", data: 2, failed: 2)
        let fails = try Self.resolver("fails", data: 1, failed: 2, controlWorks: true)
        let denies = try Self.resolver("denies", denied: 3)
        let sick = try Self.resolver("sick", failed: 3, controlWorks: false)
        let unasked = try Self.resolver("unasked")
        let cases: [([ResolverView], LookVerdict)] = [
            ([works], .resolved), ([part], .resolved), ([fails], .unresolved), ([denies], .unresolved),
            ([sick], []), ([unasked], []), ([], []), ([works, fails], .resolved),
            ([works, fails, denies], .unresolved), ([works, part, fails], .resolved), ([works, sick, sick], .resolved),
            ([fails, sick, sick], .unresolved),
        ]
        for (resolvers, expected) in cases {
            var snapshot = Snapshot(
                domain: try Name("tern.test"), at: SmallWorld.start, monotonic: 0, parent: ParentView())
            snapshot.parent.state = .delegated
            snapshot.resolvers = resolvers
            #expect(LookVerdict(snapshot) == expected, "\(resolvers.map(\.label))")
        }
    }

    @Test("adds up, part by part")
    func sums() {
        let verdicts: [LookVerdict] = [
            [.resolved, .served], [.resolved, .served], [.unresolved, .unserved], .blind, [.resolved, .unserved],
        ]
        var whole = DayTally()
        for verdict in verdicts { whole.add(verdict) }
        whole.authorities.add(milliseconds: 10)
        whole.authorities.add(milliseconds: 25)
        for cut in 0...verdicts.count {
            var (first, second) = (DayTally(), DayTally())
            for verdict in verdicts[..<cut] { first.add(verdict) }
            for verdict in verdicts[cut...] { second.add(verdict) }
            first.authorities.add(milliseconds: 10)
            second.authorities.add(milliseconds: 25)
            first.add(second)
            #expect(first == whole)
        }
        #expect(whole.resolution == Share(of: 3, in: 4) && whole.service == Share(of: 2, in: 4))
        #expect(whole.seen == 4 && whole.authorities.mean == 17.5 && whole.resolvers.mean == nil)
    }

    @Test("is never rounded up to all")
    func shares() {
        #expect(
            Wording.plain.share(Share(of: 99_999, in: 100_000)) == "99.99 %"
                && Wording.plain.share(Share(of: 5, in: 5)) == "100 %")
        #expect(
            Wording.plain.share(Share(of: 0, in: 0)) == "not recorded"
                && Wording.plain.share(Share(of: 0, in: 3)) == "0.00 %")
        #expect(
            Wording.plain.share(Share(of: 2, in: 3)) == "66.66 %" && Share.tenths(12.345) == "12.3"
                && Share.tenths(0) == "0.0")
    }
}
