package import DNSWire

/// What somebody waits for at one name and type.
package struct AwaitedSet: Sendable, Hashable {
    /// When it is there.
    package enum Condition: String, Sendable, Hashable {
        /// All the values are among the records; others may stand beside them.
        case contains
        /// The values are the records, and nothing else is.
        case exactly
        /// There is a record of the type, whatever it says.
        case exists
        /// None of the values is left; without values, no record of the type.
        case absent
    }

    /// The name and type that are asked for.
    package var key: RecordSetKey
    package var condition: Condition
    /// The values, in the type of the key; none where any value will do.
    package let values: [RecordData]
    private let wanted: Set<[UInt8]>

    package init(key: RecordSetKey, condition: Condition, values: [RecordData]) {
        self.key = key
        self.condition = condition
        self.values = values
        wanted = Set(values.map(Self.comparable))
    }

    /// The values as people type them: presentation format, texts of TXT and SPF without quotes too.
    ///
    /// - Throws: `ZoneTextError` for the first value that is none of the type.
    package init(
        key: RecordSetKey, condition: Condition, texts: [String]
    ) throws(ZoneTextError) {
        var values: [RecordData] = []
        for text in texts { values.append(try RecordData.entered(text, as: key.type)) }
        self.init(key: key, condition: condition, values: values)
    }

    /// Whether an answer has it; nil where the answer settles nothing, an alias out of the zone included.
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

    /// Equal for data that says the same: names in any case, a text however it is cut into strings.
    private static func comparable(_ data: RecordData) -> [UInt8] {
        TXT(data)?.joined ?? data.canonical
    }

    /// For people: `www.example.com. A 192.0.2.7`, `… exactly …`, `any record of …`, `no record of …`.
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
