import DNSWire
import LapwingCore

/// Puts the questions of a round to a world, as a client over sockets would: again after silence, over TCP after
/// truncation.
final class SimulatedClient {
    private let world: World
    private var queries: [QueryKey: [UInt8]] = [:]
    private var messages: [WireBytes: Message] = [:]
    private var noise: Noise?
    private var digester = AnswerDigester(key: key)

    /// A simulation keeps no secrets, and is the same each time.
    private static let key = AnswerDigest.Key(low: 1, high: 2)

    private struct QueryKey: Hashable {
        var key: RecordSetKey
        var recursionDesired: Bool
        var checkingDisabled: Bool
    }

    private static let attempts = 2
    private static let mostMessages = 20_000
    /// Steps from the root on that are taken to find a host.
    private static let longestWalk = 8

    init(world: World, noise: Noise?) {
        self.world = world
        self.noise = noise
    }

    /// Carries a walk through to its snapshot, all within one second; known replies are not asked for again.
    func gather(_ walk: RoundWalk, known: [ProbeTask: ProbeReply] = [:], at second: Int) -> Gathered {
        var walk = walk
        var seal = RoundSeal(key: Self.key)
        var located: [Name] = []
        var step = walk.start()
        while true {
            switch step {
            case .findParent(let name):
                step = walk.receive(parent: parent(of: name, at: second))
            case .locate(let hosts):
                let found = hosts.map { ($0, locate($0, at: second)) }
                for (host, location) in found { seal.note(host, at: location) }
                located += hosts
                step = walk.receive(locations: Dictionary(found) { first, _ in first })
            case .inspect(let names):
                let views = names.map { inspect($0, at: second) }
                for view in views { seal.note(view) }
                step = walk.receive(dependencies: views)
            case .ask(let tasks):
                let replies = tasks.map { known[$0] ?? reply(to: $0, at: second) }
                for reply in replies { note(reply, in: walk, &seal) }
                step = walk.receive(replies: replies)
            case .done(let snapshot):
                return Gathered(snapshot: snapshot, print: RoundPrint(snapshot, located: located, seal: seal))
            }
        }
    }

    /// Asks again what the print's round asked.
    func recheck(_ walk: RoundWalk, _ print: RoundPrint, at second: Int) -> Recheck {
        guard let parent = parent(of: walk.domain, at: second), parent.name == print.zone else {
            return .different([:])
        }
        var seal = RoundSeal(key: Self.key)
        for host in print.located { seal.note(host, at: locate(host, at: second)) }
        for name in print.inspected { seal.note(inspect(name, at: second)) }
        let replies = walk.tasks(again: print, parent: parent).map { reply(to: $0, at: second) }
        for reply in replies { note(reply, in: walk, &seal) }
        guard seal.value == print.seal else {
            return .different(Dictionary(replies.map { ($0.task, $0) }, uniquingKeysWith: { first, _ in first }))
        }
        return .same([])
    }

    private func note(_ reply: ProbeReply, in walk: RoundWalk, _ seal: inout RoundSeal) {
        var summary: AnswerSummary?
        if case .message = reply.outcome {
            summary = try? digester.summary(of: reply.wire.answer.span, covering: reply.task.coverage)
        }
        seal.note(
            reply.task, summary, isWatched: walk.isWatched(reply.task.key), overStream: reply.transport != .udp,
            truncatedOverUDP: reply.truncatedOverUDP)
    }

    func reply(to task: ProbeTask, at second: Int) -> ProbeReply {
        let sentAt = world.wallClock(at: second)
        let query = query(task.key, recursionDesired: task.recursionDesired, checkingDisabled: task.checkingDisabled)
        guard let address = task.server.address else {
            return ProbeReply(task: task, outcome: .unreachable("no address"), sentAt: sentAt)
        }
        var answer: [UInt8]?
        for _ in 0..<Self.attempts where answer == nil {
            answer = exchange(address, overTCP: false, query: query, source: task.source, at: second)
        }
        guard var bytes = answer else {
            return ProbeReply(
                task: task, outcome: .timeout, sentAt: sentAt, milliseconds: 5000,
                wire: WireEvidence(query: query, answer: []))
        }
        var truncated = false
        if bytes.count > 2, bytes[2] & 0x02 != 0 {
            truncated = true
            guard let whole = exchange(address, overTCP: true, query: query, source: task.source, at: second) else {
                return ProbeReply(
                    task: task, outcome: .timeout, transport: .tcp, truncatedOverUDP: true, sentAt: sentAt,
                    milliseconds: 5000, wire: WireEvidence(query: query, answer: bytes))
            }
            bytes = whole
        }
        return ProbeReply(
            task: task, outcome: decoded(bytes), transport: truncated ? .tcp : .udp, truncatedOverUDP: truncated,
            sentAt: sentAt, milliseconds: 20, wire: WireEvidence(query: query, answer: bytes))
    }

    /// The zone above a domain, as the root's referral tells it.
    func parent(of domain: Name, at second: Int) -> ParentZone? {
        guard let referral = referral(RecordSetKey(domain, .ns), from: World.Place.root, at: second) else { return nil }
        return ParentZone(name: referral.zone, servers: referral.addresses)
    }

    /// Where a host lives, from the root down.
    func locate(_ host: Name, at second: Int) -> Location {
        var servers = world.rootServers
        for _ in 0..<Self.longestWalk {
            guard let message = firstMessage(RecordSetKey(host, .a), from: servers, at: second) else {
                return Location(addresses: [], outcome: .timeout)
            }
            if message.responseCode == .nxDomain { return Location(addresses: [], outcome: .noName) }
            guard message.responseCode == .noError else {
                return Location(addresses: [], outcome: .failure(message.responseCode))
            }
            if let referral = Self.referral(in: message) {
                servers = referral.addresses
                continue
            }
            let other = firstMessage(RecordSetKey(host, .aaaa), from: servers, at: second)
            let found = (message.answers + (other?.answers ?? [])).compactMap { Address($0.data)?.address }
            return Location(addresses: found, outcome: found.isEmpty ? .noData : .data)
        }
        return Location(addresses: [], outcome: .referral)
    }

    /// Whether a name, and the registrable domain above it, still exist, each asked where it is known first-hand.
    func inspect(_ name: Name, at second: Int) -> DependencyView {
        let registrable = world.registrable(name)
        var view = DependencyView(name: name, registrable: registrable, domainState: .unknown, nameState: .unknown)
        guard let parent = parent(of: registrable, at: second),
            let message = firstMessage(RecordSetKey(registrable, .ns), from: parent.servers, at: second)
        else { return view }
        view.domainState = Self.state(message.responseCode)
        switch view.domainState {
        case .absent:
            view.nameState = .absent
            if case .http(let status, _, _) = world.rdap(registrable, at: second) {
                view.registered = status == 404 ? false : status == 200 ? true : nil
            }
        case .exists:
            switch locate(name, at: second).outcome {
            case .data, .noData: view.nameState = .exists
            case .noName: view.nameState = .absent
            default: break
            }
        case .unknown: break
        }
        return view
    }

    private static func state(_ code: ResponseCode) -> DependencyView.State {
        switch code {
        case .noError: .exists
        case .nxDomain: .absent
        default: .unknown
        }
    }

    private func exchange(
        _ address: IPAddress, overTCP: Bool, query: [UInt8], source: Source?, at second: Int
    ) -> [UInt8]? {
        let reply = world.answer(server: address, overTCP: overTCP, query: query, at: second)
        guard noise != nil, let source else { return reply }
        return noise?.disturbed(reply, from: source, to: query, at: second)
    }

    private func firstMessage(_ key: RecordSetKey, from servers: [IPAddress], at second: Int) -> Message? {
        let query = query(key, recursionDesired: false, checkingDisabled: false)
        for server in servers {
            if let bytes = exchange(server, overTCP: false, query: query, source: nil, at: second),
                case .message(let message) = decoded(bytes)
            {
                return message
            }
        }
        return nil
    }

    private func referral(_ key: RecordSetKey, from server: IPAddress, at second: Int) -> (
        zone: Name, addresses: [IPAddress]
    )? {
        firstMessage(key, from: [server], at: second).flatMap(Self.referral)
    }

    private static func referral(in message: Message) -> (zone: Name, addresses: [IPAddress])? {
        guard let zone = message.authorities.first(where: { $0.type == .ns })?.name else { return nil }
        let addresses = message.additionals.compactMap { Address($0.data)?.address }
        return addresses.isEmpty ? nil : (zone, addresses)
    }

    private func query(_ key: RecordSetKey, recursionDesired: Bool, checkingDisabled: Bool) -> [UInt8] {
        let id = QueryKey(key: key, recursionDesired: recursionDesired, checkingDisabled: checkingDisabled)
        if let known = queries[id] { return known }
        var message = Message.query(
            key.name, key.type, id: 0x1a70, recursionDesired: recursionDesired,
            edns: EDNS(udpSize: 1232, dnssecOK: true))
        if checkingDisabled { message.flags.insert(.checkingDisabled) }
        let bytes = (try? message.encoded()) ?? []
        queries[id] = bytes
        return bytes
    }

    private func decoded(_ bytes: [UInt8]) -> ProbeReply.Outcome {
        if let known = messages[WireBytes(bytes: bytes)] { return .message(known) }
        do throws(WireError) {
            let message = try Message(decoding: bytes)
            if messages.count >= Self.mostMessages { messages.removeAll(keepingCapacity: true) }
            messages[WireBytes(bytes: bytes)] = message
            return .message(message)
        } catch {
            return .malformed(error)
        }
    }
}
