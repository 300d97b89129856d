import DNSClient
import Testing

/// The state machine alone, with a clock moved by hand.
@Suite struct ExchangeTests {
    private static func at(_ milliseconds: Int64) -> Monotonic { .milliseconds(milliseconds) }
    private static let plan = Exchange.Plan(timeout: .milliseconds(7000))

    private static func facts(_ code: UInt16, truncated: Bool = false, malformed: Bool = false) -> Exchange.Event {
        .reply(Exchange.ReplyFacts(responseCode: code, isTruncated: truncated, isMalformed: malformed))
    }

    @Test("three attempts share the time one to two to four, the last for a small answer")
    func silence() {
        var exchange = Exchange(Self.plan, at: Self.at(0))
        var shape = Exchange.Shape(isStream: false, edns: true, udpSize: 1232)
        #expect(exchange.start(at: Self.at(0)) == .send(shape, until: Self.at(1000)))
        #expect(exchange.receive(.expired, at: Self.at(1000)) == .resend(until: Self.at(3000)))
        shape.udpSize = 512
        #expect(exchange.receive(.expired, at: Self.at(3000)) == .send(shape, until: Self.at(7000)))
        #expect(exchange.receive(.expired, at: Self.at(7000)) == .conclude(.failed(.timeout)))
    }

    @Test("a truncated answer is fetched over a stream, until the deadline of the whole")
    func truncated() {
        var exchange = Exchange(Self.plan, at: Self.at(0))
        _ = exchange.start(at: Self.at(0))
        let stream = Exchange.Shape(isStream: true, edns: true, udpSize: 1232)
        #expect(
            exchange.receive(Self.facts(0, truncated: true), at: Self.at(50)) == .send(stream, until: Self.at(7000)))
        #expect(exchange.receive(Self.facts(0), at: Self.at(60)) == .conclude(.answered))
    }

    @Test("a server without EDNS is asked once more without", arguments: [UInt16(1), 4])
    func withoutEDNS(code: UInt16) {
        var exchange = Exchange(Self.plan, at: Self.at(0))
        _ = exchange.start(at: Self.at(0))
        let plain = Exchange.Shape(isStream: false, edns: false, udpSize: 1232)
        guard case .send(plain, _) = exchange.receive(Self.facts(code), at: Self.at(10)) else {
            Issue.record("not asked without EDNS")
            return
        }
        #expect(exchange.receive(Self.facts(code), at: Self.at(20)) == .conclude(.answered))
    }

    @Test("BADCOOKIE: once more, then over a stream, then it is the answer")
    func badCookie() {
        var exchange = Exchange(Self.plan, at: Self.at(0))
        _ = exchange.start(at: Self.at(0))
        guard case .send(let again, _) = exchange.receive(Self.facts(23), at: Self.at(10)), !again.isStream,
            case .send(let stream, _) = exchange.receive(Self.facts(23), at: Self.at(20)), stream.isStream
        else {
            Issue.record("wrong way")
            return
        }
        #expect(exchange.receive(Self.facts(23), at: Self.at(30)) == .conclude(.answered))
    }

    @Test("after a refusal there is a pause, in which a late reply still counts")
    func refusal() {
        var exchange = Exchange(Self.plan, at: Self.at(0))
        _ = exchange.start(at: Self.at(0))
        #expect(exchange.receive(.failed(.refused), at: Self.at(10)) == .pause(until: Self.at(210)))
        #expect(exchange.isPausing)
        #expect(exchange.receive(Self.facts(0), at: Self.at(100)) == .conclude(.answered))
    }

    @Test("what cannot be reached is not tried again")
    func unreachable() {
        var exchange = Exchange(Self.plan, at: Self.at(0))
        _ = exchange.start(at: Self.at(0))
        #expect(exchange.receive(.failed(.unreachable), at: Self.at(1)) == .conclude(.failed(.unreachable)))
    }

    @Test("whatever comes, an exchange ends, and no wait goes past its deadline", arguments: 0..<200)
    func bounded(seed: UInt64) {
        var random = Numbers(state: seed)
        let plan = Exchange.Plan(
            timeout: .milliseconds(Int64.random(in: 1...9000, using: &random)),
            attempts: UInt8.random(in: 0...20, using: &random), startsWithStream: Bool.random(using: &random),
            allowsStream: Bool.random(using: &random), edns: Bool.random(using: &random))
        var now = Self.at(0)
        var exchange = Exchange(plan, at: now)
        var step = exchange.start(at: now)
        for _ in 0..<200 {
            let until: Monotonic
            switch step {
            case .conclude: return
            case .send(_, let moment), .resend(let moment), .pause(let moment): until = moment
            }
            #expect(until <= plan.timeout)
            #expect(until >= now)
            switch Int.random(in: 0...3, using: &random) {
            case 0:
                let codes: [UInt16] = [1, 4, 23]
                let code = codes.randomElement(using: &random) ?? 1
                step = exchange.receive(Self.facts(code), at: now)
            case 1: step = exchange.receive(Self.facts(0, truncated: true, malformed: true), at: now)
            case 2: step = exchange.receive(.failed(.closed), at: now)
            default:
                now = until
                step = exchange.receive(.expired, at: now)
            }
        }
        Issue.record("no end")
    }
}

/// Numbers that are the same in every run.
struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
