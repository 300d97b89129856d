package import DNSWire

/// Says in 128 bits what a round's replies say, all that may change a verdict and nothing else: equal for equal rounds.
///
/// Left out is what carries no meaning: the order of records, ids, the time a reply took, times to live in caches, and
/// what names say that are only there to compare with. A round in which anything failed has no seal. Replies may come in
/// any order; of several servers of the parent that say the same it does not matter which were asked.
package struct RoundSeal: Sendable {
    private let blank: KeyedHash
    private var parts: [UInt128] = []
    private var isWhole = true
    /// Least TTL in seconds of each RRset at the authorities, and the most that caches gave.
    private var limits: [RecordSetKey: UInt32] = [:]
    private var cached: [RecordSetKey: UInt32] = [:]

    package init(key: AnswerDigest.Key) {
        blank = KeyedHash(key)
    }

    /// Takes in a reply; one that says the same as another to the same question adds nothing.
    ///
    /// `summary` must cover what ``ProbeTask/coverage`` asks for; nil stands for a failure.
    package mutating func note(
        _ task: ProbeTask, _ summary: AnswerSummary?, isWatched: Bool, overStream: Bool, truncatedOverUDP: Bool
    ) {
        guard isWhole, let summary, summary.responseCode == .noError || summary.responseCode == .nxDomain,
            !task.checkingDisabled
        else {
            isWhole = false
            return
        }
        var hash = blank
        update(&hash, task.source)
        hash.update(task.key.name.folded.wire.span)
        hash.update(task.key.type.rawValue)
        hash.update(summary.responseCode.rawValue)
        switch task.source {
        case .resolver where !isWatched: break
        case .resolver:
            note(cached: task.key, summary)
            update(&hash, summary, overStream, truncatedOverUDP)
        case .authority:
            if let ttl = summary.lowestTTL { limits[task.key] = min(ttl, limits[task.key] ?? ttl) }
            update(&hash, summary, overStream, truncatedOverUDP)
        case .parent:
            update(&hash, summary, overStream, truncatedOverUDP)
        }
        parts.append(hash.finish())
    }

    /// Something was not asked as usual: there is no seal.
    package mutating func spoil() {
        isWhole = false
    }

    /// Takes in where a host lives.
    package mutating func note(_ host: Name, at location: Location) {
        var hash = blank
        hash.update(UInt16(4))
        hash.update(host.folded.wire.span)
        for address in location.addresses.sorted() { hash.update(address.bytes.span) }
        isWhole = isWhole && location.outcome == .data
        parts.append(hash.finish())
    }

    /// Takes in whether a name still exists; what nobody knows now was not settled.
    package mutating func note(_ dependency: DependencyView) {
        guard dependency.domainState == .exists, dependency.nameState == .exists, dependency.registered == nil else {
            isWhole = false
            return
        }
        var hash = blank
        hash.update(UInt16(5))
        hash.update(dependency.name.folded.wire.span)
        parts.append(hash.finish())
    }

    /// The seal; nil when something failed or a cache gives data a longer life than its source.
    package var value: UInt128? {
        guard isWhole, !parts.isEmpty else { return nil }
        for (key, ttl) in cached where ttl > limits[key] ?? 0 { return nil }
        var hash = blank
        var previous: UInt128?
        for part in parts.sorted() where part != previous {
            hash.update(part)
            previous = part
        }
        return hash.finish()
    }

    private mutating func note(cached key: RecordSetKey, _ summary: AnswerSummary) {
        // Neither of them has a memory of cached times: DS lives at the parent, SOA moves by itself.
        guard key.type != .soa, key.type != .ds, let ttl = summary.lowestTTL else { return }
        cached[key] = max(ttl, cached[key] ?? 0)
    }

    private func update(_ hash: inout KeyedHash, _ source: Source) {
        switch source {
        case .parent: hash.update(UInt16(1))
        case .authority(let host, let address):
            hash.update(UInt16(2))
            hash.update(host.folded.wire.span)
            hash.update(address.bytes.span)
        case .resolver(let label):
            hash.update(UInt16(3))
            for byte in label.utf8 { hash.update(UInt16(byte)) }
        }
    }

    private func update(
        _ hash: inout KeyedHash, _ summary: AnswerSummary, _ overStream: Bool, _ truncatedOverUDP: Bool
    ) {
        hash.update(summary.flags.rawValue)
        hash.update(summary.answer.value)
        hash.update(summary.authority.value)
        hash.update(summary.additional.value)
        hash.update(UInt16(overStream ? 1 : 0) | UInt16(truncatedOverUDP ? 2 : 0))
        for code in summary.extendedErrors { hash.update(code) }
    }
}

extension ProbeTask {
    /// What the digest of a reply must cover: times at first hand, and the addresses that a parent gives along.
    package var coverage: AnswerSummary.Coverage {
        switch source {
        case .parent: [.timesToLive, .additional]
        case .authority: .timesToLive
        case .resolver: []
        }
    }
}
