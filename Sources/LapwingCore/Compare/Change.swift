package import DNSWire

/// One RRset, or one fact beside the zone, that is not what it was.
package struct Change: Hashable, Sendable, Codable {
    package var name: Name
    /// As people write it: `A`, `NS`, `DS`; facts that are no records have a word: `registrar`, `TTL of A`.
    package var kind: String
    package var old: [String]
    package var new: [String]
    /// Who was seen to give the new value: host names of servers, labels of resolvers.
    package var seenBy: [String]

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

    /// In one line, such as `portal.example.com. A: 198.51.100.40 -> 203.0.113.200`.
    package var sentence: String {
        "\(name) \(kind): \(Self.list(old)) -> \(Self.list(new))"
    }

    package static func list(_ values: [String]) -> String {
        guard !values.isEmpty else { return "nothing" }
        let shown = values.prefix(8).joined(separator: ", ")
        return values.count > 8 ? "\(shown) and \(values.count - 8) more" : shown
    }
}
