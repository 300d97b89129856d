internal import DNSWire

extension ManagedAnchors {
    /// Processes the zone's DNSKEY RRset. If no trusted key authenticates it, `isTrusted` is false and the only
    /// possible changes are self-revocations of keys.
    public mutating func observe(
        _ set: SignedSet, now: Int64, verifier: any SignatureVerifier
    ) -> (isTrusted: Bool, changes: [Change]) {
        var examiner = Examiner(now: UInt32(truncatingIfNeeded: now), verifier: verifier)
        var changes: [Change] = []
        let published = set.records.data.prefix(Limits.keptKeys).compactMap { DNSKEY($0) }
            .filter { $0.isZoneKey && $0.isSecureEntryPoint && $0.protocolNumber == 3 }
        revoke(published.filter(\.isRevoked), by: set, now, &examiner, &changes)
        guard set.type == .dnskey, set.name == zone,
            case .secure = examiner.check(keySet: set, of: zone, against: KeyPointers(digests: trusted)).state
        else {
            interval = retryInterval(set)
            return (false, changes)
        }
        var present: Set<[UInt8]> = []
        for key in published where !key.isRevoked && Algorithms.isSupported(key.algorithm) {
            let digest = digest(key, verifier)
            present.insert(digest)
            see(key, digest, ttl: Int64(set.records.ttl), now, &changes)
        }
        let revoked = Set(published.filter(\.isRevoked).map { digest($0, verifier) })
        miss(present, revoked, now, &changes)
        seen = now
        interval = queryInterval(set)
        return (true, changes)
    }

    /// Records a key in the set that is not revoked.
    private mutating func see(
        _ key: DNSKEY, _ digest: [UInt8], ttl: Int64, _ now: Int64, _ changes: inout [Change]
    ) {
        guard let place = keys.firstIndex(where: { $0.digest == digest }) else {
            guard keys.filter({ $0.state == .pending }).count < Self.keptPending else { return }
            keys.append(
                Key(
                    tag: key.keyTag, algorithm: key.algorithm, digest: digest, state: .pending, since: now,
                    heldUntil: now + max(Self.holdDown, ttl)))
            changes.append(Change(tag: key.keyTag, from: nil, to: .pending))
            return
        }
        switch keys[place].state {
        case .pending where now >= keys[place].heldUntil ?? .max: move(place, to: .valid, now, &changes)
        case .missing: move(place, to: .valid, now, &changes)
        case .pending, .valid, .revoked, .removed: break
        }
    }

    /// Records the keys that are not in the set, or no longer in the same role.
    private mutating func miss(
        _ present: Set<[UInt8]>, _ revoked: Set<[UInt8]>, _ now: Int64, _ changes: inout [Change]
    ) {
        for place in keys.indices.reversed() where !present.contains(keys[place].digest) {
            switch keys[place].state {
            case .pending:
                changes.append(Change(tag: keys[place].tag, from: .pending, to: nil))
                keys.remove(at: place)
            case .valid: move(place, to: .missing, now, &changes)
            case .revoked where !revoked.contains(keys[place].digest) && now >= keys[place].since + Self.holdDown:
                move(place, to: .removed, now, &changes)
            case .missing, .revoked, .removed: break
            }
        }
    }

    /// Records a key that is revoked by its own signature over the set (RFC 5011 section 2.1).
    private mutating func revoke(
        _ published: [DNSKEY], by set: SignedSet, _ now: Int64, _ examiner: inout Examiner, _ changes: inout [Change]
    ) {
        for key in published {
            let digest = digest(key, examiner.verifier)
            guard let place = keys.firstIndex(where: { $0.digest == digest }) else { continue }
            switch keys[place].state {
            case .revoked, .removed: continue
            case .pending, .valid, .missing: break
            }
            let itself = ZoneKeys(zone: zone, keys: [ZoneKeys.Key(key)])
            guard examiner.check(set, with: itself).proof.verdict == .secure else { continue }
            move(place, to: .revoked, now, &changes)
        }
    }

    private mutating func move(_ place: Int, to state: State, _ now: Int64, _ changes: inout [Change]) {
        changes.append(Change(tag: keys[place].tag, from: keys[place].state, to: state))
        keys[place].state = state
        keys[place].since = now
        keys[place].heldUntil = nil
    }

    private func digest(_ key: DNSKEY, _ verifier: any SignatureVerifier) -> [UInt8] {
        var key = key
        key.flags &= ~0x0080
        return verifier.digest(.sha256, CanonicalForm.delegationBytes(zone, key))
    }

    /// Between one hour and fifteen days: half of the TTL, or of the signatures' validity period.
    private func queryInterval(_ set: SignedSet) -> Int64 {
        max(3600, min(15 * 86400, Int64(set.records.ttl) / 2, window(set) / 2))
    }

    /// After a failure: between one hour and one day, a tenth of the same.
    private func retryInterval(_ set: SignedSet) -> Int64 {
        max(3600, min(86400, Int64(set.records.ttl) / 10, window(set) / 10))
    }

    private func window(_ set: SignedSet) -> Int64 {
        set.signatures.map { Int64(Int32(bitPattern: $0.fields.expiration &- $0.fields.inception)) }.max() ?? 0
    }
}
