import DNSWire
import LapwingCore

/// The response of a resolver from its client's point of view.
struct ResolverAnswer {
    var code: ResponseCode
    var answer: AuthorityAnswer?
    /// The remaining TTL in seconds.
    var ttl: Int?
    var authenticData = false
    var extendedError: UInt16?
    /// Records after those of the answer, with names outside the domain.
    var further: AuthorityAnswer?
    var upperCase = false
    /// Omits the records of the answer.
    var emptied = false
}

extension World {
    func resolverReply(
        _ label: String, _ question: AskedQuestion, query: ReceivedQuery, transport: Condition.Transport,
        state: WorldState, second: Int
    ) -> WorldReply? {
        guard
            let found = resolve(
                label, question, checkingDisabled: query.checkingDisabled, transport: transport, state: state,
                second: second)
        else { return nil }
        let carrier = found.answer ?? found.further ?? AuthorityAnswer(code: found.code)
        if found.answer == nil && found.further == nil {
            return query.refusal(found.code, extendedError: found.extendedError, flags: .recursionAvailable)
        }
        var variant = 1 | (found.authenticData ? 2 : 0) | (found.upperCase ? 4 : 0) | (found.emptied ? 8 : 0)
        variant |= Int(found.extendedError ?? 0) << 8
        if let further = found.further, found.answer != nil {
            variant |= Int(truncatingIfNeeded: UInt(bitPattern: ObjectIdentifier(further).hashValue) << 24)
            kept[ObjectIdentifier(further)] = further
        }
        return replies.reply(carrier, to: query, variant: variant, ttl: found.ttl ?? -1) {
            Self.message(found, to: query)
        }
    }

    private static func message(_ found: ResolverAnswer, to query: ReceivedQuery) -> (message: Message, aging: Int) {
        var message = query.draft(found.code)
        message.flags.insert(.recursionAvailable)
        if found.authenticData { message.flags.insert(.authenticData) }
        message.add(extendedError: found.extendedError)
        let signed = query.wantsSignatures
        var aging = 0
        if let answer = found.answer {
            message.answers = found.emptied ? [] : answer.answers + (signed ? answer.answerSignatures : [])
            aging = found.ttl == nil ? 0 : message.answers.count
            message.authorities =
                answer.authorities.filter { signed || !$0.type.isDenial } + (signed ? answer.authoritySignatures : [])
        }
        if let further = found.further {
            message.answers += further.answers
            if found.answer == nil { message.authorities = further.authorities }
        }
        if found.upperCase { message.answers = message.answers.map(\.withUpperCaseOwner) }
        return (message, aging)
    }

    /// Returns the response of a resolver to one query of the monitor; nil if there is none.
    func resolve(
        _ label: String, _ question: AskedQuestion, checkingDisabled: Bool, transport: Condition.Transport?,
        state: WorldState, second: Int
    ) -> ResolverAnswer? {
        guard let resolver = state.resolver(label) else { return nil }
        let cache = cacheMet(by: question, at: resolver, second: second)
        var rewriting: RecordSet?
        var upperCase = false
        for condition in state.conditions[label] ?? [] {
            guard
                holds(
                    condition, at: label, question, client: "monitor", transport: transport, cache: cache,
                    second: second)
            else { continue }
            switch condition.effect {
            case .timeout: return nil
            case .code(let code, let extendedError):
                return ResolverAnswer(code: code, extendedError: extendedError)
            case .forge(let key, let set):
                let left = Int(set.ttl) - (second - condition.since)
                if key == question.key, left > 0 {
                    return ResolverAnswer(code: .noError, answer: forged(key, set), ttl: left)
                }
            case .rewrite(let set): rewriting = set
            case .upperCase: upperCase = true
            case .freeze, .blockTCP, .refuseEDNS, .dropUDP, .reroute, .skew, .offline, .intercept, .forget, .unreadable:
                break
            }
        }
        var found = plainAnswer(
            resolver, cache: cache, question, checkingDisabled: checkingDisabled, state: state, second: second)
        if let rewriting, found.code == .nxDomain, question.key.type == .a {
            return ResolverAnswer(
                code: .noError, answer: forged(question.key, rewriting), ttl: Int(rewriting.ttl))
        }
        found.upperCase = upperCase
        return found
    }

    /// Selects the cache behind the address that a query reaches: random, but the same for the same query at the same
    /// time.
    private func cacheMet(by question: AskedQuestion, at resolver: ResolverState, second: Int) -> Int {
        guard resolver.caches > 1 else { return 0 }
        let again = repetition(of: question, at: Chance.hash(resolver.label.utf8), second: second)
        return Chance(seed).mixed(with: resolver.label).mixed(with: second).mixed(with: question.hash)
            .mixed(with: again).below(resolver.caches)
    }

    /// Returns the answer of a resolver without a fault.
    private func plainAnswer(
        _ resolver: ResolverState, cache: Int, _ question: AskedQuestion, checkingDisabled: Bool, state: WorldState,
        second: Int
    ) -> ResolverAnswer {
        guard question.key.name.isSubdomain(of: domain), !isBelowCut(question.key, state) else {
            let underParent = question.key.name.isSubdomain(of: state.parent.zone)
            if state.parent.bogus, resolver.validates, underParent, !checkingDisabled {
                return ResolverAnswer(code: .servFail, extendedError: ExtendedErrorCode.bogus)
            }
            let answer = outsideAnswer(question, state: state, second: second)
            return ResolverAnswer(code: answer.code, further: answer)
        }
        if question.key == RecordSetKey(domain, .ds) {
            return secureDelegation(
                resolver, cache: cache, question, checkingDisabled: checkingDisabled, second: second)
        }
        var entry = cached(resolver, cache: cache, question, second: second)
        if checkingDisabled, !entry.isUsable {
            entry = fetch(resolver, cache: cache, question, validates: false, second: second)
        }
        guard let answer = entry.answer else {
            return entry.domainAbsent
                ? ResolverAnswer(
                    code: .nxDomain, answer: absence(state: state, second: second), ttl: entry.expires - second)
                : ResolverAnswer(code: .servFail, extendedError: entry.failure)
        }
        var found = ResolverAnswer(
            code: answer.code, answer: answer, ttl: max(0, entry.expires - second),
            authenticData: entry.secure && !checkingDisabled, extendedError: entry.failure)
        if entry.deniedEarlier { found.emptied = true }
        if !found.emptied, question.key.type != .cname, let last = answer.answers.last, last.type == .cname,
            let target = NameTarget(last.data)?.target, !target.isSubdomain(of: domain)
        {
            let further = outsideAnswer(
                self.question(RecordSetKey(target.folded, question.key.type)), state: state, second: second)
            found.further = further
            found.authenticData = false
            if further.code != .noError { found.code = further.code }
        }
        return found
    }

    /// Whether a name is another zone's, at a cut of the domain's own or below.
    private func isBelowCut(_ key: RecordSetKey, _ state: WorldState) -> Bool {
        guard let cut = state.zones["main"]?.cut(above: key.name) else { return false }
        return key.name != cut || key.type != .ds
    }

    /// Returns the present entry of a cache that all other clients of the resolver keep warm.
    private func cached(
        _ resolver: ResolverState, cache number: Int, _ question: AskedQuestion, second: Int
    ) -> ResolverCache.Entry {
        guard let cache = caches[resolver.label]?[number] else {
            return ResolverCache.Entry(at: second, expires: second + 30)
        }
        if let known = cache.entries[question.id], timeline.flushed(resolver.label, after: known.at, through: second) {
            cache.entries.removeAll(keepingCapacity: true)
        }
        var entry: ResolverCache.Entry
        if let known = cache.entries[question.id] {
            entry = known
        } else if !isWarm(question.key) {
            entry = fetch(resolver, cache: number, question, second: second)
        } else if let flush = timeline.lastFlush(resolver.label, through: second) {
            // Other clients ask again at once.
            entry = fetch(resolver, cache: number, question, second: flush)
        } else {
            // Other clients asked before the monitor began.
            let phase = chance(resolver, number).mixed(with: question.hash).mixed(with: "first").below(600) * 60
            entry = fetch(resolver, cache: number, question, second: min(second, start - phase))
        }
        var rounds = 0
        while entry.expires <= second, rounds < 100_000 {
            rounds += 1
            var next = entry.isUsable ? max(entry.expires, entry.at + 60) : second
            if entry.isUsable { next = skipQuietStretch(from: next, entry: entry, to: second) }
            var new = fetch(resolver, cache: number, question, second: next)
            if !new.isUsable, entry.isUsable, resolver.serveStale > 0, second - entry.expires <= resolver.serveStale {
                entry.expires = second + 30
                entry.secure = false
                entry.failure = ExtendedErrorCode.staleAnswer
                return entry
            }
            if !new.isUsable, next < second { new = fetch(resolver, cache: number, question, second: second) }
            entry = new
            if !entry.isUsable, entry.at >= second { break }
        }
        cache.entries[question.id] = entry
        return entry
    }

    /// Other clients do not ask for names that neither exist nor are watched.
    private func isWarm(_ key: RecordSetKey) -> Bool {
        watched.contains(key.name) || timeline.states.contains { $0.zones["main"]?.holds(key.name) ?? false }
    }

    /// Skips to the last renewals, if for ten days no query arrived and nothing changed.
    private func skipQuietStretch(from next: Int, entry: ResolverCache.Entry, to second: Int) -> Int {
        guard second - next > 864_000, timeline.index(at: next) == timeline.index(at: second) else { return next }
        return second - (second - next) % max(60, entry.expires - entry.at)
    }

    private func forged(_ key: RecordSetKey, _ set: RecordSet) -> AuthorityAnswer {
        if let known = resolverForgeries[key], known.set == set { return known.answer }
        let made = AuthorityAnswer(code: .noError)
        made.answers = set.data.map { Record(name: key.name, ttl: set.ttl, data: $0) }
        resolverForgeries[key] = (set, made)
        return made
    }

    func chance(_ resolver: ResolverState, _ cache: Int) -> Chance {
        Chance(seed).mixed(with: resolver.label).mixed(with: cache)
    }
}

extension Record {
    fileprivate var withUpperCaseOwner: Record {
        let labels = name.labels.map { $0.map { (0x61...0x7a).contains($0) ? $0 - 32 : $0 } }
        var record = self
        record.name = (try? Name(labels: labels)) ?? name
        return record
    }
}
