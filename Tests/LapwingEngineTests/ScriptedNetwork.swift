import DNSWire
import LapwingCore
import Synchronization

/// A network of one server, which says of each domain what the test wants it to say, and counts who asks.
final class ScriptedNetwork: Sendable {
    struct State: Sendable {
        /// The address of each domain; others have the usual one.
        var addresses: [Name: String] = [:]
        /// Whether asking again finds everything as it was.
        var isSame = true
        /// Gatherings and rechecks wait until this is lifted.
        var isHeld = false
        var waiting = 0
        var gathered: [Name: Int] = [:]
        var rechecked: [Name: Int] = [:]
        /// Replies that gatherings were given as known.
        var reused = 0
        /// Registration look-ups, and what they bring.
        var lookUps = 0
        var registry: RegistryView?
        /// Whether the parent says that the domain does not exist.
        var isGone = false
    }

    private let state = Mutex(State())
    private let clock: HandClock

    init(_ clock: HandClock) {
        self.clock = clock
    }

    func read<Value: Sendable>(_ body: (State) -> Value) -> Value { state.withLock { body($0) } }
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    func gathered(_ domain: Name) -> Int { read { $0.gathered[domain] ?? 0 } }
    func rechecked(_ domain: Name) -> Int { read { $0.rechecked[domain] ?? 0 } }

    // MARK: As the engine's parts

    func gather(_ walk: RoundWalk, _ known: [ProbeTask: ProbeReply]) async -> Gathered {
        change {
            $0.gathered[walk.domain, default: 0] += 1
            $0.reused += known.count
        }
        let snapshot = try? snapshot(walk)
        await pass()
        guard let snapshot else { return Gathered(snapshot: Self.blank(walk)) }
        return Gathered(snapshot: snapshot, print: RoundPrint(snapshot, located: [], seal: Self.seal(walk.domain)))
    }

    func recheck(_ walk: RoundWalk) async -> Recheck {
        change { $0.rechecked[walk.domain, default: 0] += 1 }
        await pass()
        guard !read(\.isSame) else { return .same([]) }
        let task = ProbeTask(
            source: .resolver("r"), server: ServerAddress(.v4(0x7F00_0001)), key: RecordSetKey(walk.domain, .a))
        return .different([task: ProbeReply(task: task, outcome: .timeout, sentAt: clock.now)])
    }

    func lookUp() -> RegistryView? {
        change { $0.lookUps += 1 }
        return read(\.registry)
    }

    private func pass() async {
        change { $0.waiting += 1 }
        for _ in 0..<5000 where read(\.isHeld) { try? await Task.sleep(for: .milliseconds(2)) }
        change { $0.waiting -= 1 }
    }

    // MARK: What it says

    private func snapshot(_ walk: RoundWalk) throws -> Snapshot {
        let now = clock.now
        let domain = walk.domain
        let (address, isGone) = read { ($0.addresses[domain] ?? "192.0.2.1", $0.isGone) }
        var parent = ParentView(zone: domain.parent)
        parent.state = isGone ? .absent : .delegated
        parent.dsKnown = true
        parent.nsTTL = 3600
        let host = try Name("ns.\(domain)")
        let server = IPAddress.v4(0x7F00_0001)
        parent.hosts = [ParentView.Host(name: host, glue: [server])]
        var ns = Answer(outcome: isGone ? .nxDomain : .data, at: now)
        ns.records = isGone ? [] : [Record(name: domain, ttl: 3600, data: NameTarget(type: .ns, target: host).data)]
        parent.answers = [
            ParentView.Servers(address: .v4(0x7F00_0002), answers: [RecordSetKey(domain, .ns): ns])
        ]
        var snapshot = Self.blank(walk)
        snapshot.parent = parent
        var view = AuthorityView(host: host, address: server, listedAtParent: true)
        view.answers[RecordSetKey(domain, .a)] = try answer(domain, RecordType.a, address, now)
        view.answers[RecordSetKey(domain, .soa)] = try answer(
            domain, .soa, "ns.\(domain) host.\(domain) 1 7200 900 1209600 900", now)
        snapshot.authorities = [view]
        return snapshot
    }

    /// A round in which nothing was seen.
    private static func blank(_ walk: RoundWalk) -> Snapshot {
        var snapshot = walk.broken(off: RootSight(known: 0, arePublic: false))
        snapshot.roots = nil
        return snapshot
    }

    private func answer(_ domain: Name, _ type: RecordType, _ text: String, _ now: Timestamp) throws -> Answer {
        var answer = Answer(outcome: .data, at: now)
        answer.authoritative = true
        answer.records = [Record(name: domain, ttl: 300, data: try RecordData(type: type, text: text))]
        return answer
    }

    private static func seal(_ domain: Name) -> RoundSeal {
        var seal = RoundSeal(key: AnswerDigest.Key(low: 1, high: 2))
        seal.note(domain, at: HostLocation(addresses: [.v4(0x7F00_0001)], outcome: .data))
        return seal
    }
}
