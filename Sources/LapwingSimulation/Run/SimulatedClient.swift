import DNSWire
import LapwingCore

/// Asks a world the questions of a round as a client with sockets would: again after silence, over TCP after
/// truncation.
final class SimulatedClient {
    let world: World
    private var queries: [QueryKey: Query] = [:]
    private let noise: Noise?
    private var digester = AnswerDigester(key: SimulatedClient.sealKey)
    /// The questions and replies of the last recheck without a difference.
    var recording: Recording?
    /// The questions of a recheck about addresses of hosts and existence of names, while they are recorded.
    var lookups: [Lookup]?

    /// A fixed key, since a simulation has no secrets and must be reproducible.
    static let sealKey = AnswerDigest.Key(low: 1, high: 2)

    private struct QueryKey: Hashable {
        var key: RecordSetKey
        var recursionDesired: Bool
        var checkingDisabled: Bool
        var hasEDNS = true
    }

    /// A query as bytes, and as parsed by the world.
    struct Query {
        var bytes: [UInt8]
        var received: ReceivedQuery
    }

    /// A look-up with its reply.
    struct Lookup {
        var server: IPAddress
        var query: Query
        var template: ReplyTemplate?
    }

    /// The outcome of a task, including all attempts.
    struct Outcome {
        /// Nil if nothing could be sent.
        var query: Query?
        /// Nil if there was no reply.
        var reply: WorldReply?
        var transport = ProbeReply.Transport.udp
        /// The truncated reply before it.
        var truncated: WorldReply?
    }

    private static let attempts = 2
    /// The number of the attempt over TCP, which follows those over UDP.
    private static let overTCP = 2
    private static let id: UInt16 = 0x1a70

    init(world: World, noise: Noise?) {
        self.world = world
        self.noise = noise
    }

    /// Runs a walk to its end, within one second.
    ///
    /// - Parameters:
    ///   - known: recent replies, whose questions are not asked again.
    ///   - isSealed: whether to compute the seal by which the round can be compared.
    func gather(
        _ walk: RoundWalk, known: [ProbeTask: ProbeReply] = [:], isSealed: Bool = false, at second: Int
    ) -> Gathered {
        var gathering = Gathering(walk, roots: roots(at: second), known: known, key: isSealed ? Self.sealKey : nil)
        var step = gathering.start()
        while true {
            switch step {
            case .carryOut(let errand): step = gathering.receive(carryOut(errand, at: second))
            case .done(let gathered): return gathered
            }
        }
    }

    /// Carries out an errand; questions with a known outcome are not asked.
    func carryOut(
        _ errand: Errand, known: [ProbeTask: Outcome] = [:], at second: Int
    ) -> Found<SimulatedAnswer> {
        switch errand {
        case .findParent(let domain):
            .parent(parent(of: domain, at: second))
        case .locate(let hosts):
            .locations(Dictionary(hosts.map { ($0, locate($0, at: second)) }) { first, _ in first })
        case .inspect(let names, let withRegistrations):
            .dependencies(
                names.map { name in
                    var view = inspect(name, at: second)
                    if withRegistrations, view.domainState == .exists {
                        view.registration = world.terms(at: second)[view.registrable.folded]
                    }
                    return view
                })
        case .ask(let tasks):
            .answers(
                tasks.map { task in
                    let outcome = (known.isEmpty ? nil : known[task]) ?? outcome(of: task, at: second)
                    return SimulatedAnswer(client: self, task: task, outcome: outcome, second: second)
                })
        }
    }

    func summary(of reply: WorldReply, covering coverage: AnswerSummary.Coverage) -> AnswerSummary? {
        if reply.ttl == nil, let known = reply.template.summary, known.coverage == coverage { return known.value }
        guard let summary = try? digester.summary(of: bytes(of: reply).span, covering: coverage) else { return nil }
        if reply.ttl == nil { reply.template.summary = (coverage, summary) }
        return summary
    }

    // MARK: Asking

    func outcome(of task: ProbeTask, at second: Int) -> Outcome {
        let known = query(task.key, recursionDesired: task.recursionDesired, checkingDisabled: task.checkingDisabled)
        guard let query = known, let address = task.server.address else { return Outcome() }
        return outcome(of: task, query, address, at: second)
    }

    func outcome(of task: ProbeTask, _ query: Query, _ address: IPAddress, at second: Int) -> Outcome {
        var outcome = Outcome(query: query)
        for attempt in 0..<Self.attempts where outcome.reply == nil {
            outcome.reply = exchange(query, with: address, task: task, attempt: attempt, at: second)
        }
        if let reply = outcome.reply, reply.knowsNoEDNS, query.received.message.edns != nil,
            let plain = self.query(
                task.key, recursionDesired: task.recursionDesired, checkingDisabled: task.checkingDisabled,
                hasEDNS: false)
        {
            return self.outcome(of: task, plain, address, at: second)
        }
        if let reply = outcome.reply, reply.isTruncated {
            outcome.truncated = reply
            outcome.transport = .tcp
            outcome.reply = exchange(query, with: address, task: task, attempt: Self.overTCP, at: second)
        }
        return outcome
    }

    /// Sends one packet and receives one, or uses one connection for the attempt over TCP.
    private func exchange(
        _ query: Query, with address: IPAddress, task: ProbeTask, attempt: Int, at second: Int
    ) -> WorldReply? {
        let reply = world.reply(
            to: query.received, at: address, overTCP: attempt == Self.overTCP, second: second)
        guard let noise, let reply else { return reply }
        return noise.disturbed(reply, to: task, query: query.received, attempt: attempt, at: second)
    }

    func reply(to task: ProbeTask, _ outcome: Outcome, at second: Int) -> ProbeReply {
        let sentAt = world.wallClock(at: second)
        guard let query = outcome.query else {
            return ProbeReply(task: task, outcome: .unreachable("no address"), sentAt: sentAt)
        }
        let isTruncated = outcome.truncated != nil
        let bytes = (outcome.reply ?? outcome.truncated).map(bytes(of:)) ?? []
        return ProbeReply(
            task: task, outcome: outcome.reply.map { decoded($0, bytes) } ?? .timeout, transport: outcome.transport,
            truncatedOverUDP: isTruncated, sentAt: sentAt, milliseconds: outcome.reply == nil ? 5000 : 20,
            wire: WireEvidence(query: query.bytes, answer: bytes))
    }

    /// Asks a question that does not concern the domain, on a path without disturbances.
    func firstMessage(_ key: RecordSetKey, from servers: [IPAddress], at second: Int) -> Message? {
        guard let query = query(key, recursionDesired: false, checkingDisabled: false) else { return nil }
        for server in servers {
            let reply = world.reply(to: query.received, at: server, overTCP: false, second: second)
            lookups?.append(Lookup(server: server, query: query, template: reply?.template))
            if let reply, case .message(let message) = decoded(reply, bytes(of: reply)) { return message }
        }
        return nil
    }

    private func query(
        _ key: RecordSetKey, recursionDesired: Bool, checkingDisabled: Bool, hasEDNS: Bool = true
    ) -> Query? {
        let id = QueryKey(
            key: key, recursionDesired: recursionDesired, checkingDisabled: checkingDisabled, hasEDNS: hasEDNS)
        if let known = queries[id] { return known }
        var message = Message.query(
            key.name, key.type, id: Self.id, recursionDesired: recursionDesired,
            edns: hasEDNS ? EDNS(udpSize: 1232, dnssecOK: true) : nil)
        if checkingDisabled { message.flags.insert(.checkingDisabled) }
        guard let bytes = try? message.encoded(), let received = world.received(bytes) else { return nil }
        let query = Query(bytes: bytes, received: received)
        queries[id] = query
        return query
    }

    private func bytes(of reply: WorldReply) -> [UInt8] {
        reply.bytes(id: (UInt8(truncatingIfNeeded: Self.id >> 8), UInt8(truncatingIfNeeded: Self.id)))
    }

    private func decoded(_ reply: WorldReply, _ bytes: [UInt8]) -> ProbeReply.Outcome {
        if reply.ttl == nil, let known = reply.template.message { return .message(known) }
        do throws(WireError) {
            let message = try Message(decoding: bytes)
            if reply.ttl == nil { reply.template.message = message }
            return .message(message)
        } catch {
            return .malformed(error)
        }
    }
}
