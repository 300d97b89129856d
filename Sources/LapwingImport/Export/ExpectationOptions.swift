import DNSWire
import LapwingConfig
import LapwingCore

extension DocumentValue {
    /// Converts an expectation to the configuration's notation.
    init(_ expectation: RecordExpectation) {
        let rest = Self.members(of: expectation)
        guard let exactly = expectation.exactly else {
            self = .mapping(rest)
            return
        }
        let records = Self.records(exactly)
        self = rest.isEmpty ? records : .mapping([("exactly", records)] + rest)
    }

    private static func members(of expectation: RecordExpectation) -> [(String, DocumentValue)] {
        var members: [(String, DocumentValue)] = []
        if let any = expectation.anyOf { members.append(("any_of", records(any))) }
        if !expectation.within.isEmpty { members.append(("within", .texts(expectation.within.map(\.description)))) }
        if !expectation.matching.isEmpty {
            members.append(("matching", .texts(expectation.matching.map { DomainOptions.escaped($0.description) })))
        }
        if expectation.isAbsent { members.append(("absent", .text("true"))) }
        if let ttl = expectation.ttl { members.append(("ttl", range(ttl, most: UInt32(Int32.max)))) }
        if let count = expectation.count { members.append(("count", range(count, most: .max))) }
        return members
    }

    private static func records(_ data: [RecordData]) -> DocumentValue {
        .texts(data.map { DomainOptions.escaped($0.text) })
    }

    private static func range<Number: Comparable & ExpressibleByIntegerLiteral>(
        _ range: ClosedRange<Number>, most: Number
    ) -> DocumentValue {
        if range.lowerBound == range.upperBound { return .text("\(range.lowerBound)") }
        var ends: [(String, DocumentValue)] = []
        if range.lowerBound > 0 { ends.append(("min", .text("\(range.lowerBound)"))) }
        if range.upperBound < most { ends.append(("max", .text("\(range.upperBound)"))) }
        return .mapping(ends)
    }
}
