package import LapwingCore

/// A change together with its end.
package struct ChangeSpan: Sendable, Hashable {
    /// The change.
    package var change: Change
    /// When it was recorded.
    package var at: Timestamp
    /// Since when it was seen to be undone; nil while it lasts, and for a change that became normal.
    package var until: Timestamp?

    /// Returns changes with their ends, oldest first.
    ///
    /// If an earlier version recorded a change in each round, the first record counts.
    ///
    /// - Parameter stored: changes of one domain, newest first.
    package static func spans(_ stored: [StoredChange]) -> [ChangeSpan] {
        var spans: [ChangeSpan] = []
        for entry in stored.reversed() {
            let place = spans.lastIndex { $0.change.isAbout(entry.change) }
            if let since = entry.change.backSince {
                if let place, spans[place].until == nil, Set(spans[place].change.new) == Set(entry.change.old) {
                    spans[place].until = since
                }
            } else if let place, spans[place].until == nil, spans[place].change.isSame(as: entry.change) {
                continue
            } else {
                spans.append(ChangeSpan(change: entry.change, at: entry.at, until: nil))
            }
        }
        return spans
    }
}
