import DNSWire

/// Changes that were recorded in the history and still last.
///
/// A change is recorded once when it is believed, not again in each round that still finds it, and once more when it is
/// undone. A change that becomes normal, through learning or because a person accepts it, is no longer watched for its
/// reversal: that would be a change of its own.
package struct LastingChanges: Sendable, Hashable, Codable {
    /// The largest number of entries; beyond that the oldest are dropped, and their reversals are not recorded.
    package static let limit = 256

    private struct Entry: Sendable, Hashable, Codable {
        var change: Change
        /// The key of its suspicion: while that is kept, the change lasts as far as could be seen.
        var finding: String
        /// Whether it was learnt at once, so that its finding ends although nothing is undone.
        var isWelcome: Bool
        /// When it was first missed; nil while it is seen.
        var missedSince: Timestamp?
    }

    private var entries: [Entry] = []

    package init() {}

    /// Whether no recorded change still lasts.
    package var isEmpty: Bool { entries.isEmpty }
    /// The lasting changes, oldest first.
    package var changes: [Change] { entries.map(\.change) }
    /// Returns the changes that the round at this moment was the first to miss.
    func missed(since moment: Timestamp) -> [Change] {
        entries.filter { $0.missedSince == moment }.map(\.change)
    }

    /// Takes the believed findings of one round.
    ///
    /// - Parameters:
    ///   - lasts: returns whether a finding is still suspected, by its key.
    ///   - isNormal: returns whether the new value of a change is the normal one now.
    /// - Returns: the changes to record: new ones, and the reversals of those that two looks missed.
    mutating func take(
        _ believed: [Finding], at now: Timestamp, lasts: (String) -> Bool, isNormal: (Change) -> Bool
    ) -> [Change] {
        var news: [Change] = []
        for finding in believed {
            // A value that was replaced by a third one has no reversal of its own.
            entries.removeAll { entry in
                entry.finding == finding.key && finding.changes.contains { $0.isAbout(entry.change) }
                    && !finding.changes.contains { $0.isSame(as: entry.change) }
            }
            for change in finding.changes {
                let isKnown = entries.contains { $0.change.isSame(as: change) }
                if !isKnown { news.append(change) }
                if !entries.contains(where: { $0.finding == finding.key && $0.change.isSame(as: change) }) {
                    entries.append(Entry(change: change, finding: finding.key, isWelcome: finding.isWelcome))
                }
            }
        }
        for index in entries.indices.reversed() {
            let entry = entries[index]
            guard !lasts(entry.finding) else {
                entries[index].missedSince = nil
                continue
            }
            let isElsewhere = entries.contains { $0.finding != entry.finding && $0.change.isSame(as: entry.change) }
            if entry.isWelcome || isElsewhere || isNormal(entry.change) {
                entries.remove(at: index)
            } else if let since = entry.missedSince {
                entries.remove(at: index)
                news.append(entry.change.undone(since: since))
            } else {
                entries[index].missedSince = now
            }
        }
        if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
        return news
    }

    /// Removes changes that a person accepted as normal.
    ///
    /// - Returns: those that were not recorded before.
    mutating func accept(_ changes: [Change]) -> [Change] {
        let news = changes.filter { change in !entries.contains { $0.change.isSame(as: change) } }
        entries.removeAll { entry in changes.contains { $0.isSame(as: entry.change) } }
        return news
    }
}

extension WatchState {
    /// Returns the changes to record after a round.
    mutating func changesToKeep(of believed: [Finding], at now: Timestamp) -> [Change] {
        var known = lasting ?? LastingChanges()
        let suspicions = book.suspicions
        let (sets, baseline) = (sets, baseline)
        let news = known.take(believed, at: now, lasts: { suspicions[$0] != nil }) { change in
            Self.present(change, sets, baseline).map { change.isSameData($0, change.new) } ?? false
        }
        lasting = known.isEmpty ? nil : known
        return news
    }

    /// Returns the normal value of the RRset or the delegation that a change is about; nil if it is unknown.
    func present(_ change: Change) -> [String]? { Self.present(change, sets, baseline) }

    private static func present(
        _ change: Change, _ sets: [RecordSetKey: SetMemory], _ baseline: DelegationBaseline
    ) -> [String]? {
        guard let type = change.kind.recordType else { return nil }
        if change.isAtParent, type == .ns { return baseline.names.map { "\($0)" } }
        return sets[RecordSetKey(change.name, type)]?.current?.texts(of: type)
    }
}
