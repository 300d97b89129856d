internal import DNSWire

/// The look-up of a name server's address.
struct ServerLookup: Hashable {
    let name: Name
    let depth: Int
}

/// The addresses of a name server, and for how many seconds they may be used.
struct FoundAddresses: Hashable {
    /// The longest time for which addresses are kept, in seconds.
    static let longestLife: UInt32 = 3600

    var addresses: [IPAddress] = []
    var life = Self.longestLife
}

/// The resolution of one question, as far as the replies so far allow.
struct Walk: Sendable {
    let question: Question
    let settings: ResolverSettings
    let now: Int64
    var memory: ResolutionCache
    /// The budget of this question.
    private let share: Effort
    var examiner: Examiner
    /// All replies so far; each run reads them again.
    private(set) var transcript: [ServerQuery: ServerReply] = [:]
    private(set) var trace: [String] = []
    private var traced: Set<String> = []
    /// Validly signed denial records by zone, the latest first.
    var denials: [Name: [(set: SignedSet, proof: SetProof)]] = [:]
    /// Addresses in referrals that were received when a zone's own server was looked up above the zone.
    var lateGlue: [Name: FoundAddresses] = [:]
    /// The finished parts of the answer, which later runs need not validate again.
    private var parts: [Name: Part] = [:]
    /// Interpreted messages, with the zone for which they were interpreted.
    var readings: [ServerQuery: (zone: Name, reading: Reading)] = [:]
    /// Look-ups of name servers without a result, by depth.
    var fruitless: Set<ServerLookup> = []
    /// The servers in zones' own NS RRsets, which may differ from those of the parent zones.
    var ownServers: [Name: [NameServer]] = [:]
    /// Whether the root's servers are being queried.
    var isPriming = false
    /// Servers that answered only without EDNS, and therefore cannot send signatures (RFC 3225 section 3).
    var plainServers: Set<IPAddress> = []
    /// Bogus answers in order.
    private(set) var setbacks: [Setback] = []
    /// Name servers that were looked up for this question.
    var lookedUp: Set<Name> = []

    init(
        question: Question, settings: ResolverSettings, memory: consuming ResolutionCache,
        verifier: any SignatureVerifier,
        now: Int64
    ) {
        self.question = question
        self.settings = settings
        self.now = now
        // The verdicts move to the examiner: a second reference would cause a copy of all of them at the first
        // addition.
        var memory = memory
        let verdicts = memory.verdicts
        memory.verdicts = SignatureVerdicts()
        memory.prepare(at: now, trusting: settings.anchors)
        share = memory.effort?.limited(to: .question) ?? .question
        self.memory = memory
        examiner = Examiner(
            now: UInt32(truncatingIfNeeded: now), verifier: verifier, effort: share, verdicts: verdicts)
        examiner.judgesTimes = settings.judgesTimes
    }

    var handedOn: ResolutionCache {
        var memory = memory
        memory.verdicts = examiner.judge.knownVerdicts
        memory.effort = memory.effort?.without(share, examiner.judge.effort)
        return memory
    }

    mutating func takeMemory() -> ResolutionCache {
        var taken = memory.takeAll()
        taken.verdicts = examiner.judge.takeVerdicts()
        taken.effort = taken.effort?.without(share, examiner.judge.effort)
        return taken
    }

    /// Adds a line to the trace, without duplicates.
    mutating func note(_ line: @autoclosure () -> String) {
        guard settings.keepsTrace else { return }
        let line = line()
        if traced.insert(line).inserted { trace.append(line) }
    }

    /// Keeps the fault of a server's answer, without duplicates, and adds it to the trace.
    mutating func setBack(_ name: Name, _ type: RecordType, _ server: IPAddress, _ proof: Proof) {
        note("\(name) \(type) from \(server) does not validate: \(proof.reason?.text ?? "")")
        guard let reason = proof.reason, setbacks.count < Limits.keptSetbacks else { return }
        let setback = Setback(server: server, name: name, type: type, reason: reason)
        if !setbacks.contains(setback) { setbacks.append(setback) }
    }

    mutating func learn(_ query: ServerQuery, _ reply: ServerReply) {
        guard transcript.updateValue(reply, forKey: query) == nil else { return }
        func asked() -> String {
            "\(query.name) \(query.type) @\(query.server) (\(query.zone))" + (query.usesEDNS ? "" : ", without EDNS")
        }
        switch reply {
        case .message(let message):
            note(
                "\(asked()): \(message.responseCode), \(message.answers.count) answer, "
                    + "\(message.authorities.count) authority, \(message.additionals.count) additional")
            memory.troubles[query.server] = nil
        case .timeout:
            note("\(asked()): no answer in time")
            memory.troubles[query.server, default: 0] += 1
        case .failure(let text):
            note("\(asked()): \(text)")
            memory.troubles[query.server, default: 0] += 1
        }
    }

    /// Returns the reply to a query, if it is known.
    func known(_ query: ServerQuery) -> ServerReply? { transcript[query] }

    /// Returns the reply to a query, or pauses until it is known; further queries that will be needed can be sent
    /// concurrently.
    func reply(to query: ServerQuery, besides others: [ServerQuery] = []) throws(Pause) -> ServerReply {
        if let reply = transcript[query] { return reply }
        guard transcript.count < Limits.queriesPerQuestion else {
            throw .exhausted(
                Reason(.tooManyQueries, zone: query.zone, "more than \(Limits.queriesPerQuestion) queries are needed"))
        }
        throw .missing([query] + others.filter { transcript[$0] == nil })
    }

    /// Returns a resolution without an answer.
    func failed(_ proof: Proof, withholding sets: [SignedSet] = []) -> Resolution {
        var resolution = Resolution(question, .servFail, proof)
        resolution.withheld = sets
        return finished(resolution)
    }

    private func finished(_ resolution: Resolution) -> Resolution {
        var resolution = resolution
        resolution.queries = transcript.count
        resolution.setbacks = setbacks
        resolution.trace = trace
        if let reason = resolution.proof.reason {
            resolution.trace.append("\(resolution.proof.verdict.rawValue): \(reason.text)")
        } else {
            resolution.trace.append(resolution.proof.verdict.rawValue)
        }
        return resolution
    }

    private mutating func settled(_ name: Name) throws(Pause) -> Part {
        if let known = parts[name] { return known }
        let found = try part(name, question.type)
        parts[name] = found
        return found
    }

    /// Resolves the question to its end.
    mutating func resolve() throws(Pause) -> Resolution {
        var resolution = Resolution(question, .noError, .secure)
        var name = question.name
        var seen: Set<Name> = [name]
        for _ in 0...Limits.aliases {
            let part = try settled(name)
            resolution.proof = resolution.proof.joined(with: part.proof)
            switch resolution.proof.verdict {
            case .bogus, .indeterminate: return failed(resolution.proof, withholding: part.withheld)
            case .secure, .insecure: break
            }
            resolution.answer += part.answer
            resolution.authority = part.authority
            resolution.responseCode = part.responseCode
            guard let next = part.target else { return finished(resolution) }
            note("alias: \(name) leads to \(next)")
            guard seen.insert(next).inserted else {
                return failed(.indeterminate(.aliasLoop, next, "the aliases of \(question.name) lead in a circle"))
            }
            name = next
        }
        return failed(.indeterminate(.tooManyAliases, name, "more than \(Limits.aliases) aliases in a row"))
    }
}
