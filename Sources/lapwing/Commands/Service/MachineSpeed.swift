import DNSWire
import LapwingCore

/// Compares this machine with the one on which the figures of docs/performance.md were measured.
enum MachineSpeed {
    /// Nanoseconds to read and digest ``answer`` on that machine.
    static let reference = 180.0
    private static let answers = 4000
    private static let runs = 15

    /// Returns the duration of the same work relative to that machine: the best of several runs, since other load can
    /// only slow it down.
    static func factor() -> Double {
        var digester = AnswerDigester(key: AnswerDigest.Key(low: 1, high: 2))
        var best = Duration.seconds(1)
        var digests: UInt128 = 0
        for _ in 0..<runs {
            let began = ContinuousClock.now
            for _ in 0..<answers { digests ^= (try? digester.summary(of: answer.span))?.answer.value ?? 1 }
            best = min(best, began.duration(to: .now))
        }
        // Each digest is included an even number of times; checking the result keeps the optimiser from removing the
        // work.
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
