package import DNSWire

/// The awaited value of one name and type.
package struct AwaitedSet: Sendable, Hashable {
    /// The condition that the records must meet.
    package enum Condition: String, Sendable, Hashable {
        /// All the values are among the records; others may be there too.
        case contains
        /// The records are exactly these values.
        case exactly
        /// There is a record of the type, whatever its value.
        case exists
        /// None of the values remains; without values, no record of the type.
        case absent
    }

    /// The name and type.
    package var key: RecordSetKey
    /// How the served records must relate to ``values``.
    package var condition: Condition
    /// The values, of the type of the key; empty if any value will do.
    package let values: [RecordData]
    private let wanted: Set<[UInt8]>

    package init(key: RecordSetKey, condition: Condition, values: [RecordData]) {
        self.key = key
        self.condition = condition
        self.values = values
        wanted = Set(values.map(Self.comparable))
    }

    /// Creates it from values as people type them: presentation format, or for TXT and SPF text without quotes.
    ///
    /// - Throws: `ZoneTextError` for the first value that is not valid for the type.
    package init(
        key: RecordSetKey, condition: Condition, texts: [String]
    ) throws(ZoneTextError) {
        var values: [RecordData] = []
        for text in texts { values.append(try RecordData.entered(text, as: key.type)) }
        self.init(key: key, condition: condition, values: values)
    }

    /// Returns whether an answer meets the condition; nil if the answer is not conclusive, as with an alias out of the
    /// zone.
    package func holds(in answer: Answer) -> Bool? {
        guard answer.isConclusive, SetValue(answer)?.kind != .elsewhere else { return nil }
        let given = Set(answer.records.map { Self.comparable($0.data) })
        switch condition {
        case .contains: return wanted.isSubset(of: given)
        case .exactly: return wanted == given
        case .exists: return !given.isEmpty
        case .absent: return wanted.isEmpty ? given.isEmpty : wanted.isDisjoint(with: given)
        }
    }

    /// Returns bytes that are equal for the same meaning: names in any case, a text however it is divided into strings.
    private static func comparable(_ data: RecordData) -> [UInt8] {
        TXT(data)?.joined ?? data.canonical
    }

    /// A description for people: `www.example.com. A 192.0.2.7`, `… exactly …`, `any record of …`, `no record of …`.
    package var words: String {
        let list = values.map(\.text).joined(separator: ", ")
        switch condition {
        case .contains: return "\(key) \(list)"
        case .exactly: return "\(key) with exactly \(list)"
        case .exists: return "any record of \(key)"
        case .absent: return values.isEmpty ? "no record of \(key)" : "\(key) without \(list)"
        }
    }
}
