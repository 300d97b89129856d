package import DNSWire

/// One RRset, or one fact beside the zone, that is not what it was.
package struct Change: Hashable, Sendable, Codable {
    /// The owner name of the RRset, or the domain for a fact that is no record.
    package var name: Name
    /// As people write it: `A`, `NS`, `DS`; facts that are no records have a word: `registrar`, `TTL of A`.
    package var kind: String
    /// The values before, as text for people; empty where there was nothing.
    package var old: [String]
    /// The values now, as text for people; empty where nothing is left.
    package var new: [String]
    /// Who was seen to give the new value: host names of servers, labels of resolvers.
    package var seenBy: [String]
    /// Set where it undoes a change that was written down before: since when that was seen to be gone.
    package var backSince: Timestamp?

    package init(name: Name, kind: String, old: [String], new: [String], seenBy: [String]) {
        self.name = name
        self.kind = kind
        self.old = old
        self.new = new
        self.seenBy = seenBy
    }

    package init(_ key: RecordSetKey, from old: SetValue?, to new: SetValue, seenBy: [String]) {
        self.init(
            name: key.name, kind: "\(key.type)", old: old?.texts(of: key.type) ?? [], new: new.texts(of: key.type),
            seenBy: seenBy)
    }

    /// Seen in the delegation, not in the zone.
    package var isAtParent: Bool { seenBy == ["parent"] }

    /// Another one of the same RRset or fact, at the same side of the delegation.
    package func isAbout(_ other: Change) -> Bool {
        name.folded == other.name.folded && kind == other.kind && isAtParent == other.isAtParent
    }

    /// The same change, whoever has seen it.
    package func isSame(as other: Change) -> Bool { isAbout(other) && Set(new) == Set(other.new) }

    /// The way back.
    package func undone(since moment: Timestamp) -> Change {
        var back = Change(name: name, kind: kind, old: new, new: old, seenBy: seenBy)
        back.backSince = moment
        return back
    }

    /// In one line, such as `portal.example.com. A: 198.51.100.40 -> 203.0.113.200`.
    package var sentence: String {
        "\(name) \(kind): \(Self.list(old)) -> \(Self.list(new))"
    }

    /// Values in one line, the first eight of them; `nothing` for none.
    package static func list(_ values: [String]) -> String {
        guard !values.isEmpty else { return "nothing" }
        let shown = values.prefix(8).joined(separator: ", ")
        return values.count > 8 ? "\(shown) and \(values.count - 8) more" : shown
    }
}
