package import DNSWire

/// What of one RRset or fact is other than at an earlier moment, whatever it was in between.
package struct NetChange: Sendable, Hashable {
    /// One change as it was written down.
    package typealias Entry = (domain: Name, at: Timestamp, change: Change)

    /// The watched domain.
    package var domain: Name
    /// From the values at the earlier moment to those at the later one; who has seen the last of its changes.
    package var change: Change
    /// When the first of its changes was written down.
    package var first: Timestamp
    /// When the last was; the same as ``first`` where there was one.
    package var last: Timestamp
    /// How many changes there were, at least one.
    package var count: Int
    /// It was changed and is again what it was.
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

    /// One entry for each RRset and fact that was changed, in the order of their domains and names.
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
