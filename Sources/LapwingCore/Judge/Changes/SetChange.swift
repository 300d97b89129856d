import DNSWire

/// A watched RRset that the accepted servers serve with another value than before.
struct SetChange {
    let picture: Picture
    let fact: SetFact
    let memory: SetMemory
    let old: SetValue
    let new: SetValue
    let isEverywhere: Bool
    /// Whether it is the value from before the last change, which was reported.
    let isBack: Bool

    var key: RecordSetKey { fact.key }
    var since: Timestamp { memory.departure?.since ?? picture.now }
    var change: Change { Change(key, from: old, to: new, seenBy: holders) }
    /// Whether a change reported earlier is about this RRset.
    func isSame(_ other: Change) -> Bool { other.name == change.name && other.kind == change.kind }
    /// Hosts that serve the new value, each once however many addresses it has.
    var holders: [String] {
        var seen: Set<String> = []
        return fact.own.filter { $0.value == new }.map { "\($0.server.host)" }.filter { seen.insert($0).inserted }
    }
    var isSensitive: Bool { picture.watch.isSensitive(key) }
    /// Whether the RRset is the address of a mail host of the domain.
    var isMailHost: Bool {
        guard key.type == .a || key.type == .aaaa else { return false }
        return picture.watch.sensitive.contains { sensitive in
            sensitive.type == .mx
                && (picture.memory(sensitive)?.current?.members ?? []).contains { member in
                    (try? RecordData(type: .mx, wire: member.bytes)).flatMap { MX($0) }?.exchange == key.name
                }
        }
    }
    var evidence: [EvidencePointer] { fact.own.map { EvidencePointer($0.server.source, key) } }

    /// Returns nil if nothing is new: the value is the accepted one, is known from before, or is a rotation of a name
    /// whose answers vary. A value that a reported change replaced is news when it returns.
    init?(_ fact: SetFact, _ picture: Picture) {
        guard let memory = picture.memory(fact.key), let old = memory.current, !fact.own.isEmpty else { return nil }
        let strange = fact.own.filter { sight in
            guard sight.value != old else { return false }
            // An absent set is still absent, whichever way this is said: a name that lost its last record turns from
            // NODATA to NXDOMAIN for every other type.
            if !sight.value.isPresent, !old.isPresent, sight.value.alias == old.alias { return false }
            // An earlier absence of the name does not excuse another one.
            if !sight.value.isPresent, old.isPresent, memory.isStable { return true }
            if memory.isElsewhere(sight.value), sight.value.alias == old.alias { return false }
            return !memory.knows(sight.value, at: picture.now)
                || picture.state.book.wasLeft(sight.value, for: old, key: fact.key)
        }
        guard let new = strange.first?.value else { return nil }
        self.picture = picture
        self.fact = fact
        self.memory = memory
        self.old = old
        self.new = new
        isBack = memory.knows(new, at: picture.now)
        isEverywhere = fact.own.allSatisfy { $0.value == new || !memory.isStable }
    }

    /// Records that no server ever served and that are not in a network the zone already uses.
    var unseenMembers: [Member] { memory.unseenMembers(in: new, at: picture.now) }

    /// Whether the new value keeps a part of the old one.
    var overlaps: Bool {
        if key.type == .mx {
            let before = Set(old.members.map(Self.exchange))
            return new.members.contains { before.contains(Self.exchange($0)) }
        }
        if new.alias != nil, new.alias == old.alias { return true }
        return new.members.contains { member in old.members.contains(member) || memory.pool[member] != nil }
    }

    /// Whether the new addresses are in networks that the zone has used before.
    var isNeighbour: Bool {
        guard key.type == .a || key.type == .aaaa, !unseenMembers.isEmpty else { return false }
        let width = key.type == .a ? 3 : 6
        var networks: Set<[UInt8]> = []
        for other in picture.sets where other.key.type == key.type {
            for member in picture.memory(other.key)?.pool.keys.map(\.bytes) ?? [] {
                networks.insert(Array(member.prefix(width)))
            }
        }
        return unseenMembers.allSatisfy { networks.contains(Array($0.bytes.prefix(width))) }
    }

    /// The TTL of the new value.
    var ttlNow: UInt32? { fact.own.first { $0.value == new }?.ttl }
    var ttlBefore: UInt32? { memory.ttl.current }
    var cutsTTL: Bool {
        guard let now = ttlNow, let before = ttlBefore else { return false }
        return now <= before / 5
    }

    private static func exchange(_ member: Member) -> [UInt8] { Array(member.bytes.dropFirst(2)) }
}
