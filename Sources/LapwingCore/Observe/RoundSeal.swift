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
    private var times: [Times] = []
    /// Where in `times` to look first: all sources are asked for the same RRsets in the same order.
    private var next = 0
    /// The source and the name of the last reply, and the hash of both: replies come in runs.
    private var last: (source: Source, name: Name, hash: KeyedHash)?

    /// How long an RRset lives, in seconds.
    private struct Times {
        var key: RecordSetKey
        /// The least that the authorities gave.
        var limit: UInt32?
        /// The most that caches gave.
        var cached: UInt32?
    }

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
        var hash = start(task.source, task.key.name)
        hash.update(task.key.type.rawValue)
        hash.update(summary.responseCode.rawValue)
        switch task.source {
        case .resolver where !isWatched: break
        case .resolver:
            note(cached: task.key, summary)
            update(&hash, summary, overStream, truncatedOverUDP)
        case .authority:
            if let ttl = summary.lowestTTL {
                let place = place(of: task.key)
                times[place].limit = min(ttl, times[place].limit ?? ttl)
            }
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
    package mutating func note(_ host: Name, at location: HostLocation) {
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
        if let registration = dependency.registration {
            let words = [registration.expires?.text ?? ""] + registration.statuses.sorted()
            hash.update(Array(words.joined(separator: " ").utf8).span)
        }
        parts.append(hash.finish())
    }

    /// The seal; nil when something failed or a cache gives data a longer life than its source.
    package var value: UInt128? {
        guard isWhole, !parts.isEmpty else { return nil }
        guard times.allSatisfy({ $0.cached ?? 0 <= $0.limit ?? 0 }) else { return nil }
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
        let place = place(of: key)
        times[place].cached = max(ttl, times[place].cached ?? 0)
    }

    private mutating func place(of key: RecordSetKey) -> Int {
        if next >= times.count || times[next].key != key {
            next = times.firstIndex { $0.key == key } ?? times.count
            if next == times.count { times.append(Times(key: key)) }
        }
        defer { next += 1 }
        return next
    }

    /// The hash of who was asked about which name.
    private mutating func start(_ source: Source, _ name: Name) -> KeyedHash {
        if let last, last.name == name, last.source == source { return last.hash }
        var hash = blank
        update(&hash, source)
        hash.update(name.folded.wire.span)
        last = (source, name, hash)
        return hash
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
