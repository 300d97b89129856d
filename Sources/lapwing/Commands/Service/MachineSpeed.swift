import DNSWire
import LapwingCore

/// How this machine compares with the one that the figures of docs/performance.md are from.
enum MachineSpeed {
    /// Nanoseconds that it took there to read and digest ``answer``.
    static let reference = 180.0
    private static let answers = 4000
    private static let runs = 15

    /// How many times as long as there the same work takes here: the best of several runs, since others' work only adds.
    static func factor() -> Double {
        var digester = AnswerDigester(key: AnswerDigest.Key(low: 1, high: 2))
        var best = Duration.seconds(1)
        var digests: UInt128 = 0
        for _ in 0..<runs {
            let began = ContinuousClock.now
            for _ in 0..<answers { digests ^= (try? digester.summary(of: answer.span))?.answer.value ?? 1 }
            best = min(best, began.duration(to: .now))
        }
        // Each digest went in an even number of times; what is looked at cannot be left out.
        precondition(digests == 0, "an answer was not read")
        return best / .nanoseconds(1) / Double(answers) / reference
    }

    /// An answer with four addresses.
    private static let answer: [UInt8] =
        [0x9b, 0x55, 0x81, 0x80, 0, 1, 0, 4, 0, 0, 0, 0] + question
        + (1...4).flatMap { [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 1, 0x2c, 0, 4, 192, 0, 2, $0] }
    private static let question: [UInt8] =
        [3] + Array("www".utf8) + [7] + Array("example".utf8) + [3] + Array("com".utf8) + [0, 0, 1, 0, 1]
}
