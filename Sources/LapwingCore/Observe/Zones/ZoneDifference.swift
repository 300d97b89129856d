import DNSWire

/// The difference between two versions of a zone, the gravest changes first, without RRsets that each round queries.
package struct ZoneDifference: Sendable, Hashable {
    /// The largest number of individual changes; further ones are only counted.
    package static let limit = 64
    /// The largest number of changes that are written out for people.
    package static let shown = 12

    /// One RRset that changed.
    package struct Item: Sendable, Hashable {
        /// How an RRset differs between the two versions.
        package enum Kind: Sendable, Hashable {
            case added, removed, changed
            /// The same records with another TTL.
            case timed
        }

        /// The name and type of the RRset.
        package var key: RecordSetKey
        /// How it differs.
        package var kind: Kind
        /// Whether the name appeared or vanished with it.
        package var isName: Bool
        /// The records before, as text, or the TTL before in seconds if only that differs; empty if the RRset was
        /// added.
        package var old: [String]
        /// The records now, as text, or the TTL now in seconds if only that differs; empty if the RRset was removed.
        package var new: [String]

        /// Whether it redirects a part of the zone or its mail, concerns certificate issuers, or answers for every
        /// undefined name.
        package var isGrave: Bool {
            guard kind != .timed else { return false }
            return key.name.isWildcard || [.ns, .ds, .dname, .mx, .caa].contains(key.type)
        }

        /// One line such as `new name vpn.example.com. A 192.0.2.7`.
        package var sentence: String {
            switch kind {
            case .added: "\(isName ? "new name" : "new:") \(key) \(Self.list(new))"
            case .removed: "\(isName ? "name gone:" : "gone:") \(key), was \(Self.list(old))"
            case .changed: "changed: \(key) \(Self.list(old)) -> \(Self.list(new))"
            case .timed: "changed: TTL of \(key) \(Self.list(old)) -> \(Self.list(new))"
            }
        }

        /// The largest number of values of one RRset that are written out.
        private static let mostValues = 8

        private static func list(_ values: [String]) -> String {
            let shown = values.prefix(mostValues).joined(separator: ", ")
            return values.count > mostValues ? "\(shown) and \(values.count - mostValues) more" : shown
        }

        fileprivate var rank: Int { isGrave ? 3 : isName ? 2 : kind == .timed ? 0 : 1 }
    }

    /// The individual changes, at most ``limit``.
    package private(set) var items: [Item] = []
    /// The number of RRsets that were added.
    package private(set) var added = 0
    /// The number of RRsets that were removed.
    package private(set) var removed = 0
    /// The number of RRsets with other records or another TTL.
    package private(set) var changed = 0
    /// The number of names that had no RRset before.
    package private(set) var newNames = 0
    /// The number of names that have no RRset any more.
    package private(set) var goneNames = 0

    package init() {}

    /// The number of RRsets that changed.
    package var total: Int { added + removed + changed }
    /// Whether no RRset differs, apart from those that each round queries.
    package var isEmpty: Bool { total == 0 }

    /// The first changes, one line each, and the number of further ones.
    package var lines: [String] {
        let lines = items.prefix(Self.shown).map(\.sentence)
        return total > lines.count ? lines + ["and \(total - lines.count) more"] : lines
    }

    /// A summary such as `2 new names, 1 name gone, 3 record sets added, 1 changed`.
    package var counts: String {
        func some(_ count: Int, _ one: String, _ many: String) -> String? {
            count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
        }
        return [
            some(newNames, "new name", "new names"), some(goneNames, "name gone", "names gone"),
            some(added, "record set added", "record sets added"),
            some(removed, "record set removed", "record sets removed"),
            some(changed, "record set changed", "record sets changed"),
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// Compares RRsets by name; for each name both sides have all of its RRsets or none.
    ///
    /// - Parameter watched: returns whether an RRset is queried and reported by each round.
    init(
        from old: [RecordSetKey: ZoneSet], to new: [RecordSetKey: ZoneSet], watched: (RecordSetKey) -> Bool
    ) {
        let oldNames = Set(old.keys.map(\.name))
        let newNames = Set(new.keys.map(\.name))
        var all: [Item] = []
        for (key, set) in new where !watched(key) {
            guard let before = old[key] else {
                all.append(
                    Item(key: key, kind: .added, isName: !oldNames.contains(key.name), old: [], new: set.texts))
                continue
            }
            if !before.hasSameRecords(as: set) {
                all.append(Item(key: key, kind: .changed, isName: false, old: before.texts, new: set.texts))
            } else if before.ttl != set.ttl {
                all.append(
                    Item(key: key, kind: .timed, isName: false, old: ["\(before.ttl)"], new: ["\(set.ttl)"]))
            }
        }
        for (key, set) in old where new[key] == nil && !watched(key) {
            all.append(
                Item(key: key, kind: .removed, isName: !newNames.contains(key.name), old: set.texts, new: []))
        }
        count(all)
        all.sort {
            guard $0.rank == $1.rank else { return $0.rank > $1.rank }
            return $0.key.name == $1.key.name ? $0.key.type.rawValue < $1.key.type.rawValue : $0.key.name < $1.key.name
        }
        items = Array(all.prefix(Self.limit))
    }

    private mutating func count(_ all: [Item]) {
        var (fresh, gone): (Set<Name>, Set<Name>) = ([], [])
        for item in all {
            switch item.kind {
            case .added:
                added += 1
                if item.isName { fresh.insert(item.key.name) }
            case .removed:
                removed += 1
                if item.isName { gone.insert(item.key.name) }
            case .changed, .timed: changed += 1
            }
        }
        (newNames, goneNames) = (fresh.count, gone.count)
    }
}
