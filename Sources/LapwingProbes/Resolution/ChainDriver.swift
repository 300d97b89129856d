package import DNSSEC
package import DNSWire
internal import Synchronization

/// Surveys the chain of trust of a name: what there is, what it is worth now, and until when.
package struct ChainDriver: Sendable {
    /// The sets that are looked at; a name that does not exist is asked for too, for the sake of the denial.
    package static let types: [RecordType] = [
        .soa, .ns, .dnskey, .cds, .cdnskey, .a, .aaaa, .mx, .txt,
    ]

    /// A label that nobody uses.
    private static let absentLabel = Array("lapwing-asks-for-what-is-not".utf8)

    private let exchange: ResolutionDriver.Exchange
    private let settings: @Sendable () -> ResolverSettings
    private let verifier: any SignatureVerifier

    /// A driver over some way to ask; each question goes to each server once.
    package init(
        settings: @autoclosure @escaping @Sendable () -> ResolverSettings, verifier: any SignatureVerifier,
        exchange: @escaping ResolutionDriver.Exchange
    ) {
        let replies = ReplyMemory()
        self.settings = settings
        self.verifier = verifier
        self.exchange = { query in
            if let known = replies.known.withLock({ $0[query] }) { return known }
            let reply = await exchange(query)
            replies.known.withLock { $0[query] = reply }
            return reply
        }
    }

    /// Walks twice, the second time over the same replies: once judging times, once not, to see also what has ended.
    package func survey(_ name: Name, now: Int64, limit: Duration = .seconds(15)) async -> ChainSurvey {
        var questions = Self.types.map { Question(name: name, type: $0) }
        if let absent = try? name.prepending(label: Self.absentLabel) {
            questions.append(Question(name: absent, type: .a))
        }
        let (judged, _) = await resolve(questions, judgingTimes: true, now: now, limit)
        let (found, memory) = await resolve(questions, judgingTimes: false, now: now, limit)
        return ChainSurvey(
            name: name, judged: judged, found: found, evidence: memory.evidence,
            now: UInt32(truncatingIfNeeded: now), verifier: verifier)
    }

    private func resolve(
        _ questions: [Question], judgingTimes: Bool, now: Int64, _ limit: Duration
    ) async -> ([Resolution], Memory) {
        var settings = settings()
        settings.judgesTimes = judgingTimes
        settings.keepsTrace = false
        let driver = ResolutionDriver(settings: settings, verifier: verifier, exchange: exchange)
        var memory = Memory()
        var resolutions: [Resolution] = []
        for question in questions {
            let resolution = await driver.resolve(question, memory: &memory, now: now, limit: limit)
            resolutions.append(resolution)
            // Where nobody answers, the other questions would only wait as well.
            if resolution.proof.reason?.code == .timedOut { break }
        }
        return (resolutions, memory)
    }
}

private final class ReplyMemory: Sendable {
    let known = Mutex<[ServerQuery: ServerReply]>([:])
}
