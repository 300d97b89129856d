import DNSSEC
import DNSWire
import LapwingCore
import LapwingProbes
import LapwingWeb
import Synchronization

/// Immediate look-ups for the page: check-ups of any name, and the chain of trust of a domain.
final class PageLooks: Sendable {
    /// Seconds for which a chain is reused: enough for turning pages, and not longer than the shortest interval, so
    /// that the page agrees with the findings.
    private static let freshness: Range<Int64> = 0..<10
    private static let mostChains = 200
    /// How long a page waits for its chain; the survey continues for later requests.
    private static let patience: Duration = .seconds(3)
    /// The largest number of concurrent surveys; each asks some dozens of questions.
    private static let mostSurveys = 8

    private let checkUp: @Sendable (Name, _ isStranger: Bool) async -> CheckReport?
    private let survey: @Sendable (Name) async -> ChainSurvey?
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    private struct State {
        var chains: [Name: (at: Timestamp, rail: TrustRail?)] = [:]
        var surveys: [Name: Task<TrustRail?, Never>] = [:]
    }

    /// - Parameters:
    ///   - checkUp: checks a name now, also as if it were not watched; nil if that is not possible.
    ///   - survey: follows the chain of trust to a name.
    init(
        checkUp: @escaping @Sendable (Name, _ isStranger: Bool) async -> CheckReport?,
        survey: @escaping @Sendable (Name) async -> ChainSurvey?, now: @escaping @Sendable () -> Timestamp
    ) {
        self.checkUp = checkUp
        self.survey = survey
        self.now = now
    }

    /// Adds the look-ups to the sources of the page.
    func complete(_ sources: inout WebSources) {
        sources.check = { name in self.steps(name, isStranger: false) }
        sources.checkStranger = { name in self.steps(name, isStranger: true) }
        sources.trust = { name in await self.rail(name) }
    }

    private func steps(_ name: Name, isStranger: Bool) -> AsyncStream<CheckStep> {
        AsyncStream { continuation in
            let task = Task {
                if let report = await checkUp(name, isStranger) {
                    for row in report.rows { continuation.yield(.row(row)) }
                    continuation.yield(.verdict(report.verdict))
                } else {
                    let sentence = "This world does not have \(name)"
                    continuation.yield(.verdict(.init(condition: .learning, sentence: sentence, json: "{}")))
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Returns the chain, at most ``freshness`` old; nil if it is not known in time.
    private func rail(_ name: Name) async -> TrustRail? {
        let now = now()
        let (known, survey): (TrustRail??, Task<TrustRail?, Never>?) = state.withLock { state in
            if let known = state.chains[name], Self.freshness.contains(now.seconds(since: known.at)) {
                return (known.rail, nil)
            }
            if let running = state.surveys[name] { return (nil, running) }
            guard state.surveys.count < Self.mostSurveys else { return (nil, nil) }
            let survey = Task { await self.survey(name, at: now) }
            state.surveys[name] = survey
            return (nil, survey)
        }
        guard let survey else { return known ?? nil }
        return await Self.value(of: survey, within: Self.patience)
    }

    private func survey(_ name: Name, at now: Timestamp) async -> TrustRail? {
        let rail = await survey(name).flatMap { $0.proof.verdict == .indeterminate ? nil : TrustRail($0) }
        state.withLock { state in
            if state.chains.count >= Self.mostChains { state.chains.removeAll() }
            state.chains[name] = (now, rail)
            state.surveys[name] = nil
        }
        return rail
    }

    /// Returns the result of the task, or nil if it takes longer; the task continues.
    private static func value(of task: Task<TrustRail?, Never>, within limit: Duration) async -> TrustRail? {
        let (first, continuation) = AsyncStream.makeStream(of: TrustRail?.self)
        let clock = Task {
            try? await Task.sleep(for: limit)
            continuation.finish()
        }
        defer { clock.cancel() }
        Task {
            continuation.yield(await task.value)
            continuation.finish()
        }
        for await rail in first { return rail }
        return nil
    }
}

extension TrustRail {
    init(_ survey: ChainSurvey) {
        // The walk ignores the time, so an expired signature shows only in the verdict on the whole.
        let broken = survey.proof.verdict == .bogus ? survey.proof.reason : nil
        let place = broken.map { reason in survey.links.lastIndex { $0.zone == reason.zone } ?? survey.links.count - 1 }
        let links = survey.links.enumerated().map { index, link in
            let isBroken = index == place
            return Link(
                zone: link.zone.isRoot ? ". (root)" : link.zone.description,
                verdict: isBroken ? "bogus" : "\(link.proof.verdict)",
                text: link.digests.isEmpty ? "" : link.digests.map { "DS \($0.keyTag)" }.joined(separator: ", "),
                error: isBroken ? broken?.text : link.proof.verdict == .bogus ? link.proof.reason?.text : nil,
                keys: link.keys.map { key in
                    Key(
                        label: "\(key.role) \(key.tag) \(Algorithms.name(key.fields.algorithm))",
                        isGood: key.isNamed || !key.role.hasPrefix("key") || key.signsKeys)
                })
        }
        let windows = survey.signatures.map { signature in
            Window(
                label: "\(signature.owner) \(signature.fields.typeCovered)",
                from: Timestamp(seconds: Int64(signature.fields.inception)),
                to: Timestamp(seconds: Int64(signature.fields.expiration)))
        }
        let sentence =
            switch survey.proof.verdict {
            case .secure: "Secure from the trust anchor down."
            case .insecure: survey.proof.reason?.text ?? "Not signed: the answers are not authenticated."
            case .bogus: survey.proof.reason?.text ?? "Does not validate: validating resolvers refuse it."
            case .indeterminate: "No verdict."
            }
        self.init(verdict: "\(survey.proof.verdict)", sentence: sentence, links: links, windows: windows)
    }
}
