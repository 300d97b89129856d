import DNSSEC
import DNSWire
import LapwingCore
import Testing

/// A domain with two servers and two resolvers, from which rounds are made by hand; what a test changes is what changed.
struct SmallWorld {
    static let start = Timestamp(seconds: 1_780_000_000)

    let domain: Name
    var watch: Watch
    var state = WatchState()
    /// Minutes since the start.
    var minute: Int64 = 0
    /// What each server serves, by host.
    var zones: [String: [RecordSetKey: Entry]]
    var listed: [String]
    var silent: Set<String> = []
    /// Servers that say REFUSED to everything.
    var refusing: Set<String> = []
    /// Silent servers are so for the monitor only.
    var isCutOff = false
    /// Caches do not tell when they fetched what they give.
    var areCachesOld = false
    var serial: UInt32 = 1
    /// What a resolver gives in place of the truth.
    var forged: [String: [RecordSetKey: Entry]] = [:]
    /// What is found out about names outside.
    var dependencies: [DependencyView] = []
    /// What the registry says, in each round.
    var registry: RegistryView?
    var isOffline = false
    /// Hosts of the delegation for which no address is known, and how the look-up ended.
    var unlocated: [String: Answer.Outcome] = [:]
    /// Hosts that have IPv6 addresses only, which this monitor does not reach.
    var unreached: Set<String> = []
    /// Caches have all that is watched, whatever the servers do.
    var areCachesFull = false
    /// Resolvers that do not answer.
    var mute: Set<String> = []
    /// Neither server of the parent answers.
    var isParentSilent = false
    var roots: RootSight?
    /// The place from which rounds are made, and what looks from others; nil where there is one place only.
    var place = ""
    var elsewhere: Elsewhere?
    var events: [IncidentEvent] = []
    /// What the history got.
    var written: [Change] = []

    struct Entry {
        var ttl: UInt32
        var data: [String]
    }

    static let addresses: [String: String] = [
        "ns1.heron.test": "192.0.2.1", "ns2.heron.test": "192.0.2.2", "ns1.egret.test": "203.0.113.1",
        "ns2.egret.test": "203.0.113.2",
    ]

    init() throws {
        domain = try Name("tern.test")
        var zone: [RecordSetKey: Entry] = [:]
        for (name, type, ttl, data) in [
            ("tern.test", "NS", 86_400, ["ns1.heron.test.", "ns2.heron.test."]),
            ("tern.test", "A", 3600, ["198.51.100.1"]), ("tern.test", "MX", 3600, ["10 mail.tern.test."]),
            ("tern.test", "TXT", 3600, ["\"v=spf1 mx -all\""]),
            ("www.tern.test", "A", 300, ["198.51.100.2", "198.51.100.3"]),
            ("login.tern.test", "A", 3600, ["198.51.100.4"]),
        ] as [(String, String, UInt32, [String])] {
            zone[try Self.key(name, type)] = Entry(ttl: ttl, data: data)
        }
        listed = ["ns1.heron.test", "ns2.heron.test"]
        zones = ["ns1.heron.test": zone, "ns2.heron.test": zone]
        let sets = try [
            "tern.test NS", "tern.test A", "tern.test MX", "tern.test TXT", "www.tern.test A", "www.tern.test AAAA",
            "login.tern.test A",
        ]
        .map { try Self.key(String($0.split(separator: " ")[0]), String($0.split(separator: " ")[1])) }
        watch = Watch(domain: domain, sets: sets)
        watch.sensitive = [try Self.key("tern.test", "MX"), try Self.key("login.tern.test", "A")]
    }

    static func key(_ name: String, _ type: String) throws -> RecordSetKey {
        RecordSetKey(try Name(name), RecordType(type) ?? .a)
    }

    /// Changes a set on all own servers; nil takes it away.
    mutating func put(_ name: String, _ type: String, _ ttl: UInt32 = 3600, _ data: [String]?) throws {
        let key = try Self.key(name, type)
        for host in zones.keys where host.hasSuffix("heron.test") {
            zones[host]?[key] = data.map { Entry(ttl: ttl, data: $0) }
        }
        serial += 1
    }

    /// Makes regular rounds with the closer looks that they ask for, and returns what was told.
    @discardableResult
    mutating func poll(_ count: Int = 1) throws -> [IncidentEvent] {
        var told: [IncidentEvent] = []
        for _ in 0..<count {
            var outcome = Flow.round(
                watch: watch, state: state, snapshot: try snapshot(.regular, after: 0), verifier: NoCrypto())
            told += outcome.events
            written += outcome.changes
            state = outcome.state
            var passed: Int64 = 0
            for _ in 0..<DomainTurn.Limit.looks {
                guard let look = outcome.secondLook, passed + look.after < watch.interval else { break }
                passed += look.after
                outcome = Flow.round(
                    watch: watch, state: state, snapshot: try snapshot(.second(look), after: passed),
                    verifier: NoCrypto())
                told += outcome.events
                written += outcome.changes
                state = outcome.state
            }
            minute += 5
        }
        events += told
        return told
    }

    // MARK: Rounds

    func snapshot(_ look: Look, after seconds: Int64) throws -> Snapshot {
        let now = Self.start.adding(seconds: minute * 60 + seconds)
        var parent = ParentView(zone: try Name("test"))
        var snapshot = Snapshot(domain: domain, at: now, monotonic: minute * 60 + seconds, look: look, parent: parent)
        snapshot.roots = roots
        if let elsewhere {
            snapshot.place = place
            snapshot.places = try elsewhere.views(at: now, minute: minute, after: seconds)
        }
        guard !isOffline else { return snapshot }
        parent.state = .delegated
        parent.nsTTL = 86_400
        parent.dsKnown = true
        parent.hosts = try listed.map { host in
            let far = "2001:db8::\(host.hasPrefix("ns1") ? 53 : 54)"
            let place = try unreached.contains(host) ? #require(IPAddress(far)) : address(host)
            return try ParentView.Host(
                name: Name(host), addresses: unlocated[host] == nil ? [place] : [], lookup: unlocated[host])
        }
        let ns = RecordSetKey(domain, .ns)
        parent.answers = [
            ParentView.Servers(address: try address("ns1.heron.test"), answers: [ns: try answer(nil, ns, now)])
        ]
        if isParentSilent {
            parent = ParentView(zone: parent.zone)
            parent.state = .silent
            parent.answers = [
                ParentView.Servers(
                    address: try address("ns1.heron.test"), answers: [ns: Answer(outcome: .timeout, at: now)])
            ]
        }
        snapshot.parent = parent
        snapshot.dependencies = dependencies
        snapshot.registry = registry
        let asked = Set(listed).union(["ns1.heron.test", "ns2.heron.test"]).filter {
            unlocated[$0] == nil && !unreached.contains($0)
        }
        for host in asked.sorted() {
            var view = AuthorityView(
                host: try Name(host), address: try address(host),
                listedAtParent: listed.contains(host) && !isParentSilent,
                remembered: !listed.contains(host))
            for key in watch.sets {
                view.answers[key] =
                    silent.contains(host) ? Answer(outcome: .timeout, at: now) : try answer(zones[host]?[key], key, now)
            }
            view.answers[RecordSetKey(domain, .soa)] =
                silent.contains(host)
                ? Answer(outcome: .timeout, at: now)
                : try answer(
                    Entry(ttl: 3600, data: ["ns1.heron.test. host.tern.test. \(serial) 7200 900 1209600 900"]),
                    RecordSetKey(domain, .soa), now)
            if refusing.contains(host) {
                view.answers = view.answers.mapValues { _ in Answer(outcome: .failure(.refused), at: now) }
            }
            snapshot.authorities.append(view)
        }
        let isDown = !isCutOff && (asked.isEmpty || silent.isSuperset(of: listed))
        for (index, label) in ["gull", "plover"].enumerated() {
            var view = ResolverView(label: label, server: ServerAddress(try address("203.0.113.5\(index)")))
            for key in watch.sets {
                var answer = try answer(forged[label]?[key] ?? zones[listed[0]]?[key], key, now)
                if areCachesOld {
                    answer.records = answer.records.map { Record(name: $0.name, ttl: 20, data: $0.data) }
                }
                if isDown, !areCachesFull { answer = Answer(outcome: .failure(.servFail), at: now) }
                if mute.contains(label) { answer = Answer(outcome: .timeout, at: now) }
                answer.authoritative = false
                view.answers[key] = answer
                if case .second(let look) = look,
                    look.resolverRepeats.contains(where: { $0.resolver == label && $0.key == key })
                {
                    view.repeats[key] = [answer, answer]
                }
            }
            if case .second(let look) = look {
                // No cache has these.
                for again in look.resolverRepeats where again.resolver == label && !watch.sets.contains(again.key) {
                    let outcome: Answer.Outcome = isDown ? .failure(.servFail) : .nxDomain
                    view.repeats[again.key] = [Answer(outcome: mute.contains(label) ? .timeout : outcome, at: now)]
                }
            }
            view.controls[try Self.key("steady.example", "A")] =
                mute.contains(label)
                ? Answer(outcome: .timeout, at: now)
                : try self.answer(
                    Entry(ttl: 60, data: ["192.0.2.99"]), Self.key("steady.example", "A"), now)
            snapshot.resolvers.append(view)
        }
        return snapshot
    }

    private func address(_ host: String) throws -> IPAddress {
        try #require(IPAddress(Self.addresses[host] ?? host))
    }

    private func answer(_ entry: Entry?, _ key: RecordSetKey, _ now: Timestamp) throws -> Answer {
        guard let entry else {
            var answer = Answer(outcome: .noData, at: now)
            answer.authoritative = true
            return answer
        }
        var answer = Answer(outcome: .data, at: now)
        answer.authoritative = true
        answer.records = try entry.data.map {
            Record(name: key.name, ttl: entry.ttl, data: try RecordData(type: key.type, text: $0))
        }
        return answer
    }
}

/// Verifies nothing; for worlds without signatures.
struct NoCrypto: SignatureVerifier {
    func verify(algorithm: UInt8, publicKey: [UInt8], data: [UInt8], signature: [UInt8]) -> Bool? { nil }
    func digest(_ kind: DigestKind, _ data: [UInt8]) -> [UInt8] { [] }
}
