import DNSWire
import LapwingCore

/// Makes the signatures and proofs for one answer of a signed zone.
struct SignedAnswer {
    let signer: Signer
    let zone: Zone
    let policy: ZoneSigning
    let keys: [String: KeySpecification]
    /// Validity in seconds of the scenario.
    let from: Int
    let to: Int
    let chain: DenialChain

    /// Returns the signatures over an RRset, at the name at which it is shown, which differs from its owner if a
    /// wildcard was expanded.
    func signatures(owner: Name, type: RecordType, set: RecordSet, shownAt name: Name) -> [Record] {
        let labels = type == .dnskey ? policy.keySigners : policy.zoneSigners
        return labels.compactMap { label in
            guard let key = keys[label] else { return nil }
            let data = signer.signature(
                over: SetToSign(owner: owner, type: type, ttl: set.ttl, data: set.data), zone: zone.origin, key: label,
                key,
                from: from, to: to, broken: policy.signaturesBroken)
            return data.map { Record(name: name, ttl: set.ttl, data: $0) }
        }
    }

    func nxDomain(_ name: Name) -> (records: [Record], signatures: [Record]) { signed(chain.nxDomain(name)) }

    func noData(_ name: Name) -> (records: [Record], signatures: [Record]) { signed(chain.noData(name)) }

    func noCloser(than owner: Name, for name: Name) -> (records: [Record], signatures: [Record]) {
        signed(chain.noCloser(name))
    }

    private func signed(_ records: [Record]) -> (records: [Record], signatures: [Record]) {
        let signatures = records.flatMap {
            self.signatures(
                owner: $0.name, type: $0.type, set: RecordSet(ttl: $0.ttl, data: [$0.data]), shownAt: $0.name)
        }
        return (records, signatures)
    }
}
