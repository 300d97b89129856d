import DNSWire

/// Changes that were written down and last.
///
/// A change is one change: it is written down when it is believed, not again in each round that still finds it, and once
/// more when it is undone. What becomes normal, by itself or because a person says so, is no longer watched for its way
/// back: that would be a change of its own.
package struct LastingChanges: Sendable, Hashable, Codable {
    /// Entries kept at most; beyond that the oldest are forgotten, and with them their way back.
    package static let limit = 256

    private struct Entry: Sendable, Hashable, Codable {
        var change: Change
        /// Which suspicion stands behind it: as long as that is kept the change lasts, as far as anybody could see.
        var finding: String
        /// It was learnt at once: its finding ends although nothing is undone.
        var isWelcome: Bool
        /// When it was first missed; nil while it is seen.
        var missedSince: Timestamp?
    }

    private var entries: [Entry] = []

    package init() {}

    /// Nothing that was written down still lasts.
    package var isEmpty: Bool { entries.isEmpty }
    /// Those that last, oldest first.
    package var changes: [Change] { entries.map(\.change) }
    /// Those that a moment's round was the first to miss.
    func missed(since moment: Timestamp) -> [Change] {
        entries.filter { $0.missedSince == moment }.map(\.change)
    }

    /// Takes in what one round believed.
    ///
    /// - Parameters:
    ///   - lasts: whether a finding is still suspected, by its key.
    ///   - isNormal: whether the new value of a change is what is normal by now.
    /// - Returns: what has to be written down: changes that are new, and the way back of those that two looks missed.
    mutating func take(
        _ believed: [Finding], at now: Timestamp, lasts: (String) -> Bool, isNormal: (Change) -> Bool
    ) -> [Change] {
        var news: [Change] = []
        for finding in believed {
            // A value that was replaced by yet another one has no way back of its own.
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

    /// Takes changes for normal, because a person said so.
    ///
    /// - Returns: those that were not written down before.
    mutating func accept(_ changes: [Change]) -> [Change] {
        let news = changes.filter { change in !entries.contains { $0.change.isSame(as: change) } }
        entries.removeAll { entry in changes.contains { $0.isSame(as: entry.change) } }
        return news
    }
}

extension WatchState {
    /// What of the changes that a round believed has to be written down.
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

    /// What is normal of the RRset or the delegation that a change is about; nil where it is not known.
    func present(_ change: Change) -> [String]? { Self.present(change, sets, baseline) }

    private static func present(
        _ change: Change, _ sets: [RecordSetKey: SetMemory], _ baseline: DelegationBaseline
    ) -> [String]? {
        guard let type = change.kind.recordType else { return nil }
        if change.isAtParent, type == .ns { return baseline.names.map { "\($0)" } }
        return sets[RecordSetKey(change.name, type)]?.current?.texts(of: type)
    }
}
