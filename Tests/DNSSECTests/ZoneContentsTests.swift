import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

@Suite("Answers out of a zone file")
struct ZoneContentsTests {
    static let text = """
        $TTL 300
        @ SOA ns1 host 7 7200 900 1209600 60
        @ NS ns1
        @ NS ns.elsewhere.example.
        @ MX 10 mail
        ns1 A 192.0.2.1
        WWW A 192.0.2.2
        mail A 192.0.2.3
        alias CNAME www
        away CNAME www.elsewhere.example.
        circle CNAME circle2
        circle2 CNAME circle
        deep.empty A 192.0.2.4
        *.wild A 192.0.2.5
        named.wild TXT "here"
        tree DNAME other.tern.test.
        www.other A 192.0.2.6
        sub NS ns.sub
        ns.sub A 192.0.2.7
        sub DS 12345 13 2 0000000000000000000000000000000000000000000000000000000000000000
        """

    static func name(_ text: String) -> Name { (try? Name(text)) ?? .root }
    static let apex = name("tern.test.")

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var type: RecordType
        var code = ResponseCode.noError
        var answers: [String]
        var authority: [RecordType]
        var isAuthoritative = true
        var testDescription: String { "\(name) \(type)" }

        init(
            _ name: String, _ type: RecordType, _ answers: [String], _ authority: [RecordType] = [],
            _ code: ResponseCode = .noError, isAuthoritative: Bool = true
        ) {
            (self.name, self.type, self.answers, self.authority) = (name, type, answers, authority)
            (self.code, self.isAuthoritative) = (code, isAuthoritative)
        }
    }

    static let cases = [
        Case("tern.test.", .mx, ["10 mail.tern.test."]), Case("www.tern.test.", .a, ["192.0.2.2"]),
        Case("wWw.TERN.test.", .a, ["192.0.2.2"]), Case("www.tern.test.", .aaaa, [], [.soa]),
        Case("gone.tern.test.", .a, [], [.soa], .nxDomain), Case("a.b.www.tern.test.", .a, [], [.soa], .nxDomain),
        Case("empty.tern.test.", .a, [], [.soa]), Case("alias.tern.test.", .a, ["www.tern.test.", "192.0.2.2"]),
        Case("alias.tern.test.", .cname, ["www.tern.test."]),
        Case("alias.tern.test.", .txt, ["www.tern.test."], [.soa]),
        Case("away.tern.test.", .a, ["www.elsewhere.example."]),
        Case("circle.tern.test.", .a, ["circle2.tern.test.", "circle.tern.test."]),
        Case("x.wild.tern.test.", .a, ["192.0.2.5"]), Case("x.y.wild.tern.test.", .a, ["192.0.2.5"]),
        Case("x.wild.tern.test.", .txt, [], [.soa]), Case("named.wild.tern.test.", .a, [], [.soa]),
        Case("x.named.wild.tern.test.", .a, [], [.soa], .nxDomain),
        Case("www.tree.tern.test.", .a, ["other.tern.test.", "www.other.tern.test.", "192.0.2.6"]),
        Case("sub.tern.test.", .a, [], [.ns, .ds], isAuthoritative: false),
        Case("a.b.sub.tern.test.", .a, [], [.ns, .ds], isAuthoritative: false),
        Case("ns.sub.tern.test.", .a, [], [.ns, .ds], isAuthoritative: false),
        Case("sub.tern.test.", .ds, ["12345 13 2 " + String(repeating: "0", count: 56) + " 00000000"]),
        Case("elsewhere.example.", .a, [], [], .refused, isAuthoritative: false),
    ]

    @Test(arguments: cases) func answers(wanted: Case) {
        let file = ZoneFile(Array(Self.text.utf8), apex: Self.apex)
        #expect(file.isLoadable)
        let message = file.contents.answer(Self.name(wanted.name), wanted.type, by: LibcryptoVerifier())
        #expect(message.responseCode == wanted.code)
        #expect(message.answers.map(\.data.text) == wanted.answers)
        #expect(message.authorities.map(\.type) == wanted.authority)
        #expect(message.flags.contains(.authoritative) == wanted.isAuthoritative)
    }

    @Test("a denial lives no longer than its SOA says") func negativeTime() {
        let file = ZoneFile(Array(Self.text.utf8), apex: Self.apex)
        let message = file.contents.answer(Self.name("gone.tern.test."), .a, by: LibcryptoVerifier())
        #expect(message.authorities.first?.ttl == 60)
    }

    /// Every mistake has its line; the first part of its words.
    @Test(
        arguments: [
            ("www CNAME elsewhere.example.", 21, "www.tern.test. has a CNAME", true),
            ("other.test. A 192.0.2.1", 21, "other.test. does not lie in tern.test.", true),
            ("@ SOA a. b. 1 1 1 1 1", 21, "tern.test. has a second SOA", true),
            ("x A 300.1.1.1", 21, "", true), ("x NONSENSE 1", 21, "NONSENSE is not a record type", true),
            ("$INCLUDE /etc/passwd", 21, "$INCLUDE is not followed", true),
            ("@ NS ns9", 21, "tern.test. NS leads to ns9.tern.test., which has no address", true),
            ("@ MX 20 mx9", 21, "tern.test. MX leads to mx9.tern.test., which has no address", false),
            ("@ MX 20 alias", 21, "tern.test. MX leads to alias.tern.test., which is an alias", false),
            ("@ MX 20 x.wild", nil, "", false), ("@ MX 20 mx.sub", nil, "", false), ("@ MX 0 .", nil, "", false),
        ] as [(String, Int?, String, Bool)])
    func mistakes(extra: String, line: Int?, text: String, isFatal: Bool) {
        let file = ZoneFile(Array("\(Self.text)\n\(extra)\n".utf8), apex: Self.apex)
        #expect(file.mistakes.map(\.line) == [line].compactMap(\.self))
        #expect(file.mistakes.allSatisfy { $0.text.hasPrefix(text) }, "\(file.mistakes)")
        #expect(file.isLoadable == !isFatal)
    }

    @Test("what is no zone at all") func hostile() {
        #expect(!ZoneFile([], apex: Self.apex).isLoadable)
        let noise = ZoneFile(Array(repeating: UInt8(ascii: "("), count: 100_000), apex: Self.apex)
        #expect(!noise.isLoadable)
        let lines = ZoneFile(Array(String(repeating: "x y z\n", count: 10_000).utf8), apex: Self.apex)
        #expect(lines.mistakes.count == ZoneFile.mostMistakes)
    }
}
