package import DNSWire

/// A request to the servers of a zone.
package struct ZoneRequest: Sendable, Hashable {
    /// The domain whose zone is fetched.
    package var domain: Name
    /// The servers to ask, the key for them, and the limit of records.
    package var source: ZoneSource
    /// The kept version; nil for none.
    package var known: SerialNumber?
    /// Whether the whole zone is wanted, whatever its version: the kept one is too old, or does not match.
    package var wantsWhole: Bool

    package init(domain: Name, source: ZoneSource, known: SerialNumber?, wantsWhole: Bool = false) {
        self.domain = domain
        self.source = source
        self.known = known
        self.wantsWhole = wantsWhole
    }
}

/// The result of a ``ZoneRequest``.
package enum ZoneReceipt: Sendable {
    case same
    case whole(ZoneContent, from: String)
    case changes([ZoneTransfer.Change], from: String)
    case failed([ZoneFailure])
}

/// Determines what a transfer changes in the kept zone, in functions without I/O.
package enum ZoneComparison {
    /// Seconds after which the whole zone is fetched even if its serial is unchanged.
    package static let wholeEvery: Int64 = 86_400

    /// Compares a whole zone with the kept one.
    ///
    /// - Parameters:
    ///   - head: the head of the kept zone; nil for the first version.
    ///   - secret: the secret for the digests, if there is none yet.
    package static func whole(
        _ content: ZoneContent, from server: String, beside head: ZoneHead?, _ known: [RecordSetKey: ZoneSet],
        secret: AnswerDigest.Key, watched: (RecordSetKey) -> Bool, at now: Timestamp
    ) -> ZoneStep? {
        guard let serial = content.serial else { return nil }
        let sets = content.sets(hashedBy: head?.secret ?? secret)
        var fresh = ZoneHead(
            serial: serial, server: server, way: .whole, at: now, wholeAt: now, sets: sets.count,
            records: sets.values.reduce(0) { $0 + $1.count }, secret: head?.secret ?? secret, news: head?.news)
        guard let head else {
            return ZoneStep(
                difference: nil, before: nil,
                update: ZoneUpdate(head: fresh, isFresh: true, put: Array(sets.values)))
        }
        let difference = ZoneDifference(from: known, to: sets, watched: watched)
        fresh.note(difference, from: head.serial)
        return ZoneStep(
            difference: difference, before: head.serial,
            update: ZoneUpdate(
                head: fresh, put: sets.values.filter { known[$0.key] != $0 },
                drop: known.keys.filter { sets[$0] == nil }))
    }

    /// Returns the names that changes are about.
    package static func names(_ changes: [ZoneTransfer.Change]) -> Set<Name> {
        Set(changes.flatMap { $0.removed + $0.added }.filter { !$0.type.isOfTheSigner }.map(\.name))
    }

    /// Applies changes to the kept RRsets of their names; returns nil if they do not match these.
    package static func changes(
        _ changes: [ZoneTransfer.Change], from server: String, beside head: ZoneHead, _ known: [RecordSetKey: ZoneSet],
        watched: (RecordSetKey) -> Bool, at now: Timestamp
    ) -> ZoneStep? {
        guard let last = changes.last, let serial = SOA(last.to.data)?.serial else { return nil }
        var sets = known
        for change in changes {
            guard apply(change, to: &sets, secret: head.secret) else { return nil }
        }
        let put = sets.values.filter { known[$0.key] != $0 }
        let drop = known.keys.filter { sets[$0] == nil }
        let difference = ZoneDifference(from: known, to: sets, watched: watched)
        func records(_ sets: [RecordSetKey: ZoneSet]) -> Int { sets.values.reduce(0) { $0 + $1.count } }
        var fresh = head
        (fresh.serial, fresh.server, fresh.way, fresh.at) = (serial, server, .changes, now)
        fresh.sets += sets.count - known.count
        fresh.records += records(sets) - records(known)
        guard fresh.sets >= 0, fresh.records >= 0 else { return nil }
        fresh.note(difference, from: head.serial)
        return ZoneStep(
            difference: difference, before: head.serial, update: ZoneUpdate(head: fresh, put: put, drop: drop))
    }

    private static func apply(
        _ change: ZoneTransfer.Change, to sets: inout [RecordSetKey: ZoneSet], secret: AnswerDigest.Key
    ) -> Bool {
        struct Edit {
            var removed: [RecordData] = []
            var added: [RecordData] = []
            var ttl: UInt32?
        }
        var edits: [RecordSetKey: Edit] = [:]
        for record in change.removed where !record.type.isOfTheSigner {
            edits[RecordSetKey(record.name, record.type), default: Edit()].removed.append(record.data)
        }
        for record in change.added where !record.type.isOfTheSigner {
            let key = RecordSetKey(record.name, record.type)
            var edit = edits[key] ?? Edit()
            edit.added.append(record.data)
            edit.ttl = min(edit.ttl ?? record.ttl, record.ttl)
            edits[key] = edit
        }
        for (key, edit) in edits {
            let before = sets[key] ?? ZoneSet(key: key, ttl: edit.ttl ?? 0, count: 0, digest: 0, data: [])
            guard
                let after = before.changed(
                    removing: edit.removed, adding: edit.added, ttl: edit.ttl, hashedBy: secret)
            else { return false }
            sets[key] = after.count == 0 ? nil : after
        }
        return true
    }
}

extension ZoneHead {
    fileprivate mutating func note(_ difference: ZoneDifference, from before: SerialNumber) {
        guard !difference.isEmpty else { return }
        news = ZoneNews(
            at: at, from: before.rawValue, to: serial.rawValue, lines: difference.lines, total: difference.total)
    }
}
