import DNSWire
import LapwingConfig
import LapwingCore
import Testing

@Suite("Calculated health in the configuration")
struct HealthReaderTests {
    private static let domains = """
        domains:
          - a.example
          - {name: b.example, tags: [client-a]}
          - {name: c.example, tags: [client-a, shop]}

        """

    @Test("names of domains or a tag, a number or all")
    func read() throws {
        let settings = try SettingsReaderTests.read(
            Self.domains + """
                health:
                  shop: {needs: 2, of: [a.example, B.example., c.example]}
                  Client_A: {needs: all, of: {tag: client-a}, fails_at: warning, severity: notice, tags: ops}
                """)
        #expect(settings.health.map(\.name) == ["shop", "Client_A"])
        let (shop, client) = (settings.health[0], settings.health[1])
        let names = try ["a.example", "b.example", "c.example"].map { try Name($0) }
        #expect(shop.needs == .count(2) && shop.members == .domains(names))
        #expect(shop.failsAt == .critical && shop.severity == .critical && shop.tags.isEmpty)
        #expect(shop.subject.description == "shop." && client.subject.description == "client_a.")
        #expect(client.needs == .all && client.members == .tag("client-a") && client.tags == ["ops"])
        #expect(client.failsAt == .warning && client.severity == .notice)
    }

    struct Faulty: Sendable, CustomTestStringConvertible {
        var text: String
        var faults: [String]
        var testDescription: String { text }
    }

    static let faulty = [
        Faulty(
            text: "{shop: {needs: 2, of: [a.example, b.exmaple]}}",
            faults: ["5:43: error: health.shop.of[1]: `b.exmaple` is not among the domains; did you mean `b.example`?"]),
        Faulty(
            text: "{shop: {needs: 3, of: [a.example, b.example]}}",
            faults: ["5:24: error: health.shop.needs: 3 of 2 cannot be; at most 2"]),
        Faulty(
            text: "{shop: {needs: 0, of: [a.example]}}",
            faults: [
                "5:24: error: health.shop.needs: expected a number of domains from 1 on, or `all`, found `0`"
            ]),
        Faulty(
            text: "{shop: {needs: most, of: [a.example]}}",
            faults: [
                "5:24: error: health.shop.needs: expected a number of domains from 1 on, or `all`, found `most`"
            ]),
        Faulty(text: "{shop: {needs: 1, of: []}}", faults: ["5:31: error: health.shop.of: no domain is named"]),
        Faulty(
            text: "{shop: {needs: 1, of: [a.example, A.example]}}",
            faults: ["5:43: error: health.shop.of[1]: `A.example` is named twice"]),
        Faulty(
            text: "{shop: {needs: 1, of: {tag: client-b}}}",
            faults: [
                "5:37: error: health.shop.of.tag: no domain of the configuration has the tag `client-b`; did you mean "
                    + "`client-a`?"
            ]),
        Faulty(text: "{shop: {needs: 1, of: {}}}", faults: ["5:31: error: health.shop.of: key `tag` is missing"]),
        Faulty(text: "{shop: {of: [a.example]}}", faults: ["5:16: error: health.shop: key `needs` is missing"]),
        Faulty(text: "{shop: {needs: 1}}", faults: ["5:16: error: health.shop: key `of` is missing"]),
        Faulty(
            text: "{shop: {needs: 1, of: [a.example], fails_at: notice}}",
            faults: ["5:54: error: health.shop.fails_at: `notice` is none of warning, critical"]),
        Faulty(
            text: "{shop: {needs: 1, of: [a.example], sverity: notice}}",
            faults: ["5:44: error: unknown key `sverity` in health.shop; did you mean `severity`?"]),
        Faulty(
            text: "{a.example: {needs: 1, of: [a.example]}}",
            faults: [
                "5:10: error: health.a.example: `a.example` is no name for a health: 1 to 63 letters, digits, hyphens "
                    + "and underscores"
            ]),
        Faulty(
            text: "{shop: {needs: 1, of: [a.example]}, Shop: {needs: 1, of: [a.example]}}",
            faults: ["5:45: error: health.Shop: `Shop` is there already, in other letters"]),
        Faulty(text: "[shop]", faults: ["5:9: error: health: expected keys and values, found a list"]),
    ]

    @Test("what is wrong is told with its place", arguments: faulty)
    func faults(_ item: Faulty) {
        let text = Self.domains + "health: \(item.text)\n"
        #expect(SettingsReaderTests.faults(text) == item.faults.map { "lapwing.yml:" + $0 })
    }

    @Test("a top-level domain that is watched leaves its name to itself")
    func sameName() {
        let faults = SettingsReaderTests.faults(
            "domains: [{name: shop, suffix: true}]\nhealth: {shop: {needs: 1, of: [shop]}}\n")
        #expect(
            faults == [
                "lapwing.yml:2:10: error: health.shop: `shop` is a watched domain; a health needs a name of its own"
            ])
    }
}
