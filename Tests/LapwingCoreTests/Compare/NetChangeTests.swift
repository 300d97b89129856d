import DNSWire
import LapwingCore
import Testing

@Suite("What is different between two moments")
struct NetChangeTests {
    private static let domain = "example.com"

    private static func change(
        _ name: String, _ kind: String, _ old: [String], _ new: [String], seenBy: [String] = ["ns1.example.net."]
    ) throws -> Change {
        Change(
            name: try Name(name), kind: try #require(Change.Kind(kind)), old: old, new: new, seenBy: seenBy)
    }

    private static func net(_ changes: [Change]) throws -> [NetChange] {
        let domain = try Name(domain)
        return NetChange.net(
            changes.enumerated().map { (domain, Timestamp(seconds: 1000 + Int64($0.offset) * 60), $0.element) })
    }

    @Test("is the first old and the last new value of each record")
    func chain() throws {
        let found = try Self.net([
            Self.change("www.example.com", "A", ["192.0.2.1"], ["192.0.2.2"]),
            Self.change("example.com", "MX", [], ["10 mail.example.com."]),
            Self.change("WWW.example.com", "A", ["192.0.2.2"], ["192.0.2.3"]),
            Self.change("www.example.com", "AAAA", ["2001:db8::1"], []),
        ])
        #expect(found.map { "\($0.change.kind)" } == ["MX", "A", "AAAA"])
        let address = found[1]
        #expect(address.change.old == ["192.0.2.1"] && address.change.new == ["192.0.2.3"])
        #expect(address.count == 2 && !address.isBack)
        #expect(address.last.seconds(since: address.first) == 120)
        #expect(found[0].count == 1 && found[0].first == found[0].last)
    }

    @Test("says what was changed and came back, in any order of the values")
    func back() throws {
        let found = try Self.net([
            Self.change("example.com", "MX", ["10 a.", "20 b."], ["10 evil."]),
            Self.change("example.com", "MX", ["10 evil."], ["20 b.", "10 a."]),
        ])
        #expect(found.count == 1 && found[0].isBack && found[0].count == 2)
    }

    @Test("keeps the two sides of a delegation apart, and names there in any case")
    func sides() throws {
        let found = try Self.net([
            Self.change("example.com", "NS", ["a."], ["b."], seenBy: ["parent"]),
            Self.change("example.com", "NS", ["a."], ["b."]),
            Self.change("example.com", "NS", ["b."], ["A."], seenBy: ["parent"]),
        ])
        #expect(found.count == 2)
        #expect(found.filter(\.isBack).map(\.change.isAtParent) == [true])
    }

    @Test("is nothing where nothing was changed")
    func nothing() throws {
        #expect(try Self.net([]).isEmpty)
    }
}
