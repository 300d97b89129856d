package import DNSWire

/// One changed RRset, or one changed fact outside the zone.
package struct Change: Hashable, Sendable, Codable {
    /// The owner name of the RRset, or the domain for a fact that is not a record.
    package var name: Name
    /// What changed: the records of a type, or a certain fact.
    package var kind: Kind
    /// The values before, as text for people; empty if there were none.
    package var old: [String]
    /// The values now, as text for people; empty if there are none.
    package var new: [String]
    /// The sources of the new value: host names of servers, labels of resolvers.
    package var seenBy: [String]
    /// For the reversal of a recorded change: since when that change is gone; nil for any other change.
    package var backSince: Timestamp?
    /// Resolvers that still gave the old values when the change was seen; nil if none did, and in data of earlier
    /// versions.
    package var oldUntil: [CacheEnd]?

    /// A resolver, and the latest time at which its old data expires, by the remaining TTL.
    package struct CacheEnd: Hashable, Sendable, Codable {
        /// The label of the resolver, such as `cloudflare`.
        package var resolver: String
        /// The latest moment at which it may still give the old values.
        package var until: Timestamp
    }

    /// What changed at a name.
    package enum Kind: Hashable, Sendable {
        /// The RRset of a type.
        case records(RecordType)
        /// The TTL of an RRset.
        case ttl(RecordType)
        /// The final target of an alias.
        case aliasTarget
        /// The addresses that the parent gives for a name server.
        case glue
        /// The name servers that the registry lists.
        case registryDelegation
        case registrar
        /// The status codes of the registration.
        case status
    }

    package init(name: Name, kind: Kind, old: [String], new: [String], seenBy: [String]) {
        self.name = name
        self.kind = kind
        self.old = old
        self.new = new
        self.seenBy = seenBy
    }

    package init(_ key: RecordSetKey, from old: SetValue?, to new: SetValue, seenBy: [String]) {
        self.init(
            name: key.name, kind: .records(key.type), old: old?.texts(of: key.type) ?? [], new: new.texts(of: key.type),
            seenBy: seenBy)
    }

    /// Equality ignores the resolvers that still have the old values, since these differ with each look.
    package static func == (one: Change, other: Change) -> Bool {
        one.name == other.name && one.kind == other.kind && one.old == other.old && one.new == other.new
            && one.seenBy == other.seenBy && one.backSince == other.backSince
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(kind)
        hasher.combine(new)
    }

    /// Returns a text such as `until 14:05:10 UTC at cloudflare, google, until 14:02:31 UTC at opendns`; nil if no
    /// resolver had the old values.
    ///
    /// - Parameter day: the day whose times are written without a date.
    package func caches(beside day: Timestamp) -> String? {
        guard let oldUntil, !oldUntil.isEmpty else { return nil }
        var places: [(end: String, resolvers: [String])] = []
        for cache in oldUntil.prefix(8) {
            let end = cache.until.clock(beside: day)
            if let known = places.firstIndex(where: { $0.end == end }) {
                places[known].resolvers.append(cache.resolver)
            } else {
                places.append((end, [cache.resolver]))
            }
        }
        return places.map { "until \($0.end) at \($0.resolvers.joined(separator: ", "))" }.joined(separator: ", ")
    }

    /// Whether it was seen in the delegation and not in the zone.
    package var isAtParent: Bool { seenBy == ["parent"] }

    /// Whether it concerns the delegation or the registration, and not the content of the zone.
    package var isOfDelegation: Bool {
        isAtParent || [.records(.ns), .records(.ds), .glue, .registryDelegation, .registrar].contains(kind)
    }

    /// Whether another change is about the same RRset or fact, on the same side of the delegation.
    package func isAbout(_ other: Change) -> Bool {
        name.folded == other.name.folded && kind == other.kind && isAtParent == other.isAtParent
    }

    /// Whether it is the same change, whichever sources showed it.
    package func isSame(as other: Change) -> Bool { isAbout(other) && Set(new) == Set(other.new) }

    /// Whether two values of it are equal; for a delegation, letter case is ignored.
    func isSameData(_ one: [String], _ other: [String]) -> Bool {
        guard isAtParent else { return Set(one) == Set(other) }
        return Set(one.map { $0.lowercased() }) == Set(other.map { $0.lowercased() })
    }

    /// Returns the reversal.
    package func undone(since moment: Timestamp) -> Change {
        var back = Change(name: name, kind: kind, old: new, new: old, seenBy: seenBy)
        back.backSince = moment
        return back
    }

    /// One line such as `portal.example.com. A: 198.51.100.40 -> 203.0.113.200`.
    package var sentence: String {
        "\(name) \(kind): \(Self.list(old)) -> \(Self.list(new))"
    }

    /// Returns the values in one line, at most the first eight; `nothing` for none.
    package static func list(_ values: [String]) -> String {
        guard !values.isEmpty else { return "nothing" }
        let shown = values.prefix(8).joined(separator: ", ")
        return values.count > 8 ? "\(shown) and \(values.count - 8) more" : shown
    }
}

extension Change.Kind: CustomStringConvertible {
    private static let words: [String: Change.Kind] = [
        "CNAME target": .aliasTarget, "address": .glue, "delegation": .registryDelegation, "registrar": .registrar,
        "status": .status,
    ]
    private static let ttlPrefix = "TTL of "

    /// The text for people: `A`, `NS`, `DS`, or for facts that are not records a word such as `registrar` or `TTL of
    /// A`.
    package var description: String {
        switch self {
        case .records(let type): "\(type)"
        case .ttl(let type): Self.ttlPrefix + "\(type)"
        case .aliasTarget: "CNAME target"
        case .glue: "address"
        case .registryDelegation: "delegation"
        case .registrar: "registrar"
        case .status: "status"
        }
    }

    /// Parses ``description``; nil for any other text.
    package init?(_ text: String) {
        if let kind = Self.words[text] {
            self = kind
        } else if text.hasPrefix(Self.ttlPrefix) {
            guard let type = RecordType(String(text.dropFirst(Self.ttlPrefix.count))) else { return nil }
            self = .ttl(type)
        } else {
            guard let type = RecordType(text) else { return nil }
            self = .records(type)
        }
    }

    /// The type of the changed records; nil for another fact.
    package var recordType: RecordType? {
        if case .records(let type) = self { type } else { nil }
    }
}

extension Change.Kind: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let kind = Change.Kind(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "no kind of change: \(text.prefix(100))")
        }
        self = kind
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
