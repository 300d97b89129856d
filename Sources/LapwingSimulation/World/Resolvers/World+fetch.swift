import DNSWire
import LapwingCore

/// How a resolver obtains data that is not in its cache.
extension World {
    private enum Validation {
        case unchecked, secure, insecure
        case bogus(UInt16)
    }

    /// Seconds for which a failure is cached.
    private static let failureTTL = 30
    private static let absenceTTL = 900

    func fetch(
        _ resolver: ResolverState, cache: Int, _ question: AskedQuestion, validates: Bool? = nil, second: Int
    ) -> ResolverCache.Entry {
        let state = timeline.state(at: second)
        let resolver = state.resolver(resolver.label) ?? resolver
        let validates = validates ?? resolver.validates
        let failed = ResolverCache.Entry(
            at: second, expires: second + Self.failureTTL, failure: ExtendedErrorCode.noReachableAuthority)
        guard let delegation = delegation(resolver, cache: cache, second: second) else { return failed }
        switch delegation.state {
        case .ok: break
        case .absent:
            if validates, state.parent.bogus { return failed }
            return ResolverCache.Entry(at: second, expires: second + Self.absenceTTL, domainAbsent: true)
        case .servfail, .timeout: return failed
        }
        var reason: UInt16?
        for host in shuffled(delegation.hosts, resolver, cache, question, second) {
            guard let server = state.server(host: host),
                let answer = ask(resolver, server.label, question, state: state, second: second),
                answer.code == .noError || answer.code == .nxDomain
            else { continue }
            let validation =
                validates
                ? validate(answer, question, resolver, cache: cache, server: server.label, second: second) : .unchecked
            if case .bogus(let code) = validation {
                reason = code
                continue
            }
            return entry(answer, validation, question, resolver, second: second)
        }
        return ResolverCache.Entry(
            at: second, expires: second + Self.failureTTL, failure: reason ?? ExtendedErrorCode.noReachableAuthority)
    }

    private func entry(
        _ answer: AuthorityAnswer, _ validation: Validation, _ question: AskedQuestion, _ resolver: ResolverState,
        second: Int
    ) -> ResolverCache.Entry {
        var secure = false
        if case .secure = validation { secure = true }
        let denied =
            secure && answer.hidesWildcardTypes && resolver.usesDenialsAggressively && question.key.type == .a
        var ttl = denied ? Int(min(answer.negativeTTL, 10_800)) : answer.ttl
        if secure, let signatures = answer.signatures { ttl = min(ttl, signatures.to - second) }
        return ResolverCache.Entry(
            at: second, expires: second + max(1, clamp(ttl, resolver)), answer: answer, secure: secure,
            deniedEarlier: denied)
    }

    private func clamp(_ ttl: Int, _ resolver: ResolverState) -> Int {
        max(resolver.shortestTTL, min(resolver.longestTTL, ttl))
    }

    private func shuffled(
        _ hosts: [Name], _ resolver: ResolverState, _ cache: Int, _ question: AskedQuestion, _ second: Int
    ) -> [Name] {
        guard hosts.count > 1 else { return hosts }
        let chance = chance(resolver, cache).mixed(with: question.hash).mixed(with: floorDivide(second, 60))
        return hosts.map { ($0, chance.mixed(with: $0.folded.wire).value) }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// Sends one query of a resolver to a server, or to the server that its packets really reach.
    private func ask(
        _ resolver: ResolverState, _ server: String, _ question: AskedQuestion, state: WorldState, second: Int
    ) -> AuthorityAnswer? {
        var server = server
        for condition in state.conditions[resolver.label] ?? [] {
            guard case .reroute(let from, let to) = condition.effect, from.contains(server),
                holds(condition, at: resolver.label, question, client: resolver.label, transport: nil, second: second)
            else { continue }
            server = to
        }
        let outcome = authority(server, question, client: resolver.label, transport: nil, state: state, second: second)
        guard case .answer(let answer) = outcome else { return nil }
        return answer
    }

    // MARK: Delegation

    private func delegation(_ resolver: ResolverState, cache number: Int, second: Int) -> ResolverCache.Delegation? {
        guard let cache = caches[resolver.label]?[number] else { return nil }
        if let known = cache.delegation, timeline.flushed(resolver.label, after: known.at, through: second) {
            cache.delegation = nil
        }
        if let known = cache.delegation, known.expires > second { return known }
        var at = second
        if let known = cache.delegation {
            at = max(known.expires, known.at)
        } else if let flush = timeline.lastFlush(resolver.label, through: second) {
            at = flush
        } else if second <= start + 36_000 {
            let state = timeline.state(at: second)
            let span = min(clamp(Int(state.parent.nameServerTTL), resolver) / 60, 1440)
            at = second - chance(resolver, number).mixed(with: "delegation").below(max(1, span)) * 60
        }
        while true {
            let found = delegation(resolver, at: at)
            cache.delegation = found
            if found.expires > second { return found }
            at = found.expires
        }
    }

    private func delegation(_ resolver: ResolverState, at second: Int) -> ResolverCache.Delegation {
        let state = timeline.state(at: second)
        let parent = state.parent
        switch parent.state {
        case .absent:
            return ResolverCache.Delegation(
                at: second, expires: second + Self.absenceTTL, state: .absent, hosts: [])
        case .servfail, .timeout:
            return ResolverCache.Delegation(at: second, expires: second + 60, state: parent.state, hosts: [])
        case .ok: break
        }
        var ttl = Int(parent.nameServerTTL)
        let question = self.question(RecordSetKey(domain, .ns))
        for host in parent.nameServers {
            guard let server = state.server(host: host),
                case .answer(let answer) = authority(
                    server.label, question, client: resolver.label, transport: nil, state: state, second: second),
                answer.code == .noError, !answer.answers.isEmpty
            else { continue }
            ttl = min(ttl, answer.ttl)
            break
        }
        return ResolverCache.Delegation(
            at: second, expires: second + max(1, clamp(ttl, resolver)), state: .ok, hosts: parent.nameServers)
    }

    // MARK: Validation, from labels

    func secureLabels(_ resolver: ResolverState, cache number: Int, second: Int) -> ResolverCache.Secure {
        let cache = caches[resolver.label]?[number]
        if let known = cache?.secure, timeline.flushed(resolver.label, after: known.at, through: second) {
            cache?.secure = nil
        }
        var entry = cache?.secure
        while true {
            if let entry, entry.expires > second { return entry }
            var at = second
            if let entry {
                at = entry.expires
            } else if let flush = timeline.lastFlush(resolver.label, through: second) {
                at = flush
            } else if second <= start + 36_000 {
                let ttl = clamp(Int(timeline.state(at: second).parent.secureTTL), resolver) / 60
                at = second - chance(resolver, number).mixed(with: "ds").below(max(1, ttl)) * 60
            }
            let parent = timeline.state(at: at).parent
            let isKnown = !parent.bogus && (parent.state == .ok || parent.state == .absent)
            let ttl = parent.secureKeys.isEmpty ? Self.absenceTTL : Int(parent.secureTTL)
            let new = ResolverCache.Secure(
                at: at, expires: at + (isKnown ? max(1, clamp(ttl, resolver)) : 60),
                labels: isKnown ? parent.secureKeys : [], bogus: !isKnown)
            cache?.secure = new
            entry = new
        }
    }

    private func validate(
        _ answer: AuthorityAnswer, _ question: AskedQuestion, _ resolver: ResolverState, cache number: Int,
        server: String,
        second: Int
    ) -> Validation {
        let secure = secureLabels(resolver, cache: number, second: second)
        if secure.bogus { return .bogus(ExtendedErrorCode.bogus) }
        let state = timeline.state(at: second)
        let usable = secure.labels.filter { label in
            guard let algorithm = state.keys[label]?.algorithm else { return false }
            return resolver.supportsSHA1 || (algorithm != 5 && algorithm != 7)
        }
        if usable.isEmpty { return .insecure }
        let isKeys = question.key == RecordSetKey(domain, .dnskey)
        guard
            let keys = isKeys
                ? answer : self.keys(resolver, cache: number, server: server, usable: usable, second: second)
        else { return .bogus(ExtendedErrorCode.keyMissing) }
        if let fault = fault(ofKeys: keys, usable: usable, second: second) { return .bogus(fault) }
        if isKeys { return .secure }
        guard let signatures = answer.signatures else { return .bogus(ExtendedErrorCode.signaturesMissing) }
        if !signatures.sound { return .bogus(ExtendedErrorCode.bogus) }
        if let fault = Self.fault(ofTime: signatures, second: second) { return .bogus(fault) }
        if Set(signatures.signers).isDisjoint(with: keys.keyLabels) { return .bogus(ExtendedErrorCode.keyMissing) }
        if answer.isNegative {
            if answer.iterations > resolver.bogusOver { return .bogus(ExtendedErrorCode.bogus) }
            if answer.iterations > resolver.insecureOver || answer.isOptOut { return .insecure }
        }
        return .secure
    }

    /// Returns the DNSKEY RRset from this cache, or from the given server.
    private func keys(
        _ resolver: ResolverState, cache number: Int, server: String, usable: [String], second: Int
    ) -> AuthorityAnswer? {
        let cache = caches[resolver.label]?[number]
        if let known = cache?.keys, timeline.flushed(resolver.label, after: known.at, through: second) {
            cache?.keys = nil
        }
        if let known = cache?.keys, known.expires > second { return known.answer }
        let question = self.question(RecordSetKey(domain, .dnskey))
        let state = timeline.state(at: second)
        guard let answer = ask(resolver, server, question, state: state, second: second), answer.code == .noError else {
            return nil
        }
        var ttl = answer.answers.isEmpty ? 0 : answer.ttl
        if let signatures = answer.signatures { ttl = min(ttl, max(0, signatures.to - second)) }
        if fault(ofKeys: answer, usable: usable, second: second) == nil {
            cache?.keys = ResolverCache.Keys(at: second, expires: second + clamp(ttl, resolver), answer: answer)
        }
        return answer
    }

    /// Returns the fault of a DNSKEY answer that the DS records do not authenticate; nil if they do.
    private func fault(ofKeys keys: AuthorityAnswer, usable: [String], second: Int) -> UInt16? {
        guard !keys.answers.isEmpty, !keys.keyLabels.isEmpty else { return ExtendedErrorCode.keyMissing }
        guard let signatures = keys.signatures else { return ExtendedErrorCode.signaturesMissing }
        guard signatures.sound else { return ExtendedErrorCode.bogus }
        if let fault = Self.fault(ofTime: signatures, second: second) { return fault }
        let vouched = usable.contains { keys.keyLabels.contains($0) && signatures.signers.contains($0) }
        return vouched ? nil : ExtendedErrorCode.keyMissing
    }

    private static func fault(ofTime signatures: AuthorityAnswer.Signatures, second: Int) -> UInt16? {
        if second >= signatures.to { return ExtendedErrorCode.signatureExpired }
        return second < signatures.from ? ExtendedErrorCode.signatureNotYetValid : nil
    }
}
