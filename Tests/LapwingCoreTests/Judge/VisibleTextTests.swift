import LapwingCore
import Testing

@Suite("Text of strangers on a terminal")
struct VisibleTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("Société 株式会社 ж", "Société 株式会社 ж"), ("a\u{1B}[31mb", "a\\u{1B}[31mb"),
        ("bell\u{7}", "bell\\u{7}"), ("two\nlines\r", "two\\u{A}lines\\u{D}"),
        ("\u{202E}evil\u{2066}", "\\u{202E}evil\\u{2066}"),
        ("\u{9B}31m", "\\u{9B}31m"), ("a\u{200B}b\u{FEFF}", "a\\u{200B}b\\u{FEFF}"), ("\u{2028}", "\\u{2028}"),
        ("\u{7F}", "\\u{7F}"),
        ("\u{E0041}", "\\u{E0041}"), ("", ""),
    ])
    func escapes(text: String, shown: String) {
        #expect(text.visible == shown)
        #expect(text.visible.visible == shown)
    }

    @Test func lines() { #expect("a\nb\u{1B}\r\nc\td".visibleLines == "a\nb\\u{1B}\\u{D}\nc\td") }
}
