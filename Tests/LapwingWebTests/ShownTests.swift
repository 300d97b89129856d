import DNSWire
import Testing

import LapwingWeb

@Suite struct ShownTests {
    @Test(arguments: [
        ("plain", "plain"), ("a\u{202E}b", #"a\u{202E}b"#), ("a\u{0}\u{1B}[31m", #"a\u{0}\u{1B}[31m"#),
        ("zero\u{200B}width", #"zero\u{200B}width"#), ("bücher", "bücher"), ("\u{2028}", #"\u{2028}"#),
    ])
    func harmless(text: String, shown: String) { #expect(Shown.text(text) == shown) }

    @Test func longTextIsCut() {
        let shown = Shown.text(String(repeating: "A", count: 64_000))
        #expect(shown.utf8.count < 2100 && shown.hasSuffix("(64000 bytes)"))
    }

    @Test(
        "titles begin with the domain and say nothing of bytes",
        arguments: [
            ("a.example moves.", "a.example moves."),
            ("The signatures of a.example ended.", "a.example: The signatures of a.example ended."),
            (String(repeating: "x", count: 300), "a.example: " + String(repeating: "x", count: 88) + "…"),
        ])
    func titles(headline: String, title: String) throws {
        #expect(Shown.title(headline, of: try Name("a.example.")) == title)
    }

    @Test(
        "below the name of the domain a headline does not say it again",
        arguments: [
            ("a.example: the signatures ended.", "The signatures ended."),
            ("a.example: ns1.b.example does not answer.", "ns1.b.example does not answer."),
            ("a.example is lost.", "a.example is lost."), ("www.a.example A: gone.", "www.a.example A: gone."),
        ])
    func matter(headline: String, shown: String) throws {
        #expect(Shown.matter(headline, of: try Name("a.example.")) == shown)
    }

    @Test(arguments: [
        ("xn--bcher-kva", "bücher"), ("XN--MNCHEN-3YA", "münchen"), ("xn--e1afmkfd", "пример"), ("xn--fsqu00a", "例子"),
    ])
    func label(encoded: String, decoded: String) { #expect(InternationalLabel.decode(Substring(encoded)) == decoded) }

    @Test(arguments: [
        "xn--", "xn--!", "xn--999999999999", "xn--a-\u{80}", "xn--0000h", "xn--zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
    ])
    func noLabelComesOfWhatIsNone(text: String) { #expect(InternationalLabel.decode(Substring(text)) == nil) }

    @Test func lookAlikesAreMarked() throws {
        #expect(Shown.unicodeName(try Name("xn--pple-43d.example."))?.isMixed == true)
        #expect(Shown.unicodeName(try Name("xn--bcher-kva.example."))?.isMixed == false)
        #expect(Shown.unicodeName(try Name("example.com.")) == nil)
    }

    @Test(arguments: [(5, "5 s"), (840, "14 min"), (86_400, "24 h"), (200_000, "2 d")] as [(Int64, String)])
    func spans(seconds: Int64, text: String) { #expect(Shown.span(seconds) == text) }

    @Test func counts() {
        #expect(Shown.count(9998) == "9,998")
        #expect(Shown.count(1_234_567) == "1,234,567")
        #expect(Shown.count(12) == "12")
    }
}
