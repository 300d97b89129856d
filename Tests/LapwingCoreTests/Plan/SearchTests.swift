import DNSSEC
import DNSWire
import LapwingCore
import Testing

private func name(_ text: String) -> Name { (try? Name(text)) ?? .root }

@Suite("Searches from the root down")
struct SearchTests {
    private static let host = name("ns1.hoster.net")
    private static let glue = IPAddress.v4(0xC000_0201)
    private static let old = IPAddress.v4(0xC000_0202)
    private static let new = IPAddress.v4(0xC000_0203)

    struct HostCase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What A and AAAA bring.
        var answers: [SearchAnswer]
        var usesIPv6 = false
        var known: HostLocation?
        var location: HostLocation
        var questions = 1
    }

    private static func addresses(_ address: IPAddress) -> SearchAnswer {
        SearchAnswer(outcome: .data, data: [Address(address: address).data])
    }

    private static func failure(_ outcome: Answer.Outcome, glue: [IPAddress] = []) -> SearchAnswer {
        SearchAnswer(outcome: outcome, zone: (name("hoster.net"), [NameServer(name: host, addresses: glue)]))
    }

    static let hosts = [
        HostCase(
            testDescription: "an address", answers: [addresses(new)],
            location: HostLocation(addresses: [new], outcome: .data)),
        HostCase(
            testDescription: "an address, and none of the other family that was wanted too",
            answers: [addresses(new), SearchAnswer(outcome: .noData)], usesIPv6: true,
            location: HostLocation(addresses: [new], outcome: .data), questions: 2),
        HostCase(
            testDescription: "none of either family",
            answers: [SearchAnswer(outcome: .noData), SearchAnswer(outcome: .noData)],
            known: HostLocation(addresses: [old], outcome: .data),
            location: HostLocation(addresses: [], outcome: .noData), questions: 2),
        HostCase(
            testDescription: "no such name, which is an answer", answers: [failure(.nxDomain, glue: [glue])],
            known: HostLocation(addresses: [old], outcome: .data),
            location: HostLocation(addresses: [], outcome: .nxDomain)),
        HostCase(
            testDescription: "no answer: what was known stays", answers: [failure(.timeout, glue: [glue])],
            known: HostLocation(addresses: [old], outcome: .data),
            location: HostLocation(addresses: [old], outcome: .timeout)),
        HostCase(
            testDescription: "no answer, and nothing known: the glue", answers: [failure(.timeout, glue: [glue])],
            location: HostLocation(addresses: [glue], outcome: .timeout)),
        HostCase(
            testDescription: "none of one family, no answer for the other",
            answers: [failure(.noData, glue: [glue]), failure(.failure(.servFail))],
            location: HostLocation(addresses: [glue], outcome: .failure(.servFail)), questions: 2),
    ]

    @Test("hosts", arguments: hosts)
    func host(_ test: HostCase) {
        var search = HostSearch(Self.host, usesIPv6: test.usesIPv6, known: test.known)
        var answers = test.answers[...]
        var step = search.start()
        var asked: [RecordType] = []
        while case .resolve(let question) = step, let answer = answers.popFirst() {
            #expect(question.name == Self.host)
            asked.append(question.type)
            step = search.receive(answer)
        }
        guard case .done(let location) = step else {
            Issue.record("asks for more: \(step)")
            return
        }
        #expect(location == test.location)
        #expect(asked == Array([.a, .aaaa].prefix(test.questions)))
    }

    struct ParentCase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var answer: SearchAnswer
        /// Where each host of the zone is, where that is asked for.
        var located: [IPAddress] = []
        var found: ParentZone?
    }

    private static func zone(_ apex: String, _ addresses: [IPAddress]) -> (name: Name, servers: [NameServer]) {
        (name(apex), [NameServer(name: host, addresses: addresses)])
    }

    static let parents = [
        ParentCase(
            testDescription: "a zone with glue, each address once",
            answer: SearchAnswer(outcome: .data, zone: zone("example", [glue, new, glue])),
            found: ParentZone(name: name("example"), servers: [glue, new])),
        ParentCase(
            testDescription: "a zone without glue", answer: SearchAnswer(outcome: .data, zone: zone("example", [])),
            located: [new], found: ParentZone(name: name("example"), servers: [new])),
        ParentCase(
            testDescription: "servers that are nowhere", answer: SearchAnswer(outcome: .data, zone: zone("example", []))
        ),
        ParentCase(
            testDescription: "the zone does not answer, but it is known where it is",
            answer: SearchAnswer(outcome: .timeout, zone: zone("example", [glue])),
            found: ParentZone(name: name("example"), servers: [glue])),
        ParentCase(
            testDescription: "a search that got stuck far above",
            answer: SearchAnswer(outcome: .timeout, zone: zone(".", [glue]))),
    ]

    @Test("zones above", arguments: parents)
    func parent(_ test: ParentCase) {
        var search = ParentSearch(above: name("shop.example"))
        guard case .resolve(let question) = search.start() else {
            Issue.record("asks nothing")
            return
        }
        #expect(question.name == name("example") && question.type == .soa)
        var step = search.receive(test.answer)
        if case .locate(let hosts) = step {
            #expect(hosts == [Self.host])
            step = search.receive(addresses: test.located)
        }
        guard case .done(let found) = step else {
            Issue.record("asks for more: \(step)")
            return
        }
        #expect(found == test.found)
    }

    @Test("there is nothing above the root")
    func aboveRoot() {
        guard case .done(nil) = ParentSearch(above: .root).start() else {
            Issue.record("looks above the root")
            return
        }
    }

    struct DependencyCase: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What the questions bring, and their types in order.
        var answers: [SearchAnswer]
        var types: [RecordType]
        var registered: Bool?
        var isLookedUp = false
        var states: [DependencyView.State]
        var data: [RecordData] = []
    }

    static let dependencies = [
        DependencyCase(
            testDescription: "a name with an address", answers: [SearchAnswer(outcome: .data), addresses(new)],
            types: [.ds, .a], states: [.exists, .exists], data: [Address(address: new).data]),
        DependencyCase(
            testDescription: "a name without",
            answers: [SearchAnswer(outcome: .data), SearchAnswer(outcome: .noData), SearchAnswer(outcome: .noData)],
            types: [.ds, .a, .txt], states: [.exists, .exists]),
        DependencyCase(
            testDescription: "no such name", answers: [SearchAnswer(outcome: .data), SearchAnswer(outcome: .nxDomain)],
            types: [.ds, .a], states: [.exists, .absent]),
        DependencyCase(
            testDescription: "a domain that nobody has", answers: [SearchAnswer(outcome: .nxDomain)], types: [.ds],
            registered: false, isLookedUp: true, states: [.absent, .absent]),
        DependencyCase(
            testDescription: "a domain on hold: registered, and not in the DNS",
            answers: [SearchAnswer(outcome: .nxDomain)], types: [.ds], registered: true, isLookedUp: true,
            states: [.absent, .absent]),
        DependencyCase(
            testDescription: "a registry that does not say", answers: [SearchAnswer(outcome: .nxDomain)], types: [.ds],
            isLookedUp: true, states: [.absent, .absent]),
        DependencyCase(
            testDescription: "no answer", answers: [SearchAnswer(outcome: .timeout), SearchAnswer(outcome: .timeout)],
            types: [.ds, .a], states: [.unknown, .unknown]),
    ]

    @Test("names that others rely on", arguments: dependencies)
    func dependency(_ test: DependencyCase) {
        let host = name("mail.hoster.net")
        var search = DependencySearch(host, registrable: name("hoster.net"))
        var answers = test.answers[...]
        var (asked, isLookedUp): ([RecordType], Bool) = ([], false)
        var step = search.start()
        var view: DependencyView?
        while view == nil {
            switch step {
            case .resolve(let question):
                asked.append(question.type)
                guard let answer = answers.popFirst() else {
                    Issue.record("asks for more: \(question)")
                    return
                }
                step = search.receive(answer)
            case .lookUp(let domain):
                #expect(domain == name("hoster.net"))
                isLookedUp = true
                step = search.receive(registered: test.registered)
            case .done(let found):
                view = found
            }
        }
        #expect(asked == test.types)
        #expect(isLookedUp == test.isLookedUp)
        #expect(view?.registered == test.registered)
        #expect([view?.domainState, view?.nameState] == test.states)
        #expect(view?.data == test.data)
    }
}
