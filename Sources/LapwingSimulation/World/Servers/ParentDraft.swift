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
    private let denial: ZoneSigning.Denial

    init(
        zone: Name, signer: Signer, period: Int, from: Int, to: Int, broken: Bool, denial: ZoneSigning.Denial,
        negativeTTL: UInt32
    ) {
        self.zone = zone
        self.signer = signer
        self.period = period
        self.from = from
        self.to = to
        self.broken = broken
        self.denial = denial
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
            deny(at: zone, types: [.ns])
        }
    }

    func denyType(at name: Name, types: [RecordType]? = nil) {
        addSOA()
        deny(at: name, types: types ?? [.ns])
    }

    func denyName(_ name: Name) {
        result.code = .nxDomain
        addSOA()
        let missing = name.suffix(labels: zone.labelCount + 1)
        if denial.usesHashes {
            matchHash(of: zone, types: Self.apexTypes)
            coverHash(of: missing)
            if let wildcard = try? zone.prepending(label: [UInt8(ascii: "*")]) { coverHash(of: wildcard) }
            return
        }
        let last = missing.label(0)
        // From a name just before to one just after, and the same for the wildcard.
        cover(from: Self.before(last), to: last + [0x21])
        cover(from: [0x21], to: [0x2b])
    }

    private func addSOA() {
        result.authorities = soa.data.map { Record(name: zone, ttl: result.negativeTTL, data: $0) }
        result.authoritySignatures = signatures(soa, name: zone, broken: broken)
    }

    private static let apexTypes: [RecordType] = [.ns, .soa, .dnskey]

    private func deny(at name: Name, types: [RecordType]) {
        if denial.usesHashes {
            // Delegations without a DS are left out: shown is that there may be one.
            guard denial == .optOut, name != zone, types == [.ns] else { return matchHash(of: name, types: types) }
            matchHash(of: zone, types: Self.apexTypes)
            return coverHash(of: name.suffix(labels: zone.labelCount + 1))
        }
        let next = (try? name.prepending(label: [0])) ?? name
        add(NSEC(next: next, types: Self.sorted(types + [.rrsig, .nsec])).data, at: name)
    }

    private func matchHash(of name: Name, types: [RecordType]) {
        let hash = signer.nsec3Hash(name, iterations: 0)
        let signed = types == [.ns] ? [] : [RecordType.rrsig]
        addHashed(
            from: hash, to: Self.beside(hash, isNext: true), types: types + signed + (name == zone ? [.nsec3param] : [])
        )
    }

    /// A record from just before a name's hash to just after it.
    private func coverHash(of name: Name) {
        let hash = signer.nsec3Hash(name, iterations: 0)
        addHashed(
            from: Self.beside(hash, isNext: false), to: Self.beside(hash, isNext: true), types: [.a, .rrsig])
    }

    private func addHashed(from hash: [UInt8], to next: [UInt8], types: [RecordType]) {
        guard let owner = try? zone.prepending(label: Base32Hex.encode(hash)) else { return }
        let record = NSEC3(
            hashAlgorithm: 1, flags: denial == .optOut ? 1 : 0, iterations: 0, salt: [], nextHashedOwner: next,
            types: Self.sorted(types))
        add(record.data, at: owner)
    }

    /// The hash right after this one, or right before it.
    private static func beside(_ hash: [UInt8], isNext: Bool) -> [UInt8] {
        var hash = hash
        for index in hash.indices.reversed() {
            hash[index] = isNext ? hash[index] &+ 1 : hash[index] &- 1
            // What went over is carried on.
            guard hash[index] == (isNext ? 0 : 0xff) else { break }
        }
        return hash
    }

    private static func sorted(_ types: [RecordType]) -> [RecordType] { types.sorted { $0.rawValue < $1.rawValue } }

    private func cover(from: [UInt8], to: [UInt8]) {
        guard let owner = try? zone.prepending(label: from), let next = try? zone.prepending(label: to) else { return }
        add(NSEC(next: next, types: [.rrsig, .nsec]).data, at: owner)
    }

    private func add(_ denial: RecordData, at owner: Name) {
        let set = RecordSet(ttl: result.negativeTTL, data: [denial])
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
