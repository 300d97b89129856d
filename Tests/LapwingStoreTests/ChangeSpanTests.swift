import DNSWire
import LapwingCore
import LapwingStore
import Testing

@Suite("Changes with their ends")
struct ChangeSpanTests {
    private static func change(_ old: String, _ new: String, back: Int64? = nil) throws -> Change {
        var change = Change(
            name: try Name("www.tern.test"), kind: .records(.a), old: [old], new: [new], seenBy: ["ns1"])
        change.backSince = back.map { Timestamp(seconds: $0) }
        return change
    }

    /// `1->2@10` was written at second 10; `2->1@30<20` undoes it, seen since second 20.
    private static func stored(_ words: [String]) throws -> [StoredChange] {
        try words.enumerated().map { place, word in
            let sides = word.split(separator: "@")
            let values = sides[0].split(separator: ">").map { String($0.prefix { $0 != "-" }) }
            let moments = sides[1].split(separator: "<").compactMap { Int64($0) }
            return StoredChange(
                id: Int64(place), domain: try Name("tern.test"), at: Timestamp(seconds: moments[0]),
                change: try change(values[0], values[1], back: moments.count > 1 ? moments[1] : nil))
        }.reversed()
    }

    @Test(
        arguments: [
            (["1->2@10"], ["1>2 10"]),
            (["1->2@10", "2->1@30<20"], ["1>2 10 to 20"]),
            // As earlier versions wrote: once a round.
            (["1->2@10", "1->2@20", "1->2@30"], ["1>2 10"]),
            // Again after its end, and another value in its place.
            (["1->2@10", "2->1@30<20", "1->2@40"], ["1>2 10 to 20", "1>2 40"]),
            (["1->2@10", "1->3@20", "3->1@40<30"], ["1>2 10", "1>3 20 to 30"]),
            // The way back of something that is not in the list any more.
            (["2->1@30<20"], []),
        ] as [([String], [String])])
    func spans(_ words: [String], _ expected: [String]) throws {
        let spans = ChangeSpan.spans(try Self.stored(words)).map { span in
            "\(span.change.old[0])>\(span.change.new[0]) \(span.at.seconds)"
                + (span.until.map { " to \($0.seconds)" } ?? "")
        }
        #expect(spans == expected)
    }
}
