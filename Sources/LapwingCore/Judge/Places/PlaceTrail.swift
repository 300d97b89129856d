import DNSWire

/// The memory that a place keeps of a domain that it looks at but does not judge.
///
/// It knows whether a value was there in the previous look, so that a single lost or odd answer does not count as
/// confirmed, and whether the value was ever there, so that a new one gets a second look at once.
package struct PlaceTrail: Sendable {
    /// The largest number of values that are remembered. A domain with more of them varies, and a new value is no news.
    package static let limit = 256

    /// The servers that the next look asks if the parent zone does not answer.
    package private(set) var delegation = DelegationMemory()
    /// Hashes of the values of the last look, and of all values ever seen.
    private var last: Set<Int> = []
    private var known: Set<Int> = []
    /// Hashes of the values that were new in the last look.
    private var recent: Set<Int> = []
    private var wasUnserved = false

    package init() {}

    /// The result of a look.
    package struct Step: Sendable {
        /// The sight to store for the judge.
        package var sight: PlaceSight
        /// Whether something is new, so that a second look is to follow at once.
        package var hasNews: Bool
        /// Whether this look confirms the news of the previous one: the judge should not wait for the domain's slot.
        package var isUrgent: Bool
    }

    /// Takes in a look and returns its result; nil if the place itself is blind, so that nothing is known from there.
    ///
    /// - Parameter isSecond: whether the look was made because of the news of the previous one.
    package mutating func take(_ snapshot: Snapshot, of watch: Watch, isSecond: Bool) -> Step? {
        guard !Picture.isBlind(snapshot), snapshot.interception == nil, snapshot.parent.state != .unknown,
            var sight = PlaceSight(snapshot, of: watch)
        else { return nil }
        // If neither the parent zone nor a resolver answers, the place is cut off, not the servers.
        let isSomebodyThere =
            snapshot.parent.answers.contains { $0.answers.values.contains(where: \.isReply) }
            || snapshot.resolvers.contains { $0.answers.values.contains(where: \.isConclusive) }
        guard !sight.isUnserved || isSomebodyThere else { return nil }
        learnHosts(snapshot)
        let isFirst = known.isEmpty
        var (present, fresh, confirmed): (Set<Int>, Int, Int) = ([], 0, 0)
        for place in sight.sets.indices {
            for number in sight.sets[place].values.indices {
                let hash = Self.hash(sight.sets[place].key, sight.sets[place].values[number])
                present.insert(hash)
                let isConfirmed = last.contains(hash)
                sight.sets[place].values[number].isConfirmed = isConfirmed
                if !known.contains(hash) { fresh += 1 } else if isConfirmed, recent.contains(hash) { confirmed += 1 }
            }
        }
        let isUnserved = sight.isUnserved
        sight.isSilenceConfirmed = isUnserved && wasUnserved
        let varies = known.count >= Self.limit
        let isSilenceNew = isUnserved && !wasUnserved
        let step = Step(
            sight: sight, hasNews: !isFirst && (isSilenceNew || fresh > 0 && !varies),
            isUrgent: isSecond && (confirmed > 0 || sight.isSilenceConfirmed))
        recent = isFirst ? [] : present.subtracting(known)
        if !varies { known.formUnion(present) }
        last = present
        wasUnserved = isUnserved
        return step
    }

    private static func hash(_ key: RecordSetKey, _ value: PlaceSight.Value) -> Int {
        var hasher = Hasher()
        hasher.combine(key)
        hasher.combine(value.kind)
        hasher.combine(value.alias)
        hasher.combine(value.members)
        // Data that only resolvers give differs from the same data confirmed by a server.
        hasher.combine(value.servers.isEmpty)
        return hasher.finalize()
    }

    private mutating func learnHosts(_ snapshot: Snapshot) {
        guard snapshot.parent.state == .delegated else { return }
        delegation.hosts = snapshot.parent.hosts.prefix(RoundWalk.Limit.hosts).compactMap { host in
            let addresses = host.glue + host.addresses
            let kept = addresses.isEmpty ? delegation.addresses(of: host.name.folded, at: snapshot.at) : addresses
            guard !kept.isEmpty else { return nil }
            return DelegationMemory.Host(
                name: host.name.folded, addresses: Array(kept.prefix(RoundWalk.Limit.addressesOfHost)),
                lastListed: snapshot.at)
        }
    }
}

extension PlaceSight {
    /// Creates the sight of a round; nil if no authoritative server is known.
    init?(_ snapshot: Snapshot, of watch: Watch) {
        let listed = snapshot.authorities.filter { !$0.remembered }
        let asked = listed.isEmpty ? snapshot.authorities : listed
        let facts = asked.prefix(Limit.servers)
            .map { ServerFact($0, isOwn: true, domain: watch.domain) }
            .sorted { ($0.host, "\($0.address)") < ($1.host, "\($1.address)") }
        guard !facts.isEmpty else { return nil }
        var room = Limit.bytes
        let keys = watch.sets.filter { $0.type != .soa && $0.type != .ds }.prefix(Limit.sets)
        let sets = keys.compactMap { key -> RecordSet? in
            let values = Self.values(of: key, facts, snapshot.resolvers)
            let size = values.reduce(0) { $0 + $1.members.reduce(0) { $0 + $1.utf8.count / 2 } }
            guard !values.isEmpty, size <= room else { return nil }
            room -= size
            return RecordSet(key, values: values)
        }
        self.init(servers: facts.map(Server.init), sets: sets)
    }

    private static func values(
        of key: RecordSetKey, _ servers: [ServerFact], _ resolvers: [ResolverView]
    ) -> [Value] {
        var order: [SetValue] = []
        var found: [SetValue: Value] = [:]
        func note(_ answer: Answer?, _ change: (inout Value) -> Void) {
            guard let answer, let value = SetValue(answer), value.members.count <= Limit.members else { return }
            if found[value] == nil {
                guard order.count < Limit.values else { return }
                order.append(value)
                found[value] = Value(value)
            }
            if var known = found[value] {
                change(&known)
                found[value] = known
            }
        }
        for (place, server) in servers.enumerated() where server.answers {
            note(server.view.answers[key]) { $0.servers.append(place) }
        }
        for resolver in resolvers {
            for answer in [resolver.answers[key]] + (resolver.repeats[key] ?? []) {
                note(answer) { if !$0.resolvers.contains(resolver.label) { $0.resolvers.append(resolver.label) } }
            }
        }
        return order.compactMap { found[$0] }
            .sorted { ($0.kind, $0.members.joined()) < ($1.kind, $1.members.joined()) }
    }
}

extension PlaceSight.Server {
    fileprivate init(_ server: ServerFact) {
        let standing: PlaceSight.Standing =
            switch server.standing {
            case .answers: .answers
            case .silent: .silent
            case .refuses: .refuses
            }
        self.init(host: server.host.folded, address: server.address, standing: standing)
    }
}

extension PlaceSight.Value {
    init(_ value: SetValue) {
        self.init(
            kind: value.kind.rawValue, alias: value.alias, members: value.members.map { Hexadecimal.text($0.bytes) })
    }

    /// The value in the form in which it is compared with the judge's own; nil if the document is malformed.
    package var value: SetValue? {
        guard let kind = SetValue.Kind(rawValue: kind) else { return nil }
        let members = members.compactMap { Hexadecimal.bytes($0).map(Member.init(bytes:)) }
        guard members.count == self.members.count else { return nil }
        return SetValue(kind: kind, alias: alias, members: members)
    }
}
