import DNSWire
import LapwingCore

/// The outcome of one query to an authoritative server.
enum AuthorityOutcome {
    case silence
    /// Only the header arrived: the response is too large for UDP.
    case truncated
    case answer(AuthorityAnswer)
}

extension World {
    func authorityReply(
        _ label: String, _ question: AskedQuestion, query: ReceivedQuery, transport: Condition.Transport,
        state: WorldState, second: Int
    ) -> WorldReply? {
        let refusesEDNS = (state.conditions[label] ?? []).contains { condition in
            guard case .refuseEDNS = condition.effect else { return false }
            return holds(condition, at: label, question, client: "monitor", transport: transport, second: second)
        }
        if refusesEDNS, query.message.edns != nil { return query.formatError }
        let outcome = authority(
            label, question, client: "monitor", transport: transport, limit: query.udpLimit, state: state,
            second: second)
        switch outcome {
        case .silence:
            return nil
        case .truncated:
            return query.refusal(.noError, flags: [.authoritative, .truncated])
        case .answer(let answer):
            return reply(answer, to: query)
        }
    }

    /// What came of the wish to have a whole zone.
    enum Transfer {
        case silent
        case refused
        case zone([Record])
    }

    /// What a server says to the monitor that asks for the whole zone, by its key or as anybody would.
    func transfer(from address: IPAddress, toAnybody: Bool, at second: Int) -> Transfer {
        let state = timeline.state(at: second)
        guard !state.isOffline, !state.isIntercepted,
            let server = state.servers.first(where: { $0.addresses.contains(address) }),
            case .answer(let head) = authority(
                server.label, question(RecordSetKey(domain, .soa)), client: "monitor", transport: .tcp, state: state,
                second: second)
        else { return .silent }
        let isAllowed = toAnybody ? server.givesZone == .anybody : server.givesZone != .nobody
        guard isAllowed, head.code == .noError, let zone = server.serves.flatMap({ state.zones[$0] }) else {
            return .refused
        }
        let records = zone.sets.sorted { ($0.key.name, $0.key.type.rawValue) < ($1.key.name, $1.key.type.rawValue) }
            .flatMap { key, set in set.data.map { Record(name: key.name, ttl: set.ttl, data: $0) } }
        return .zone(head.answers + records)
    }

    /// Returns the reply for an authoritative answer.
    func reply(_ answer: AuthorityAnswer?, to query: ReceivedQuery) -> WorldReply? {
        guard let answer else { return query.refusal(.refused) }
        return replies.reply(answer, to: query, variant: 0) {
            var message = query.draft(answer.code)
            if answer.isAuthoritative { message.flags.insert(.authoritative) }
            let signed = query.wantsSignatures
            message.answers = answer.answers + (signed ? answer.answerSignatures : [])
            message.authorities =
                answer.authorities.filter { signed || !$0.type.isDenial } + (signed ? answer.authoritySignatures : [])
            message.additionals = answer.additionals
            return (message, 0)
        }
    }

    /// Sends one query to an authoritative server.
    func authority(
        _ label: String, _ question: AskedQuestion, client: String, transport: Condition.Transport?, limit: Int = 1232,
        state: WorldState, second: Int
    ) -> AuthorityOutcome {
        guard let server = state.server(label) else { return .silence }
        var zone = server.serves.flatMap { state.zones[$0] }
        var minute = floorDivide(second, 60)
        var forged: (RecordSetKey, RecordSet)?
        var blocksTCP = false
        var udpLimit = Int.max
        for condition in state.conditions[label] ?? [] {
            guard holds(condition, at: label, question, client: client, transport: transport, second: second) else {
                continue
            }
            switch condition.effect {
            case .timeout: return .silence
            case .code(let code, let extendedError):
                return .answer(failure(code, extendedError))
            case .freeze(let frozen):
                if let held = frozen[label] { (zone, minute) = held }
            case .forge(let key, let set):
                if key == question.key { forged = (key, set) }
            case .blockTCP: blocksTCP = true
            case .dropUDP(let bytes): udpLimit = bytes
            case .refuseEDNS, .rewrite, .reroute, .upperCase, .skew, .offline, .intercept, .forget, .unreadable: break
            }
        }
        if transport == .tcp && blocksTCP { return .silence }
        guard let zone, question.key.name.isSubdomain(of: zone.origin) else { return .answer(failure(.refused, nil)) }
        if let (key, set) = forged { return .answer(forgery(key, set, zone: zone)) }
        let answer = zoneAnswers.answer(question, zone: zone, minute: minute, keys: state.keys) {
            pick($0, question: question, client: client, server: label, second: second)
        }
        if question.key.type == .dnskey, answer.statedBytes > 0, transport != .tcp {
            if answer.statedBytes > udpLimit { return .silence }
            if answer.statedBytes > min(limit, 1232) {
                // A client that does not choose its transport continues over TCP on its own.
                if transport == nil { return blocksTCP ? .silence : .answer(answer) }
                return .truncated
            }
        }
        return .answer(answer)
    }

    /// Whether a condition affects this query now.
    func holds(
        _ condition: Condition, at actor: String, _ question: AskedQuestion, client: String,
        transport: Condition.Transport?, cache: Int? = nil, second: Int
    ) -> Bool {
        guard condition.concerns(question.key, client: client, transport: transport, cache: cache) else { return false }
        guard let share = condition.share else { return true }
        var chance = Chance(seed).mixed(with: condition.id).mixed(with: actor).mixed(with: second)
            .mixed(with: question.hash).mixed(with: client)
        if client == "monitor" {
            let again = repetition(
                of: question, at: Chance.hash(condition.id.utf8) ^ Chance.hash(actor.utf8), second: second)
            if again > 0 { chance = chance.mixed(with: again) }
        }
        return chance.below(1000) < share
    }

    /// Selects the data of a varying RRset.
    private func pick(
        _ policy: AnswerPolicy, question: AskedQuestion, client: String, server: String, second: Int
    ) -> (data: [RecordData], variant: UInt64) {
        let minute = floorDivide(second, 60)
        let period = floorDivide(minute, policy.every)
        let pool = policy.pool
        func chance(_ time: Int) -> Chance {
            Chance(seed).mixed(with: question.hash).mixed(with: time).mixed(with: client).mixed(with: server)
        }
        switch policy.choice {
        case .subset(let pick):
            let drawn = chance(period)
            let order = pool.indices.sorted { drawn.mixed(with: $0).value < drawn.mixed(with: $1).value }
            let chosen = order.prefix(pick).sorted()
            return (chosen.map { pool[$0] }, Self.variant(chosen))
        case .rotate:
            let first = chance(second).below(pool.count)
            return (Array(pool[first...] + pool[..<first]), UInt64(first + 1))
        case .one:
            let index = ((period % pool.count) + pool.count) % pool.count
            return ([pool[index]], UInt64(index + 1))
        case .region(let regions, let other):
            let region = client == "monitor" ? monitorRegion : timeline.states[0].resolver(client)?.region ?? ""
            return (regions[region] ?? other, Chance.hash(region.utf8))
        case .fresh(let pick):
            let first = (((period * pick) % pool.count) + pool.count) % pool.count
            return ((0..<pick).map { pool[(first + $0) % pool.count] }, UInt64(first + 1))
        }
    }

    private static func variant(_ indices: [Int]) -> UInt64 {
        indices.reduce(Chance(1)) { $0.mixed(with: $1) }.value
    }

    private func failure(_ code: ResponseCode, _ extendedError: UInt16?) -> AuthorityAnswer {
        let key = Int(code.rawValue) << 16 | Int(extendedError ?? 0)
        if let known = failures[key] { return known }
        let made = AuthorityAnswer(code: code)
        made.isAuthoritative = false
        failures[key] = made
        return made
    }

    private func forgery(_ key: RecordSetKey, _ set: RecordSet, zone: Zone) -> AuthorityAnswer {
        if let known = forgeries[key], known.set == set { return known.answer }
        let made = AuthorityAnswer(code: .noError)
        made.answers = set.data.map { Record(name: key.name, ttl: set.ttl, data: $0) }
        made.negativeTTL = zone.negativeTTL
        forgeries[key] = (set, made)
        return made
    }
}

extension RecordType {
    /// Whether it is useful only to clients that verify denials.
    var isDenial: Bool { self == .nsec || self == .nsec3 }
}
