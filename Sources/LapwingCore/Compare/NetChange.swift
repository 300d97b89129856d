package import DNSWire

/// The difference of one RRset or fact from an earlier moment, whatever it was in between.
package struct NetChange: Sendable, Hashable {
    /// One recorded change.
    package typealias Entry = (domain: Name, at: Timestamp, change: Change)

    /// The watched domain.
    package var domain: Name
    /// The change from the values at the earlier moment to those at the later one, with the sources of the last change.
    package var change: Change
    /// When the first of its changes was recorded.
    package var first: Timestamp
    /// When the last of its changes was recorded; the same as ``first`` if there was one.
    package var last: Timestamp
    /// The number of changes, at least one.
    package var count: Int
    /// Whether the value is the earlier one again.
    package var isBack: Bool { change.isSameData(change.old, change.new) }

    package init(domain: Name, change: Change, first: Timestamp, last: Timestamp, count: Int) {
        self.domain = domain
        self.change = change
        self.first = first
        self.last = last
        self.count = count
    }

    private struct Place: Hashable {
        var domain: Name
        var name: Name
        var kind: Change.Kind
        var isAtParent: Bool
    }

    /// Returns one entry for each RRset and fact that changed, in the order of their domains and names.
    ///
    /// - Parameter entries: all changes between two moments, oldest first.
    package static func net(_ entries: some Sequence<Entry>) -> [NetChange] {
        var places: [Place: NetChange] = [:]
        for (domain, at, change) in entries {
            let place = Place(
                domain: domain.folded, name: change.name.folded, kind: change.kind, isAtParent: change.isAtParent)
            guard var known = places[place] else {
                places[place] = NetChange(domain: domain, change: change, first: at, last: at, count: 1)
                continue
            }
            known.change.new = change.new
            known.change.seenBy = change.seenBy
            known.change.backSince = change.backSince
            known.last = at
            known.count += 1
            places[place] = known
        }
        return places.values.sorted {
            ($0.domain, $0.change.name, "\($0.change.kind)", $0.first)
                < ($1.domain, $1.change.name, "\($1.change.kind)", $1.first)
        }
    }
}
