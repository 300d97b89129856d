import DNSWire

/// One server's value of an RRset compared with the owner's expectation.
package struct ExpectationCheck: Sendable, Hashable {
    /// The unmet expectations, in words that follow `instead of`, or `but`; empty if all are met.
    package var faults: [String] = []
    /// Whether only the TTL differs.
    package var isTTLOnly = false

    /// - Parameter ttl: the TTL of the server's answer in seconds; nil without records.
    package init(_ expected: RecordExpectation, _ key: RecordSetKey, _ value: SetValue, ttl: UInt32?) {
        let type = key.type
        if !expected.wantsRecords {
            // An empty list is about records; the condition that there are none includes an alias that leads to records
            // elsewhere.
            if expected.isAbsent ? value.isPresent : !value.members.isEmpty { faults = ["no record"] }
            return
        }
        let data = value.kind == .data ? value.data(of: type) : []
        if let exactly = expected.exactly {
            let wanted = Member.sorted(exactly)
            if value.members != wanted { faults.append(SetValue(kind: .data, members: wanted).text(of: type)) }
        }
        if let any = expected.anyOf {
            let wanted = Set(any.map(Member.init))
            if data.isEmpty || !value.members.allSatisfy(wanted.contains) {
                faults.append("any of \(Change.list(any.map(\.text)))")
            }
        }
        if !expected.within.isEmpty {
            let isInside = data.allSatisfy { record in
                Address(record).map { expected.within.block(of: $0.address) != nil } ?? false
            }
            if data.isEmpty || !isInside {
                faults.append("addresses within \(Change.list(expected.within.map(\.description)))")
            }
        }
        if !expected.matching.isEmpty {
            let isAlike = data.allSatisfy { record in
                Self.texts(of: record).contains { text in expected.matching.contains { $0.matches(text) } }
            }
            if data.isEmpty || !isAlike {
                faults.append("text like \(Change.list(expected.matching.map { "`\($0)`" }))")
            }
        }
        if let count = expected.count, !count.contains(data.count) {
            faults.append(Self.range(count.lowerBound, count.upperBound, .max) + " records")
        } else if faults.isEmpty, data.isEmpty {
            faults.append("a record")
        }
        guard let wanted = expected.ttl, let ttl, !wanted.contains(ttl) else { return }
        isTTLOnly = faults.isEmpty
        faults.append("a time to live of \(Self.range(wanted.lowerBound, wanted.upperBound, .max)) s, not \(ttl) s")
    }

    /// Returns the texts of a record for patterns: a TXT text as a whole and without quotes, a name with and without
    /// its final dot.
    private static func texts(of record: RecordData) -> [String] {
        if let text = TXT(record)?.text { return [text] }
        let text = record.text
        return text.count > 1 && text.hasSuffix(".") ? [text, String(text.dropLast())] : [text]
    }

    private static func range<Number: Comparable & CustomStringConvertible>(
        _ least: Number, _ most: Number, _ none: Number
    ) -> String {
        least == most ? "\(least)" : most == none ? "\(least) or more" : "\(least) to \(most)"
    }
}
