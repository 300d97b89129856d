import DNSWire
import LapwingCore
import Yams

/// Reads the expectation of one RRset: its records, or a mapping of conditions on them.
struct ExpectationReader {
    /// The largest number of members in one list; each is compared with each record of each server in each round.
    private static let most = 100

    let type: RecordType

    func expectation(_ value: ValueReader) -> RecordExpectation? {
        guard value.isMapping else {
            guard var expectation = records(value).map(RecordExpectation.init(exactly:)) else { return nil }
            expectation.place = value.location
            return expectation
        }
        guard let fields = value.fields(.expectation) else { return nil }
        guard value.node.mapping?.isEmpty == false else {
            value.fault("\(value.path): nothing is expected; `absent: true` says that there is no such record")
            return nil
        }
        var expectation = RecordExpectation()
        expectation.place = value.location
        expectation.exactly = fields["exactly"].flatMap(records)
        expectation.anyOf = fields["any_of"].flatMap { filled($0, records($0)) }
        expectation.within = fields["within"].flatMap(blocks) ?? []
        expectation.matching = fields["matching"].flatMap(patterns) ?? []
        expectation.isAbsent = fields["absent"].flatMap(absence) ?? false
        expectation.ttl = fields["ttl"].flatMap(timeToLive)
        expectation.count = fields["count"].flatMap(count)
        for (key, others) in Self.contradictions {
            guard fields[key] != nil, let other = others.first(where: { fields[$0] != nil }) else { continue }
            fields[other]?.fault("\(value.path): `\(key)` and `\(other)` contradict each other or say the same twice")
        }
        return expectation
    }

    /// Conditions that exclude others, since they describe the RRset completely.
    private static let contradictions: [(String, [String])] = [
        ("absent", ["exactly", "any_of", "within", "matching", "count", "ttl"]),
        ("exactly", ["any_of", "within", "matching", "count"]),
    ]

    private func records(_ value: ValueReader) -> [RecordData]? {
        guard let list = value.list(orSingle: true), isBounded(list, value) else { return nil }
        return list.compactMap { member in
            guard let text = member.string() else { return nil }
            do throws(ZoneTextError) {
                return try RecordData(type: type, text: text)
            } catch {
                member.fault("\(member.path): `\(text)` is no \(type) data: \(error)")
                return nil
            }
        }
    }

    private func blocks(_ value: ValueReader) -> [AddressBlock]? {
        guard type == .a || type == .aaaa else {
            value.fault("\(value.path): only A and AAAA have addresses that lie in a network")
            return nil
        }
        guard let list = value.list(orSingle: true), isBounded(list, value) else { return nil }
        return filled(
            value,
            list.compactMap { member in
                guard let text = member.string() else { return nil }
                guard let block = AddressBlock(text) else {
                    member.fault(
                        "\(member.path): expected a network such as 192.0.2.0/24 or 2001:db8::/32, found `\(text)`")
                    return nil
                }
                guard block.first.isIPv4 == (type == .a) else {
                    member.fault("\(member.path): no \(type) record can lie in \(text)")
                    return nil
                }
                return block
            })
    }

    private func patterns(_ value: ValueReader) -> [TextPattern]? {
        guard let list = value.list(orSingle: true), isBounded(list, value) else { return nil }
        return filled(
            value,
            list.compactMap { member in
                guard let text = member.string() else { return nil }
                do throws(TextPattern.Fault) {
                    return try TextPattern(text)
                } catch {
                    member.fault("\(member.path): this pattern cannot be used: \(error)")
                    return nil
                }
            })
    }

    private func absence(_ value: ValueReader) -> Bool? {
        guard let isAbsent = value.boolean() else { return nil }
        if !isAbsent { value.fault("\(value.path): `false` says nothing; leave it out, or say `count: {min: 1}`") }
        return isAbsent
    }

    private func timeToLive(_ value: ValueReader) -> ClosedRange<UInt32>? {
        range(value, .expectedTTL, UInt32(Int32.max)) { reader in
            guard let text = reader.string() else { return nil }
            guard let seconds = UInt32(text) ?? DurationText.seconds(text).flatMap({ UInt32(exactly: $0) }),
                seconds <= UInt32(Int32.max)
            else {
                reader.fault("\(reader.path): expected seconds, or a duration such as 5m, found `\(text)`")
                return nil
            }
            return seconds
        }
    }

    private func count(_ value: ValueReader) -> ClosedRange<Int>? {
        range(value, .expectedCount, Int.max) { $0.integer(1...10_000) }
    }

    /// Reads a number, or `min` and `max`, of which one may be omitted.
    private func range<Number: Comparable & ExpressibleByIntegerLiteral>(
        _ value: ValueReader, _ mapping: KnownMapping, _ most: Number, _ read: (ValueReader) -> Number?
    ) -> ClosedRange<Number>? {
        guard value.isMapping else { return read(value).map { $0...$0 } }
        guard let fields = value.fields(mapping) else { return nil }
        guard value.node.mapping?.isEmpty == false else {
            value.fault("\(value.path): neither `min` nor `max` is said")
            return nil
        }
        let ends = (low: fields["min"].map(read), high: fields["max"].map(read))
        if case .some(nil) = ends.low { return nil }
        if case .some(nil) = ends.high { return nil }
        let low = (ends.low ?? nil) ?? 0
        let high = (ends.high ?? nil) ?? most
        guard low <= high else {
            value.fault("\(value.path): `min` is larger than `max`")
            return nil
        }
        return low...high
    }

    private func isBounded(_ list: [ValueReader], _ value: ValueReader) -> Bool {
        guard list.count > Self.most else { return true }
        value.fault("\(value.path): \(list.count) entries; at most \(Self.most) are taken")
        return false
    }

    private func filled<Member>(_ value: ValueReader, _ list: [Member]?) -> [Member]? {
        guard let list, list.isEmpty, value.node.sequence?.isEmpty == true else { return list }
        value.fault("\(value.path): the list is empty")
        return nil
    }
}
