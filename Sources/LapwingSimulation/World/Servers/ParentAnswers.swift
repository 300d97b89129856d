import DNSWire
import LapwingCore

/// Makes the answers of the root and of the top-level domains: always signed, with minimally covering denials (RFC
/// 4470).
final class ParentAnswers {
    static let keySpecification = KeySpecification(flags: 257, algorithm: 13)

    static func keyLabel(_ zone: Name) -> String { "zone \(zone.folded)" }

    private struct CacheKey: Hashable {
        var zone: Name
        var question: Int
        var state: Int
        var period: Int
    }

    private let signer: Signer
    private let domain: Name
    private var answers: [CacheKey: AuthorityAnswer] = [:]

    /// Seconds for which a denial of these zones may be cached.
    private static let negativeTTL: UInt32 = 900
    private static let week = 604_800

    init(signer: Signer, domain: Name) {
        self.signer = signer
        self.domain = domain
    }

    func root(_ question: AskedQuestion, world: World, second: Int) -> AuthorityAnswer {
        kept(.root, question, state: 0, second: second) { draft in
            let name = question.key.name
            if name.isRoot { return self.apex(draft, type: question.key.type, host: Self.host("a.root", in: .root)) }
            let below = world.topLevels.filter { name.isSubdomain(of: $0) }.max { $0.labelCount < $1.labelCount }
            guard let zone = below, let index = world.topLevels.firstIndex(of: zone) else {
                return draft.denyName(name)
            }
            if name == zone, question.key.type == .ds { return draft.answer(self.secureSet(of: zone), name: zone) }
            let host = Self.host("a.nic", in: zone)
            draft.refer(
                to: zone, hosts: [host], ttl: 172_800, secure: self.secureSet(of: zone),
                addresses: [(host, World.Place.topLevel(index))])
        }
    }

    func topLevel(
        _ zone: Name, _ question: AskedQuestion, world: World, state: WorldState, second: Int
    ) -> AuthorityAnswer {
        let isParent = zone == state.parent.zone
        return kept(
            zone, question, state: state.from, second: second, broken: state.parent.bogus && isParent,
            denial: isParent ? state.parent.denial : .nsec
        ) { draft in
            let name = question.key.name
            guard name.isSubdomain(of: zone) else { return draft.refuse() }
            let own = Self.host("a.nic", in: zone)
            if name == zone { return self.apex(draft, type: question.key.type, host: own) }
            let infrastructure = [
                own: world.topLevels.firstIndex(of: zone).map(World.Place.topLevel),
                Self.host("ns.nic", in: zone): World.Place.elsewhere,
            ]
            if let address = infrastructure[name] {
                guard question.key.type == .a, let address else { return draft.denyType(at: name) }
                return draft.answer(RecordSet(ttl: 172_800, data: [Address(address: address).data]), name: name)
            }
            if zone == state.parent.zone, name.isSubdomain(of: self.domain) {
                return self.delegation(draft, question, state: state)
            }
            let registrable = name.suffix(labels: zone.labelCount + 1)
            if state.unregistered.contains(where: { registrable.isSubdomain(of: $0) }) { return draft.denyName(name) }
            if name == registrable, question.key.type == .ds { return draft.denyType(at: name) }
            let host = Self.host("ns.nic", in: zone)
            draft.refer(
                to: registrable, hosts: [host], ttl: 86_400, secure: nil, addresses: [(host, World.Place.elsewhere)])
        }
    }

    /// The parent zone's answer about the watched domain.
    private func delegation(_ draft: ParentDraft, _ question: AskedQuestion, state: WorldState) {
        let parent = state.parent
        if parent.state == .absent { return draft.denyName(question.key.name) }
        let data = parent.secureKeys.compactMap { label in
            state.keys[label].flatMap { signer.ds(label, $0, zone: domain) }
        }
        let secure = data.isEmpty ? nil : RecordSet(ttl: parent.secureTTL, data: data)
        if question.key == RecordSetKey(domain, .ds) {
            guard let secure else { return draft.denyType(at: domain) }
            return draft.answer(secure, name: domain)
        }
        var addresses: [(Name, IPAddress)] = []
        for host in parent.nameServers {
            // If the file has no glue, the host's address is used: each parent zone here knows all hosts, except those
            // whose names the scenario defines itself.
            let isNamed = state.elsewhere[host] != nil
            let known = parent.glue[host] ?? (isNamed ? [] : state.server(host: host)?.addresses ?? [])
            addresses += known.map { (host, $0) }
        }
        draft.refer(
            to: domain, hosts: parent.nameServers, ttl: parent.nameServerTTL, secure: secure, addresses: addresses)
    }

    private func apex(_ draft: ParentDraft, type: RecordType, host: Name) {
        switch type {
        case .soa: draft.answer(draft.soa, name: draft.zone)
        case .ns:
            draft.answer(
                RecordSet(ttl: 172_800, data: [NameTarget(type: .ns, target: host).data]), name: draft.zone)
        case .dnskey:
            let data = signer.dnskey(Self.keyLabel(draft.zone), Self.keySpecification)?.data
            draft.answer(RecordSet(ttl: 86_400, data: data.map { [$0] } ?? []), name: draft.zone, isKeys: true)
        default: draft.denyType(at: draft.zone, types: [.ns, .soa, .dnskey])
        }
    }

    private func secureSet(of zone: Name) -> RecordSet {
        let data = signer.ds(Self.keyLabel(zone), Self.keySpecification, zone: zone)
        return RecordSet(ttl: 86_400, data: data.map { [$0] } ?? [])
    }

    private func kept(
        _ zone: Name, _ question: AskedQuestion, state: Int, second: Int, broken: Bool = false,
        denial: ZoneSigning.Denial = .nsec,
        fill: (ParentDraft) -> Void
    ) -> AuthorityAnswer {
        let period = floorDivide(second, Self.week)
        let key = CacheKey(zone: zone, question: question.id, state: state, period: period)
        if let known = answers[key] { return known }
        if answers.count > 20_000 { answers.removeAll(keepingCapacity: true) }
        let draft = ParentDraft(
            zone: zone, signer: signer, period: period, from: period * Self.week - 86_400,
            to: (period + 3) * Self.week, broken: broken, denial: denial, negativeTTL: Self.negativeTTL)
        fill(draft)
        answers[key] = draft.result
        return draft.result
    }

    private static func host(_ labels: String, in zone: Name) -> Name {
        (try? Name("\(labels).\(zone.isRoot ? "" : zone.description)")) ?? zone
    }
}
