import DNSWire
import LapwingCore
import Testing

@Suite("Texts of messages")
struct NoticeTextTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var domain = "example.com."
        var event = IncidentEvent.Kind.open
        var severity = Severity.warning
        var title: String
        var text: String
        var domains = 1
        var golden: String
    }

    static let hijack = """
        tern.test is delegated to ns1.fence.test, ns2.fence.test instead of ns-one.colony.example.net, \
        ns-two.colony.example.net, and the new servers do not serve your zone.
        """

    static let samples = [
        Sample(
            testDescription: "a hijack: what to do stands before the proof", domain: "tern.test.", severity: .critical,
            title: hijack,
            text: """
                \(hijack) Since 2026-05-04 06:02 UTC.
                Delegation: ns1.fence.test, ns2.fence.test (was ns-one.colony.example.net).
                Why: the old servers never listed the new ones.
                Not: a planned move.
                Do: Call the registrar (Perch Domains) now.
                Check: dig +norecurse tern.test NS @198.18.0.11
                """,
            golden: """
                tern.test [critical] is delegated to ns1.fence.test, ns2.fence.test instead of \
                ns-one.colony.example.net, ns-two.colony.example.net, and the new servers do not serve your zone.
                Do: Call the registrar (Perch Domains) now.
                Since 2026-05-04 06:02 UTC.
                Delegation: ns1.fence.test, ns2.fence.test (was ns-one.colony.example.net).
                Why: the old servers never listed the new ones.
                Not: a planned move.
                Check: dig +norecurse tern.test NS @198.18.0.11
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "a name below the domain is not said twice", severity: .notice,
            title: "www.example.com A changed: now 192.0.2.20 (was 192.0.2.10).",
            text: "www.example.com A changed: now 192.0.2.20 (was 192.0.2.10). Since 2026-11-29 01:17 UTC.",
            golden: """
                www.example.com [notice] A changed: now 192.0.2.20 (was 192.0.2.10).
                Since 2026-11-29 01:17 UTC.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "the domain stands before what does not begin with it",
            title: "The server ns2.example.net does not answer.",
            text: "The server ns2.example.net does not answer. Since now.\nDo: Look at it.",
            golden: """
                example.com [warning]: The server ns2.example.net does not answer.
                Do: Look at it.
                Since now.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "a headline that begins with the domain and a colon says it once", severity: .critical,
            title: "example.com: no authoritative server answers: ns1.example.net.",
            text: "example.com: no authoritative server answers: ns1.example.net. Since now.\nDo: Call.",
            golden: """
                example.com [critical]: no authoritative server answers: ns1.example.net.
                Do: Call.
                Since now.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "so does one of a name below it",
            title: "_dmarc.example.com: its protection was weakened.",
            text: "_dmarc.example.com: its protection was weakened.",
            golden: """
                _dmarc.example.com [warning]: its protection was weakened.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "where several domains share the cause, too", severity: .critical,
            title: "example.com: no authoritative server answers.",
            text: "example.com: no authoritative server answers. Since now.", domains: 2,
            golden: """
                example.com and 1 other [critical]: no authoritative server answers.
                Since now.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "another domain that ends alike is another", title: "notexample.com is gone.",
            text: "notexample.com is gone.",
            golden: """
                example.com [warning]: notexample.com is gone.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "over is said once", event: .close, title: "Over: Over: example.com does not answer.",
            text: "Over: Over: example.com does not answer. It lasted from a to b.",
            golden: """
                example.com [over] does not answer.
                It lasted from a to b.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "still open", severity: .critical, title: "Still open: The zone is lost.",
            text: "Still open: The zone is lost. Since now.",
            golden: """
                example.com [still open, critical]: The zone is lost.
                Since now.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "a reminder says since when",
            title: "Reminder, open since 2026-11-29 01:17 UTC: example.com is lost.",
            text: "Reminder, open since 2026-11-29 01:17 UTC: example.com is lost.",
            golden: """
                example.com [reminder, open since 2026-11-29 01:17 UTC, warning] is lost.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "who accepted it", event: .close,
            title: "Accepted by anna: example.com MX is now 10 mx.example.net.",
            text: "Accepted by anna: example.com MX is now 10 mx.example.net.",
            golden: """
                example.com [accepted by anna] MX is now 10 mx.example.net.
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
        Sample(
            testDescription: "a cause that domains share is said once",
            title: """
                The server ns1.example.net does not answer. 3 domains share this cause: server ns1.example.net.
                """,
            text: """
                The server ns1.example.net does not answer. Since now.
                Silent in three polls.
                3 domains share this cause: server ns1.example.net.
                Domains: example.com, example.org, example.se
                """, domains: 3,
            golden: """
                example.com and 2 others [warning]: The server ns1.example.net does not answer. 3 domains share this \
                cause: server ns1.example.net.
                Since now.
                Silent in three polls.
                Domains: example.com, example.org, example.se
                Incident i-1: https://dns.example.com/incidents/i-1
                """),
    ]

    static func notice(_ sample: Sample) throws -> Notice {
        let time = Timestamp(seconds: 1_780_000_000)
        let domain = try Name(sample.domain)
        var notice = Notice.test(of: "ops", number: "1", at: time).open
        notice.purpose = nil
        notice.id = "i-1.1@ops"
        notice.incident = "i-1"
        notice.event = sample.event
        notice.severity = sample.severity
        notice.domain = domain
        notice.domains = Array(repeating: domain, count: sample.domains)
        notice.title = sample.title
        notice.text = sample.text
        return notice
    }

    @Test("say the domain first, how bad and what, then what to do", arguments: samples)
    func golden(_ sample: Sample) throws {
        let text = NoticeText(try Self.notice(sample), base: "https://dns.example.com")
        #expect(text.text == sample.golden)
        #expect(text.glance.count <= NoticeText.glanceLength)
        #expect(text.glance.hasPrefix(sample.golden.prefix(20)))
    }

    @Test("begin with the whole headline where a title could only show a part of it")
    func glance() throws {
        let text = NoticeText(try Self.notice(Self.samples[0]), base: nil)
        #expect(text.glance.hasSuffix("…"))
        let rest = text.afterGlance.joined(separator: "\n")
        #expect(rest.hasPrefix("…"))
        // Nothing of the headline is lost or said twice.
        #expect(text.glance.dropLast() + " " + rest.dropFirst().prefix { $0 != "\n" } == text.headline)
        #expect(text.places == ["Incident i-1"])
    }

    @Test("are cut before their links, whatever escaping adds", arguments: [60, 80, 100, 140, 1000])
    func fitting(_ limit: Int) {
        let lines = [String(repeating: "a*é🔥 ", count: 12), "end"]
        for length in [TextLength.characters(limit), .utf16(limit), .bytes(limit)] {
            let text = NoticeText.fitted(lines, links: ["https://example.com/i"], within: length) {
                $0 == "*" ? "\\*" : String($0)
            }
            let size =
                switch length {
                case .characters: text.count
                case .utf16: text.utf16.count
                case .bytes: text.utf8.count
                }
            #expect(size <= limit)
            #expect(text.hasSuffix("\nhttps://example.com/i"))
            #expect(text.contains("…") == !text.contains("end"))
        }
    }
}
