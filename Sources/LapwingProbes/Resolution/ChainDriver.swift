package import DNSSEC
package import DNSWire
internal import Synchronization

/// Surveys the chain of trust of a name: its links, their present validity, and how long that lasts.
package struct ChainDriver: Sendable {
    private let exchange: ResolutionDriver.Exchange
    private let settings: @Sendable () -> ResolverSettings
    private let verifier: any SignatureVerifier

    /// Makes a driver with a means of sending queries; each survey sends each query once per server.
    package init(
        settings: @autoclosure @escaping @Sendable () -> ResolverSettings, verifier: any SignatureVerifier,
        exchange: @escaping ResolutionDriver.Exchange
    ) {
        self.settings = settings
        self.verifier = verifier
        self.exchange = exchange
    }

    /// Validates twice with the same replies, with and without signature times, so that expired signatures are found
    /// too.
    package func survey(_ name: Name, now: Int64, limit: Duration = .seconds(15)) async -> ChainSurvey {
        let questions = ZoneVerdict.questions(about: name)
        let replies = ReplyMemory()
        let exchange: ResolutionDriver.Exchange = { [exchange] query in
            if let known = replies.reply(to: query) { return known }
            let reply = await exchange(query)
            replies.keep(reply, to: query)
            return reply
        }
        let (judged, first) = await resolve(questions, judgingTimes: true, now: now, limit, exchange, effort: .survey)
        let (found, memory) = await resolve(
            questions, judgingTimes: false, now: now, limit, exchange, effort: first.effort)
        return ChainSurvey(
            name: name, judged: judged, found: found, evidence: memory.evidence, standing: first.evidence,
            now: UInt32(truncatingIfNeeded: now), verifier: verifier)
    }

    /// Returns the verdict on the zone at a moment, including further names in it.
    package func verdict(
        on zone: Name, besides others: [Question], now: Int64, limit: Duration = .seconds(15)
    ) async -> Proof {
        let questions = ZoneVerdict.questions(about: zone, besides: Array(others.prefix(Self.mostOthers)))
        let (judged, _) = await resolve(
            questions, judgingTimes: true, now: now, limit, exchange, effort: .survey)
        return ZoneVerdict.joined(judged, of: zone)
    }

    /// The largest number of questions in one verdict besides those about the zone itself.
    private static let mostOthers = 96

    private func resolve(
        _ questions: [Question], judgingTimes: Bool, now: Int64, _ limit: Duration,
        _ exchange: @escaping ResolutionDriver.Exchange, effort: Effort?
    ) async -> ([Resolution], ResolutionCache) {
        let settings = walkSettings(judgingTimes: judgingTimes)
        let driver = ResolutionDriver(settings: settings, verifier: verifier, exchange: exchange)
        var memory = ResolutionCache()
        memory.effort = effort
        var resolutions: [Resolution] = []
        var silences = 0
        let clock = ContinuousClock()
        let start = clock.now
        for question in questions {
            let resolution = await driver.resolve(question, memory: &memory, now: now, limit: limit)
            resolutions.append(resolution)
            // If no server answers, the other questions would only wait as well; an unreachable alias target says
            // nothing about them.
            if resolution.proof.reason?.code == .timedOut || clock.now - start > limit { break }
            if let reason = resolution.proof.reason, reason.code == .unreachable,
                question.name.isSubdomain(of: reason.zone)
            {
                silences += 1
            }
            if silences > (resolutions.count == 1 ? 0 : 2) { break }
        }
        return (resolutions, memory)
    }

    private func walkSettings(judgingTimes: Bool) -> ResolverSettings {
        var settings = settings()
        settings.judgesTimes = judgingTimes
        settings.keepsTrace = false
        return settings
    }
}

/// The replies of one survey, so that both of its runs see the same.
private final class ReplyMemory: Sendable {
    /// The largest total size of cached records in bytes; later queries are repeated by the second run.
    ///
    /// An ordinary survey takes a tenth of a megabyte.
    private static let mostBytes = 8 << 20

    private let known = Mutex<(replies: [ServerQuery: ServerReply], bytes: Int)>(([:], 0))

    func reply(to query: ServerQuery) -> ServerReply? { known.withLock { $0.replies[query] } }

    func keep(_ reply: ServerReply, to query: ServerQuery) {
        var size = 256
        if case .message(let message) = reply {
            for record in message.answers + message.authorities + message.additionals {
                size += 128 + record.data.bytes.count
            }
        }
        known.withLock { known in
            guard known.bytes + size <= Self.mostBytes else { return }
            known.bytes += size
            known.replies[query] = reply
        }
    }
}
