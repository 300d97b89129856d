package import DNSWire

/// A digest in 128 bits of everything in a round's replies that may change a verdict, and of nothing else: equal for
/// equal rounds.
///
/// It excludes data without meaning: the order of records, ids, response times, TTLs in caches, and answers about names
/// that only serve for comparison. A round with any failure has no seal. Replies may arrive in any order; among servers
/// of the parent with equal answers it does not matter which were asked.
package struct RoundSeal: Sendable {
    private let blank: KeyedHash
    private var parts: [UInt128] = []
    private var isWhole = true
    private var times: [Times] = []
    /// The index in `times` to try first: all sources are asked for the same RRsets in the same order.
    private var next = 0
    /// The source and the name of the last reply, and the hash of both: replies arrive in runs.
    private var last: (source: Source, name: Name, hash: KeyedHash)?

    /// The TTLs of an RRset, in seconds.
    private struct Times {
        var key: RecordSetKey
        /// The lowest TTL at the authoritative servers.
        var limit: UInt32?
        /// The highest TTL in caches.
        var cached: UInt32?
    }

    package init(key: AnswerDigest.Key) {
        blank = KeyedHash(key)
    }

    /// Adds a reply; one equal to another reply to the same question changes nothing.
    ///
    /// `summary` must cover what ``ProbeTask/coverage`` asks for; nil means a failure.
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

    /// Invalidates the seal, because some questions were not asked as usual.
    package mutating func spoil() {
        isWhole = false
    }

    /// Adds the addresses of a host.
    package mutating func note(_ host: Name, at location: HostLocation) {
        var hash = blank
        hash.update(UInt16(4))
        hash.update(host.folded.wire.span)
        for address in location.addresses.sorted() { hash.update(address.bytes.span) }
        isWhole = isWhole && location.outcome == .data
        parts.append(hash.finish())
    }

    /// Adds the existence of a name; an unknown state invalidates the seal.
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

    /// The seal; nil if any question failed, or if a cache gives data a longer TTL than its source.
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
        // Cached TTLs of these two are not remembered: DS is at the parent, and SOA changes on its own.
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

    /// Returns the hash of the source and the name.
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
    /// What the digest of a reply must cover: TTLs from authoritative servers, and the additional addresses of a
    /// parent.
    package var coverage: AnswerSummary.Coverage {
        switch source {
        case .parent: [.timesToLive, .additional]
        case .authority: .timesToLive
        case .resolver: []
        }
    }
}
