import DNSWire

/// What two versions of a zone have not in common, the gravest first; what is asked for in each round is not in it.
package struct ZoneDifference: Sendable, Hashable {
    /// Changes that are held one by one; further ones are counted only.
    package static let limit = 64
    /// Changes that are written out for people.
    package static let shown = 12

    /// One RRset that is not as it was.
    package struct Item: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            case added, removed, changed
            /// The same records with another time to live.
            case timed
        }

        package var key: RecordSetKey
        package var kind: Kind
        /// The name is new with it, or is gone with it.
        package var isName: Bool
        package var old: [String]
        package var new: [String]

        /// Whether it leads a part of the zone, its mail or every name that nobody wrote down elsewhere.
        package var isGrave: Bool {
            guard kind != .timed else { return false }
            return key.name.isWildcard || [.ns, .ds, .dname, .mx, .caa].contains(key.type)
        }

        /// In one line: `new name vpn.example.com. A 192.0.2.7`.
        package var sentence: String {
            switch kind {
            case .added: "\(isName ? "new name" : "new:") \(key) \(Self.list(new))"
            case .removed: "\(isName ? "name gone:" : "gone:") \(key), was \(Self.list(old))"
            case .changed: "changed: \(key) \(Self.list(old)) -> \(Self.list(new))"
            case .timed: "changed: TTL of \(key) \(Self.list(old)) -> \(Self.list(new))"
            }
        }

        /// Values that are written out of one RRset.
        private static let mostValues = 8

        private static func list(_ values: [String]) -> String {
            let shown = values.prefix(mostValues).joined(separator: ", ")
            return values.count > mostValues ? "\(shown) and \(values.count - mostValues) more" : shown
        }

        fileprivate var rank: Int { isGrave ? 3 : isName ? 2 : kind == .timed ? 0 : 1 }
    }

    /// At most ``limit``.
    package private(set) var items: [Item] = []
    /// RRsets by what became of them.
    package private(set) var added = 0
    package private(set) var removed = 0
    package private(set) var changed = 0
    /// Names without anything before, and names without anything now.
    package private(set) var newNames = 0
    package private(set) var goneNames = 0

    package init() {}

    /// How many RRsets are not as they were.
    package var total: Int { added + removed + changed }
    package var isEmpty: Bool { total == 0 }

    /// The first changes, one line each, and how many there are besides.
    package var lines: [String] {
        let lines = items.prefix(Self.shown).map(\.sentence)
        return total > lines.count ? lines + ["and \(total - lines.count) more"] : lines
    }

    /// `2 new names, 1 name gone, 3 record sets added, 1 changed`.
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

    /// Compares RRsets of names, of which both sides have all or none.
    ///
    /// - Parameter watched: RRsets that are looked at in each round, and told of by that.
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
