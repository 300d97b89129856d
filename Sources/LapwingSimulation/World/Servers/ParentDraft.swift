import DNSWire
import LapwingCore

/// An answer of the root or of a top-level domain under construction.
final class ParentDraft {
    let zone: Name
    let result = AuthorityAnswer(code: .noError)
    private let signer: Signer
    private let period: Int
    private let from: Int
    private let to: Int
    private let broken: Bool

    init(zone: Name, signer: Signer, period: Int, from: Int, to: Int, broken: Bool, negativeTTL: UInt32) {
        self.zone = zone
        self.signer = signer
        self.period = period
        self.from = from
        self.to = to
        self.broken = broken
        result.negativeTTL = negativeTTL
    }

    var soa: RecordSet {
        let data = SOA(
            mname: zone, rname: zone, serial: SerialNumber(rawValue: UInt32(truncatingIfNeeded: 1_000_000 + period)),
            refresh: 1800,
            retry: 900, expire: 604_800, minimum: result.negativeTTL)
        return RecordSet(ttl: 900, data: [data.data])
    }

    func refuse() {
        result.code = .refused
        result.isAuthoritative = false
    }

    func answer(_ set: RecordSet, name: Name, isKeys: Bool = false) {
        result.answers = set.data.map { Record(name: name, ttl: set.ttl, data: $0) }
        // A broken signer still has a valid DNSKEY RRset; otherwise the fault could not be located.
        result.answerSignatures = signatures(set, name: name, broken: broken && !isKeys)
    }

    func refer(to zone: Name, hosts: [Name], ttl: UInt32, secure: RecordSet?, addresses: [(Name, IPAddress)]) {
        result.isAuthoritative = false
        result.authorities = hosts.map { Record(name: zone, ttl: ttl, data: NameTarget(type: .ns, target: $0).data) }
        result.additionals = addresses.map { Record(name: $0.0, ttl: ttl, data: Address(address: $0.1).data) }
        if let secure {
            // DS records are included together with signatures only, since they are of no use otherwise.
            result.authoritySignatures = secure.data.map { Record(name: zone, ttl: secure.ttl, data: $0) }
            result.authoritySignatures += signatures(secure, name: zone, broken: broken)
        } else {
            deny(at: zone, types: [.ns, .rrsig, .nsec])
        }
    }

    func denyType(at name: Name, types: [RecordType]? = nil) {
        addSOA()
        deny(at: name, types: (types ?? [.ns]) + [.rrsig, .nsec])
    }

    func denyName(_ name: Name) {
        result.code = .nxDomain
        addSOA()
        let missing = name.suffix(labels: zone.labelCount + 1)
        let last = missing.label(0)
        // From a name just before to one just after, and the same for the wildcard.
        cover(from: Self.before(last), to: last + [0x21])
        cover(from: [0x21], to: [0x2b])
    }

    private func addSOA() {
        result.authorities = soa.data.map { Record(name: zone, ttl: result.negativeTTL, data: $0) }
        result.authoritySignatures = signatures(soa, name: zone, broken: broken)
    }

    private func deny(at name: Name, types: [RecordType]) {
        let next = (try? name.prepending(label: [0])) ?? name
        add(NSEC(next: next, types: types.sorted { $0.rawValue < $1.rawValue }), at: name)
    }

    private func cover(from: [UInt8], to: [UInt8]) {
        guard let owner = try? zone.prepending(label: from), let next = try? zone.prepending(label: to) else { return }
        add(NSEC(next: next, types: [.rrsig, .nsec]), at: owner)
    }

    private func add(_ denial: NSEC, at owner: Name) {
        let set = RecordSet(ttl: result.negativeTTL, data: [denial.data])
        result.authorities += set.data.map { Record(name: owner, ttl: set.ttl, data: $0) }
        result.authoritySignatures += signatures(set, name: owner, broken: broken)
    }

    private func signatures(_ set: RecordSet, name: Name, broken: Bool) -> [Record] {
        guard let type = set.data.first?.type else { return [] }
        let toSign = SetToSign(owner: name, type: type, ttl: set.ttl, data: set.data)
        let data = signer.signature(
            over: toSign, zone: zone, key: ParentAnswers.keyLabel(zone), ParentAnswers.keySpecification, from: from,
            to: to,
            broken: broken)
        return data.map { [Record(name: name, ttl: set.ttl, data: $0)] } ?? []
    }

    /// Returns a label that sorts just before this one.
    private static func before(_ label: [UInt8]) -> [UInt8] {
        guard let last = label.last, last > 0x21 else { return [0x21] }
        return label.dropLast() + [last - 1, 0x7e]
    }
}
