import Foundation
import LapwingConfig
import LapwingCore
import Testing

@Suite("Clients in the configuration")
struct ClientReaderTests {
    private static let picture = "data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="

    @Test("tags, and what the page looks like and shows")
    func read() throws {
        let settings = try SettingsReaderTests.read(
            """
            clients:
              acme: {tags: [client-a, shop], name: Acme GmbH, logo: "\(Self.picture)", colour: "#0A5F6b",
                     domains_public: false, details: true, link: 7, language: pt, zone: America/Sao_Paulo}
              Byte_2: {tags: client-b, password: '$2y$05$abcdefghijklmnopqrstuu'}
            """)
        #expect(settings.clients.map(\.key) == ["acme", "Byte_2"])
        let (acme, byte) = (settings.clients[0], settings.clients[1])
        #expect(acme.tags == ["client-a", "shop"] && acme.name == "Acme GmbH" && acme.colour == "#0a5f6b")
        #expect(acme.logo?.type == "image/svg+xml" && acme.logo?.bytes == Array("<svg></svg>".utf8))
        #expect(!acme.showsNames && acme.showsDetails && acme.link == 7 && acme.passwordHash == nil)
        #expect(byte.name == "Byte_2" && byte.tags == ["client-b"] && byte.logo == nil && byte.colour == nil)
        #expect(acme.language == .portuguese && acme.clock?.zone == "America/Sao_Paulo")
        #expect(byte.language == nil && byte.clock == nil)
        #expect(byte.showsNames && !byte.showsDetails && byte.link == 1)
        #expect(byte.passwordHash == "$2y$05$abcdefghijklmnopqrstuu")
        #expect(acme.has(["shop"]) && acme.has(["x", "client-a"]) && !acme.has(["client-b"]) && !acme.has([]))
    }

    struct Faulty: Sendable, CustomTestStringConvertible {
        var text: String
        var fault: String
        var testDescription: String { text.count > 60 ? String(text.prefix(60)) : text }
    }

    static let faulty = [
        Faulty(text: "{a.b: {tags: x}}", fault: "`a.b` is no name for a client"),
        Faulty(text: "{\(String(repeating: "a", count: 64)): {tags: x}}", fault: "is no name for a client"),
        Faulty(text: "{acme: {name: x}}", fault: "clients.acme: key `tags` is missing"),
        Faulty(text: "{acme: {tags: []}}", fault: "clients.acme.tags: expected 1 to 100 tags"),
        Faulty(text: "{acme: {tags: x, domain_public: true}}", fault: "did you mean `domains_public`?"),
        Faulty(text: "{acme: {tags: x, colour: red}}", fault: "expected a colour such as \"#0a5f6b\", found `red`"),
        Faulty(text: "{acme: {tags: x, colour: \"#12345g\"}}", fault: "expected a colour"),
        Faulty(text: "{acme: {tags: x, colour: \"#fff;}*{x\"}}", fault: "expected a colour"),
        Faulty(text: "{acme: {tags: x, link: 0}}", fault: "clients.acme.link: 0 is outside 1 to 1000000"),
        Faulty(text: "{acme: {tags: x, language: german}}", fault: "`german` is none of en, de, fr, es, pt, ru"),
        Faulty(text: "{acme: {tags: x, zone: Berlin}}", fault: "expected a time zone such as Europe/Berlin"),
        Faulty(text: "{acme: {tags: x, logo: none.png}}", fault: "cannot read the file none.png"),
        Faulty(text: "{acme: {tags: x, logo: text.png}}", fault: "expected a PNG, JPEG, GIF, WebP or SVG"),
        Faulty(text: "{acme: {tags: x, logo: \"data:image/png,abc\"}}", fault: "the picture in base64"),
        Faulty(text: "{acme: {tags: x, logo: \"data:image/png;base64,!!\"}}", fault: "the picture in base64"),
        Faulty(
            text: "{acme: {tags: x, logo: \"data:text/html;base64,PGh0bWw+\"}}",
            fault: "expected a PNG, JPEG, GIF, WebP or SVG of at most 200 KiB"),
        Faulty(text: "{acme: {tags: x, name: \"a\\u202eb\"}}", fault: "characters that can be seen"),
    ]

    @Test("mistakes are told with their place", arguments: faulty)
    func faults(_ one: Faulty) {
        let said = SettingsReaderTests.faults("clients: \(one.text)\n", files: ["text.png": "no picture"])
        #expect(said.count == 1 && said[0].contains(one.fault), "\(said)")
    }

    private static let channels = """
        channels:
          desk: {mail: {url: "smtp://mail.example:25", from: a@example.org, to: [b@example.org]}}
          pager: {pagerduty: {routing_key: "0123456789abcdef0123456789abcdef"}}
        clients: {acme: {tags: x}}

        """

    @Test("reports go to channels by themselves")
    func reports() throws {
        let settings = try SettingsReaderTests.read(
            Self.channels + """
                reports:
                  - {client: acme, every: month, to: desk, at: "06:30", zone: Europe/Berlin, language: de}
                  - {every: week, to: desk}
                """)
        #expect(settings.reports.map(\.client) == ["acme", nil] && settings.reports.map(\.every) == [.month, .week])
        #expect(
            settings.reports.map(\.hour.minute) == [390, 480] && settings.reports.map(\.channel) == ["desk", "desk"])
        #expect(settings.reports.map(\.hour.clock.zone) == ["Europe/Berlin", "UTC"])
        #expect(settings.reports.map(\.language) == [.german, nil])
        let faulty = [
            ("{every: week, to: desk, language: DE}", "`DE` is none of en, de, fr, es, pt, ru"),
            ("{every: month}", "key `to` is missing"), ("{to: desk}", "key `every` is missing"),
            ("{every: year, to: desk}", "`year` is none of month, week"),
            ("{every: week, to: dsek}", "did you mean `desk`?"),
            ("{every: week, to: pager}", "`pager` keeps incidents and takes no report"),
            ("{every: week, to: desk, client: amce}", "did you mean `acme`?"),
            ("{every: week, to: desk, at: 8}", "expected a time such as"),
            ("{every: week, to: desk, zone: Nowhere}", "expected a time zone"),
            ("{every: week, to: desk}, {every: week, to: desk, at: \"09:00\"}", "goes to `desk` already"),
        ]
        for (text, fault) in faulty {
            let said = SettingsReaderTests.faults(Self.channels + "reports: [\(text)]\n")
            #expect(said.count == 1 && said[0].contains(fault), "\(text): \(said)")
        }
    }

    @Test("a password in plain text is refused and not repeated")
    func password() {
        let said = SettingsReaderTests.faults("clients: {acme: {tags: x, password: hunter2}}\n")
        #expect(said.count == 1 && said[0].contains("expected the hash of a password"))
        #expect(!said.joined().contains("hunter2"))
    }

    @Test("a picture is what it begins like, and not too large")
    func pictures() {
        let png: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
        #expect(Client.Logo(png)?.type == "image/png" && Client.Logo([0xff, 0xd8, 0xff, 0xe0])?.type == "image/jpeg")
        #expect(Client.Logo(Array("GIF89a".utf8))?.type == "image/gif")
        #expect(Client.Logo(Array("RIFF....WEBPVP8 ".utf8))?.type == "image/webp")
        #expect(Client.Logo(Array("<?xml version='1.0'?><!-- x --><svg/>".utf8))?.type == "image/svg+xml")
        for other in ["", "<html><svg></svg></html>", "<?xml version='1.0'?><html/>", "GIF", "\u{0}"] {
            #expect(Client.Logo(Array(other.utf8)) == nil, "\(other)")
        }
        let most = png + [UInt8](repeating: 0, count: Client.Logo.longest - png.count)
        #expect(Client.Logo(most) != nil && Client.Logo(most + [0]) == nil)
    }
}
