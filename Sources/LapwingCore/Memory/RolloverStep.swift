internal import DNSSEC
import DNSWire

/// A step of a key rollover that lies ahead, with the moment from which on it is safe.
///
/// The moment follows from what was seen alone: when a set was last served, and for how long caches may keep it. Where that is
/// not known there is no step.
package struct RolloverStep: Sendable, Hashable, Codable {
    /// What can be done then.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The parent can publish the DS that the zone asks for: no cache has keys any more that this key did not sign.
        case publishDS
        /// The key can sign: no cache has keys any more without it.
        case useKey
        /// The DS can go: no cache has keys any more among which the one that it names is.
        case removeDS
        /// The key can go: no cache has the DS any more that names it.
        case removeKey
    }

    /// Steps of one domain that are kept.
    package static let limit = 32

    /// What can be done.
    package var kind: Kind
    /// The key that it is about.
    package var key: ChainMemory.KeyLabel
    /// From when on it is safe.
    package var at: Timestamp

    package init(_ kind: Kind, _ key: ChainMemory.KeyLabel, at: Timestamp) {
        self.kind = kind
        self.key = key
        self.at = at
    }
}

/// What a round saw of a zone's keys and DS, as far as steps ahead follow from it.
package struct RolloverSight: Sendable {
    package typealias KeyLabel = ChainMemory.KeyLabel

    /// Keys that all servers publish.
    package var published: Set<KeyLabel> = []
    /// Keys that sign anything at any server.
    package var signing: Set<KeyLabel> = []
    /// Keys that sign the DNSKEY set at all servers.
    package var anchors: Set<KeyLabel> = []
    /// Keys that the parent's DS records name, and those among them that no server publishes.
    package var delegated: Set<KeyLabel> = []
    /// Those of ``delegated`` that no server publishes.
    package var orphaned: Set<KeyLabel> = []
    /// Keys for which the zone asks its parent for a DS; empty where it asks for nothing.
    package var wanted: Set<KeyLabel> = []

    package init() {}

    /// The steps that lie ahead, by their moments.
    package func steps(_ memory: ChainMemory) -> [RolloverStep] {
        var steps: [RolloverStep] = []
        func add(_ kind: RolloverStep.Kind, _ keys: Set<KeyLabel>, _ moment: (KeyLabel) -> Timestamp?) {
            steps += keys.compactMap { key in moment(key).map { RolloverStep(kind, key, at: $0) } }
        }
        add(.publishDS, wanted.subtracting(delegated).intersection(anchors)) { key in
            (memory.signers ?? []).dropped { !$0.contains(key) }
        }
        add(.useKey, published.subtracting(signing)) { key in memory.dnskey.dropped { !$0.contains(key) } }
        // As long as another DS leads on.
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
    /// When the last cache has dropped all sets that are meant; nil where none is remembered, or one may still be served.
    fileprivate func dropped(_ isMeant: ([ChainMemory.KeyLabel]) -> Bool) -> Timestamp? {
        var end: Timestamp?
        for set in self where isMeant(set.keys) {
            // Between its last sight and the first one of another it may have been served.
            guard let gone = self.filter({ $0.first > set.lastSeen }).map(\.first).min() else { return nil }
            let dropped = gone.adding(seconds: Int64(set.ttl))
            end = end.map { Swift.max($0, dropped) } ?? dropped
        }
        return end
    }
}

extension RolloverSight {
    /// What a regular round saw; nil where it did not see all that counts.
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

    /// The keys for which all servers alike ask for a DS, where nothing speaks against it.
    private static func wanted(_ servers: [ServerFact], _ picture: Picture) -> Set<KeyLabel> {
        let asked = servers.map { SignalRule.signals(of: $0, picture) }
        guard let first = asked.first ?? nil, asked.allSatisfy({ $0.map(Set.init) == Set(first) }) else { return [] }
        let signals = ChildSignals(zone: picture.domain, records: first)
        let remarks = servers.flatMap { SignalRule.remarks(first, $0, picture) }
        guard !signals.asksForDeletion, remarks.allSatisfy({ $0.kind == .waiting }) else { return [] }
        return Set(signals.digests.isEmpty ? signals.keys.map(\.label) : signals.digests.map(\.label))
    }
}
