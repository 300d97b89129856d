import LapwingCore
import Testing

/// What lies ahead of a key rollover, from what a round saw and what is remembered.
@Suite("Steps of a rollover") struct RolloverStepTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var sight: String
        /// Sets that are remembered: keys, first and last minute, TTL in minutes.
        var dnskey: [(String, Int, Int, Int)] = []
        var signers: [(String, Int, Int, Int)] = []
        var ds: [(String, Int, Int, Int)] = []
        /// Each step with its minute.
        var steps: [String]
    }

    /// What a round saw, as `member=keys` with a digit for each key.
    private static func sight(_ text: String) -> RolloverSight {
        var sight = RolloverSight()
        for part in text.split(separator: " ") {
            let words = part.split(separator: "=", omittingEmptySubsequences: false)
            let keys = Set(labels(String(words[1])))
            switch words[0] {
            case "published": sight.published = keys
            case "signing": sight.signing = keys
            case "anchors": sight.anchors = keys
            case "delegated": sight.delegated = keys
            case "orphaned": sight.orphaned = keys
            case "wanted": sight.wanted = keys
            default: Issue.record("\(words[0]) is unknown")
            }
        }
        return sight
    }

    private static func labels(_ text: String) -> [ChainMemory.KeyLabel] {
        text.compactMap { $0.wholeNumberValue }.map { ChainMemory.KeyLabel(tag: UInt16($0), algorithm: 13) }
    }

    private static func sets(_ sets: [(String, Int, Int, Int)]) -> [ChainMemory.Remembered] {
        sets.map { keys, first, last, ttl in
            ChainMemory.Remembered(
                keys: labels(keys), first: Timestamp(seconds: Int64(first) * 60),
                lastSeen: Timestamp(seconds: Int64(last) * 60), ttl: UInt32(ttl) * 60)
        }
    }

    private static let calm = "published=12 signing=12 anchors=1 delegated=1"

    static let cases = [
        Case(testDescription: "no rollover", sight: calm, dnskey: [("12", 0, 100, 60)], steps: []),
        Case(
            testDescription: "a key that was published later",
            sight: "published=123 signing=12 anchors=1 delegated=1",
            dnskey: [("123", 105, 110, 60), ("12", 0, 100, 60)], steps: ["useKey 3 165"]),
        Case(
            testDescription: "the earlier set had another TTL",
            sight: "published=123 signing=12 anchors=1 delegated=1",
            dnskey: [("123", 105, 110, 5), ("12", 0, 100, 1440)], steps: ["useKey 3 1545"]),
        Case(
            testDescription: "the key was there from the beginning",
            sight: "published=123 signing=12 anchors=1 delegated=1", dnskey: [("123", 0, 110, 60)], steps: []),
        Case(
            testDescription: "one server still serves the earlier set",
            sight: "published=12 signing=12 anchors=1 delegated=1",
            dnskey: [("123", 105, 110, 60), ("12", 0, 110, 60)], steps: []),
        Case(
            testDescription: "a set that came back: it is not known when caches got it",
            sight: "published=123 signing=12 anchors=1 delegated=1",
            dnskey: [("123", 50, 110, 60), ("12", 0, 100, 60)], steps: []),
        Case(
            testDescription: "two earlier sets: the one that lasts longest",
            sight: "published=1234 signing=12 anchors=1 delegated=1",
            dnskey: [("1234", 205, 210, 60), ("123", 105, 200, 60), ("12", 0, 100, 600)],
            steps: ["useKey 4 705", "useKey 3 705"].sorted()),
        Case(
            testDescription: "a DS that is asked for",
            sight: "published=123 signing=123 anchors=13 delegated=1 wanted=3",
            dnskey: [("123", 0, 210, 60)], signers: [("13", 105, 210, 60), ("1", 0, 100, 60)],
            steps: ["publishDS 3 165"]),
        Case(
            testDescription: "and that key has always signed",
            sight: "published=123 signing=123 anchors=13 delegated=1 wanted=3",
            dnskey: [("123", 0, 210, 60)], signers: [("13", 0, 210, 60)], steps: []),
        Case(
            testDescription: "and that key does not sign the keys",
            sight: "published=123 signing=12 anchors=1 delegated=1 wanted=3",
            dnskey: [("123", 105, 210, 60), ("12", 0, 100, 60)], signers: [("1", 0, 210, 60)],
            steps: ["useKey 3 165"]),
        Case(
            testDescription: "what is asked for is there",
            sight: "published=123 signing=123 anchors=13 delegated=13 wanted=13", signers: [("1", 0, 100, 60)],
            steps: []),
        Case(
            testDescription: "a DS without a key",
            sight: "published=23 signing=23 anchors=3 delegated=13 orphaned=1",
            dnskey: [("23", 305, 310, 60), ("123", 105, 300, 60)], steps: ["removeDS 1 365"]),
        Case(
            testDescription: "the key of the DS was never seen",
            sight: "published=23 signing=23 anchors=3 delegated=13 orphaned=1", dnskey: [("23", 0, 310, 60)],
            steps: []),
        Case(
            testDescription: "no other DS leads on",
            sight: "published=23 signing=23 anchors=3 delegated=1 orphaned=1",
            dnskey: [("23", 305, 310, 60), ("123", 105, 300, 60)], steps: []),
        Case(
            testDescription: "a key without its DS",
            sight: "published=123 signing=123 anchors=13 delegated=3",
            dnskey: [("123", 0, 310, 60)], ds: [("3", 305, 310, 1440), ("1", 0, 300, 1440)],
            steps: ["removeKey 1 1745"]),
        Case(
            testDescription: "a key without its DS, for which one is asked",
            sight: "published=123 signing=123 anchors=13 delegated=3 wanted=13",
            ds: [("3", 305, 310, 1440), ("1", 0, 300, 1440)], steps: []),
    ]

    @Test(arguments: cases) func ahead(_ example: Case) {
        var memory = ChainMemory()
        memory.dnskey = Self.sets(example.dnskey)
        memory.signers = example.signers.isEmpty ? nil : Self.sets(example.signers)
        memory.ds = Self.sets(example.ds)
        let steps = Self.sight(example.sight).steps(memory)
        #expect(steps.map { "\($0.kind.rawValue) \($0.key.tag) \($0.at.seconds / 60)" } == example.steps)
    }

    @Test func areBounded() {
        var memory = ChainMemory()
        var sight = RolloverSight()
        let keys = (0..<100).map { ChainMemory.KeyLabel(tag: $0, algorithm: 13) }
        sight.published = Set(keys)
        memory.dnskey = Self.sets([("", 100, 110, 5), ("", 0, 90, 5)])
        memory.dnskey[0].keys = keys
        #expect(sight.steps(memory).count == RolloverStep.limit)
    }
}
