internal import DNSSEC
import DNSWire

/// A future step of a key rollover, with the time from which on it is safe.
///
/// The time follows from observations alone: when a set was last served, and for how long caches may keep it. If that
/// is unknown, there is no step.
package struct RolloverStep: Sendable, Hashable, Codable {
    /// The kind of step.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The parent can publish the DS that the zone asks for: all cached key sets are signed by its key.
        case publishDS
        /// The key can sign: all cached key sets contain it.
        case useKey
        /// The DS can be removed: no cached key set contains its key any more.
        case removeDS
        /// The key can be removed: no cached DS set refers to it any more.
        case removeKey
    }

    /// The largest number of steps that are kept for one domain.
    package static let limit = 32

    /// The kind of step.
    package var kind: Kind
    /// The key.
    package var key: ChainMemory.KeyLabel
    /// The time from which on it is safe.
    package var at: Timestamp

    package init(_ kind: Kind, _ key: ChainMemory.KeyLabel, at: Timestamp) {
        self.kind = kind
        self.key = key
        self.at = at
    }
}

/// The observations of a zone's keys and DS in one round from which future steps follow.
package struct RolloverSight: Sendable {
    /// A key by its tag and algorithm.
    package typealias KeyLabel = ChainMemory.KeyLabel

    /// Keys that all servers publish.
    package var published: Set<KeyLabel> = []
    /// Keys that sign anything at any server.
    package var signing: Set<KeyLabel> = []
    /// Keys that sign the DNSKEY set at all servers.
    package var anchors: Set<KeyLabel> = []
    /// Keys to which the parent's DS records refer.
    package var delegated: Set<KeyLabel> = []
    /// Those of ``delegated`` that no server publishes.
    package var orphaned: Set<KeyLabel> = []
    /// Keys for which the zone asks its parent for a DS; empty if it asks for none.
    package var wanted: Set<KeyLabel> = []

    package init() {}

    /// Returns the future steps, in the order of their times.
    package func steps(_ memory: ChainMemory) -> [RolloverStep] {
        var steps: [RolloverStep] = []
        func add(_ kind: RolloverStep.Kind, _ keys: Set<KeyLabel>, _ moment: (KeyLabel) -> Timestamp?) {
            steps += keys.compactMap { key in moment(key).map { RolloverStep(kind, key, at: $0) } }
        }
        add(.publishDS, wanted.subtracting(delegated).intersection(anchors)) { key in
            (memory.signers ?? []).dropped { !$0.contains(key) }
        }
        add(.useKey, published.subtracting(signing)) { key in memory.dnskey.dropped { !$0.contains(key) } }
        // Only while another DS keeps the chain valid.
        if !delegated.isDisjoint(with: anchors) {
            add(.removeDS, orphaned) { key in memory.dnskey.dropped { $0.contains(key) } }
            add(.removeKey, anchors.subtracting(delegated).subtracting(wanted)) { key in
                memory.ds.dropped { $0.contains(key) }
            }
        }
        return Array(
            steps.sorted { ($0.at, $0.key, $0.kind.rawValue) < ($1.at, $1.key, $1.kind.rawValue) }
                .prefix(RolloverStep.limit))
    }
}

extension [ChainMemory.Remembered] {
    /// Returns when the last cache has dropped all matching sets; nil if none is remembered, or if one may still be
    /// served.
    fileprivate func dropped(_ isMeant: ([ChainMemory.KeyLabel]) -> Bool) -> Timestamp? {
        var end: Timestamp?
        for set in self where isMeant(set.keys) {
            // It may have been served between its last sight and the first sight of the next set.
            guard let gone = self.filter({ $0.first > set.lastSeen }).map(\.first).min() else { return nil }
            let dropped = gone.adding(seconds: Int64(set.ttl))
            end = end.map { Swift.max($0, dropped) } ?? dropped
        }
        return end
    }
}

extension RolloverSight {
    /// Takes the observations of a regular round; returns nil if it did not see everything that matters.
    init?(_ picture: Picture) {
        let parent = picture.snapshot.parent
        guard picture.isRegular, !picture.isBlind, picture.watch.dnssec != .off, parent.dsKnown,
            parent.state == .delegated
        else { return nil }
        self.init()
        let digests = parent.ds.compactMap { DS($0.data) }
        // An insecure delegation has no steps.
        guard !digests.isEmpty else { return }
        let servers = picture.listedOwn
        let chains = servers.map { picture.chain($0) }
        guard let first = chains.first, servers.allSatisfy(\.answers),
            chains.allSatisfy({ $0.state == .signed && $0.unchecked.isEmpty })
        else { return nil }
        delegated = Set(digests.map(\.label))
        published = chains.dropFirst().reduce(Set(first.labels)) { $0.intersection($1.labels) }
        anchors = chains.dropFirst().reduce(first.anchors) { $0.intersection($1.anchors) }
        signing = chains.reduce(into: []) { signing, chain in
            signing.formUnion(chain.anchors)
            for keys in chain.signers.values { signing.formUnion(keys) }
        }
        orphaned = delegated.subtracting(chains.flatMap(\.labels))
        wanted = Self.wanted(servers, picture)
    }

    /// Returns the keys for which all servers consistently ask for a DS, if there is no objection.
    private static func wanted(_ servers: [ServerFact], _ picture: Picture) -> Set<KeyLabel> {
        let asked = servers.map { SignalRule.signals(of: $0, picture) }
        guard let first = asked.first ?? nil, asked.allSatisfy({ $0.map(Set.init) == Set(first) }) else { return [] }
        let signals = ChildSignals(zone: picture.domain, records: first)
        let remarks = servers.flatMap { SignalRule.remarks(first, $0, picture) }
        guard !signals.asksForDeletion, remarks.allSatisfy({ $0.kind == .waiting }) else { return [] }
        return Set(signals.digests.isEmpty ? signals.keys.map(\.label) : signals.digests.map(\.label))
    }
}
