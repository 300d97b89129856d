import LapwingCore
import Testing

@Suite("Patterns")
struct TextPatternTests {
    @Test(
        arguments: [
            ("v=spf1 *", "v=spf1 mx -all", true), ("v=spf1 *", "v=spf2 mx", false), ("*.net.", "a.example.net.", true),
            ("a?c", "abc", true), ("a?c", "ac", false), ("a\\*c", "a*c", true), ("a\\*c", "abc", false),
            ("*a*b*", "xxaxxbxx", true), ("*a*b*", "xxbxxa", false), ("A*", "abc", true), ("abc", "abcd", false),
            ("*c", "abcabc", true), ("a**b", "ab", true), ("ü*", "über", true), ("a*", "", false), ("?*", "", false),
        ])
    func matches(pattern: String, text: String, fits: Bool) throws {
        #expect(try TextPattern(pattern).matches(text) == fits)
    }

    /// What drives a backtracking matcher into years takes steps by the product of both lengths here.
    @Test(.timeLimit(.minutes(1)))
    func hostile() throws {
        let pattern = try TextPattern(String(repeating: "*aaaaaaaa", count: 15) + "*b")
        #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
    }
}
