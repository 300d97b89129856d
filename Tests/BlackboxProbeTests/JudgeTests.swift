import Testing

import BlackboxProbe

@Suite struct TimeLimitTests {
    @Test(
        "no header and no module makes a probe last longer than any may",
        arguments: [
            ("1e9", "", 120), ("inf", "", .infinity), ("+Inf", "30s", 30), ("1e300", "", 1e300), ("-1", "1h", 120),
            ("-inf", "", 0),
            ("nan", "", .nan), ("121", "", 120), ("60", "", 59.5), (nil, "5m", 119.5),
        ] as [(String?, String, Double)])
    func longest(header: String?, module: String, expected: Double) throws {
        let scrape = try header.map { text throws(TimeLimit.NumberFault) in try TimeLimit.number(text) }
        let own = GoDuration(module) ?? .zero
        let limit = TimeLimit.seconds(scrape: scrape, offset: 0.5, module: own, longest: 120)
        #expect(limit == expected || limit.isNaN && expected.isNaN)
        // What no clock can hold is over before it begins.
        #expect(limit <= 120 || TimeLimit.isOver(limit))
    }

    @Test(
        arguments: [
            ("15", "", 14.5), ("15", "20s", 14.5), ("15", "5s", 5), (nil, "", 119.5), ("1", "", 0.5), ("0.5", "5s", 0),
            ("0.4", "5s", 5), ("0.4", "", 0), ("-1", "7s", 7), ("0", "", 119.5), ("15", "-5s", 14.5),
        ] as [(String?, String, Double)])
    func limit(header: String?, module: String, expected: Double) throws {
        let scrape = try header.map { text throws(TimeLimit.NumberFault) in try TimeLimit.number(text) }
        let own = GoDuration(module) ?? .zero
        #expect(abs(TimeLimit.seconds(scrape: scrape, offset: 0.5, module: own) - expected) < 1e-9)
    }

    @Test(arguments: ["abc", "0x1", "_1", "1__0", "1_", "", " 1", "+nan"])
    func notANumber(text: String) {
        #expect(throws: TimeLimit.NumberFault.invalidSyntax) { try TimeLimit.number(text) }
    }
}

@Suite struct GoDurationTests {
    @Test(arguments: [
        ("1m30s", "1m30s"), ("90s", "1m30s"), ("500ms", "500ms"), ("1.5h", "1h30m0s"), ("3us", "3µs"), ("-5s", "-5s"),
        ("0", "0s"), (".5s", "500ms"), ("1h0m0.25s", "1h0m0.25s"),
    ])
    func readAndPrinted(text: String, printed: String) { #expect(GoDuration(text)?.description == printed) }

    @Test(arguments: ["5", "1d", "1w", "s", "", "-", "1 s", "5s5", "1..2s", "99999999h"])
    func refused(text: String) { #expect(GoDuration(text) == nil) }
}

@Suite struct FloatTextTests {
    @Test(arguments: [
        (0, "0"), (1, "1"), (0.5, "0.5"), (3_534_697_557, "3.534697557e+09"), (0.002576055, "0.002576055"),
        (123_456, "123456"), (1_000_000, "1e+06"), (1.5832e-05, "1.5832e-05"), (-2.5, "-2.5"), (1e100, "1e+100"),
        (.infinity, "+Inf"), (0.0001, "0.0001"), (2_024_010_101, "2.024010101e+09"),
    ])
    func shortest(value: Double, text: String) { #expect(FloatText.text(value) == text) }
}

@Suite struct ProbeTargetTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1", "53"), ("127.0.0.1:5353", "127.0.0.1", "5353"), ("[::1]:5353", "::1", "5353"),
        ("::1", "::1", "53"), ("[::1]", "[::1]", "53"), ("127.0.0.9:", "127.0.0.9", ""),
        ("http://x", "http", "//x"), ("a:b:c", "a:b:c", "53"), ("dns.example:domain", "dns.example", "domain"),
    ])
    func split(text: String, host: String, port: String) {
        let target = ProbeTarget(text, overTLS: false)
        #expect((target.host, target.port) == (host, port))
    }

    @Test func secondDecoding() {
        #expect(ProbeTarget.unescaped("a+b%3A53") == "a b:53")
        #expect(ProbeTarget.unescaped("a%zz+") == "a%zz+")
    }

    @Test func hashOfAddress() { #expect(HostAddress("127.0.0.9")?.hash32 == 3_534_697_557) }

    @Test func choice() throws {
        let found = try ["192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2"].map { try #require(HostAddress($0)) }
        #expect(AddressChoice(preferredProtocol: "", fallback: true).pick(found)?.text == "2001:db8::1")
        #expect(AddressChoice(preferredProtocol: "ip9", fallback: true).pick(found)?.text == "192.0.2.1")
        #expect(
            AddressChoice(preferredProtocol: "ip6", fallback: true).pick([found[0], found[2]])?.text == "192.0.2.2")
        #expect(AddressChoice(preferredProtocol: "ip6", fallback: false).pick([found[0]]) == nil)
    }
}

@Suite struct RecordRulesTests {
    private let records = ["a.\t1\tIN\tA\t127.0.0.1", "a.\t1\tIN\tA\t192.0.2.1"]
    private let patterns = PatternCache()

    private func passes(_ records: [String], _ change: (inout RecordRules) -> Void) -> Bool {
        var rules = RecordRules()
        change(&rules)
        return rules.pass(records, patterns: patterns) { _ in }
    }

    @Test func allMatchIsInverted() {
        #expect(!passes(records) { $0.failIfAllMatch = ["127"] })
        #expect(passes(records) { $0.failIfAllMatch = ["A\t"] })
        #expect(passes([]) { $0.failIfAllMatch = ["127"] })
    }

    @Test func emptySections() {
        #expect(passes([]) { $0.failIfMatches = ["("] })
        #expect(!passes([]) { $0.failIfNotMatches = ["x"] })
        #expect(!passes([]) { $0.failIfNoneMatches = ["x"] })
    }

    @Test func brokenPatternFailsOnceUsed() {
        #expect(!passes(records) { $0.failIfMatches = ["("] })
        #expect(!passes(records) { $0.failIfNoneMatches = [".", #"\C"#] })
    }

    @Test func oneHitIsEnoughForNone() {
        #expect(passes(records) { $0.failIfNoneMatches = ["nothing", "127"] })
        #expect(!passes(records) { $0.failIfNotMatches = ["127"] })
    }

    @Test(
        "what overflows the exporter's clock fails at once, whatever bound is set",
        arguments: [
            (Double.infinity, true), (1e308, true), (9_223_372_037, true), (.nan, true), (0, true), (-1, true),
            (9_223_372_036, false), (1e-9, false), (119.5, false),
        ])
    func overflow(seconds: Double, isOver: Bool) {
        #expect(TimeLimit.isOver(seconds) == isOver)
        let bounded = TimeLimit.seconds(scrape: seconds + 0.5, offset: 0.5, module: .zero, longest: 120)
        if isOver && seconds != 0 { #expect(TimeLimit.isOver(bounded)) }
    }
}
