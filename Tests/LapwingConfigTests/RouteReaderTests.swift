import DNSWire
import Foundation
import LapwingConfig
import LapwingCore
import Testing

@Suite("Routes") struct RouteReaderTests {
    private static let head = """
        domains: [example.com]
        channels: {ops: {log: {}}, pager: {pagerduty: {routing_key: k}}}

        """

    @Test("without routes people get a digest, and pagers do not")
    func standard() throws {
        let settings = try SettingsReaderTests.read(Self.head)
        #expect(settings.routes == [.standard(["ops"], digest: .standard), .standard(["pager"])])
    }

    @Test("all that a route can say")
    func whole() throws {
        let route = try #require(
            try SettingsReaderTests.read(
                Self.head + """
                    routes:
                      - to: ops
                        severity: warning
                        domains: [EXAMPLE.com]
                        classes: [expiry]
                        codes: [record.changed, "dnssec.*"]
                        hours: {from: "08:00", to: "18:00", days: [mon-fri], zone: Europe/Berlin}
                        quiet: {from: "22:00", to: "07:00", days: [fri-mon, wed]}
                        digest: {at: "07:30", zone: Europe/Berlin, quiet_days: true}
                        remind: 4h
                        escalate: [{after: 2h, to: ops}, {after: 30m, to: [pager]}]
                        fallback: pager
                        continue: false

                    """
            ).routes.first)
        #expect(route.domains == [try Name("example.com")] && route.classes == [.expiry])
        #expect(route.codes == ["record.changed", "dnssec.*"])
        #expect(route.hours?.days == Set(0...4) && route.hours?.from == 480 && route.hours?.to == 1080)
        #expect(route.quiet?.days == [4, 5, 6, 0, 2] && route.quiet?.clock == .utc)
        #expect(route.digest?.hour.minute == 450 && route.digest?.quietDays == true)
        #expect(route.reminder == 4 * 3600 && route.fallback == ["pager"] && !route.goesOn)
        #expect(route.escalations.map(\.after) == [1800, 7200])
    }

    @Test(
        "mistakes have a place",
        arguments: [
            ("to: ops, hours: {from: \"08:00\"}", "routes[0].hours: key `to` is missing"),
            (
                "to: ops, quiet: {from: 8, to: \"25:00\"}",
                "routes[0].quiet.from: expected a time such as \"08:00\", in quotes, found `8`"
            ),
            (
                "to: ops, digest: {zone: Europe/Berln}",
                "routes[0].digest.zone: expected a time zone such as Europe/Berlin, UTC or local, found `Europe/Berln`"
            ),
            (
                "to: [ops, pager], digest: true",
                "routes[0].digest: `pager` keeps incidents and takes no digest; give it its own route"
            ),
            (
                "to: ops, codes: [ttl.lo]",
                "routes[0].codes[0]: `ttl.lo` is no finding, nor a family such as dnssec.*; did you mean `ttl.low`?"
            ),
            ("to: ops, escalate: {after: 30m}", "routes[0].escalate: key `to` is missing"),
            ("to: ops, fallback: oops", "routes[0].fallback: there is no channel `oops`; did you mean `ops`?"),
            ("to: ops, remind: 10s", "routes[0].remind: 10s is outside 5m to 30d"),
            (
                "to: ops, hours: {from: \"08:00\", to: \"18:00\", days: [mon-fry]}",
                "routes[0].hours.days[0]: expected mon, tue, wed, thu, fri, sat, sun or mon-fri, found `mon-fry`"
            ),
        ])
    func faults(_ route: String, _ fault: String) {
        let faults = SettingsReaderTests.faults(Self.head + "routes: [{\(route)}]\n")
        #expect(faults.contains { $0.hasSuffix("error: \(fault)") }, "\(faults)")
    }

    @Test("windows that are repeated")
    func windows() throws {
        let head = "domains: [example.com]\nmaintenance:\n  - {from: 2026-03-22T01:00:00Z, to: 2026-03-22T02:00:00Z, "
        let settings = try SettingsReaderTests.read(head + "repeat: \"FREQ=WEEKLY;BYDAY=SU\", zone: Europe/Berlin}\n")
        let window = try #require(settings.watches.first?.maintenance.first)
        #expect(window.holds(at: try #require(Timestamp("2026-04-05T00:30:00Z"))))
        #expect(!window.holds(at: try #require(Timestamp("2026-04-05T01:30:00Z"))))
        #expect(
            SettingsReaderTests.faults(head + "repeat: \"FREQ=YEARLY\"}\n") == [
                "lapwing.yml:3:68: error: maintenance[0].repeat: FREQ is none of DAILY, WEEKLY, MONTHLY"
            ])
    }

    /// The tz database of this machine, as `zdump` would print it.
    @Test(
        "clocks are set when the tz database says",
        arguments: [
            ("Europe/Berlin", "2026-03-29T00:59:59Z", 3600), ("Europe/Berlin", "2026-03-29T01:00:00Z", 7200),
            ("Europe/Berlin", "2026-10-25T00:59:59Z", 7200), ("Europe/Berlin", "2026-10-25T01:00:00Z", 3600),
            ("America/New_York", "2026-03-08T06:59:59Z", -18_000),
            ("America/New_York", "2026-03-08T07:00:00Z", -14_400),
            ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", 37_800), ("Asia/Kolkata", "2026-07-01T00:00:00Z", 19_800),
            ("UTC", "2026-07-01T00:00:00Z", 0),
        ])
    func zones(_ zone: String, _ moment: String, _ offset: Int64) throws {
        let clock = try #require(LocalClock.zone(zone))
        #expect(clock.offset(at: try #require(Timestamp(moment))) == offset)
    }

    @Test("the examples of the page about alerting are read, and say what it says")
    func page() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/alerting.md"), encoding: .utf8)
        let parts = text.components(separatedBy: "```yaml\n").dropFirst()
        let blocks = parts.compactMap { $0.components(separatedBy: "\n```").first }
        #expect(blocks.count == 4)
        for block in blocks {
            let settings = try SettingsReaderTests.read(
                block + "\n", environment: ["SLACK_URL": "https://example.com/hook", "PAGER_KEY": "k"])
            #expect(!settings.routes.isEmpty)
        }
    }
}
