import DNSWire
import LapwingCore
import Testing

/// The terms of a watch, which domains share until one of them is given other ones.
@Suite struct WatchTermsTests {
    private static func watch(_ name: String) throws -> Watch {
        let domain = try Name(name)
        return Watch(domain: domain, sets: [RecordSetKey(domain, .a)])
    }

    @Test func aChangeOfOneDomainLeavesTheOthersAlone() throws {
        var terms = WatchTerms()
        terms.interval = 60
        terms.tags = ["shop"]
        let shared = Boxed(terms)
        let domains = try ["one.example", "two.example"].map { try Name($0) }
        let before = domains.map { Watch(domain: $0, sets: [], terms: shared) }
        var after = before
        after[0].interval = 600
        after[0].tags.append("bank")
        #expect(before.map(\.interval) == [60, 60] && after.map(\.interval) == [600, 60])
        #expect(after.map(\.tags) == [["shop", "bank"], ["shop"]])
        #expect(shared.value == terms && before[1] == after[1] && before[0] != after[0])
    }

    @Test func equalTermsAreTakenFromThePool() throws {
        var pool: Set<Boxed<WatchTerms>> = []
        var watches = try (0..<100).map { try Self.watch("d\($0).example") }
        for place in watches.indices {
            watches[place].lowTTL = place % 2 == 0 ? 30 : 60
            watches[place].shareTerms(among: &pool)
        }
        #expect(pool.count == 2)
        watches[4].lowTTL = 5
        #expect(watches[6].lowTTL == 30 && pool.allSatisfy { $0.lowTTL != 5 })
    }

    @Test func declaredRecordsAreWatchedAndTakenBack() throws {
        var watch = try Self.watch("zone.example")
        let plain = watch
        watch.declaration = Declaration(sources: ["zone"], isOwn: true)
        watch.declare(nil, fault: "zone:1: unreadable")
        #expect(watch.declaration?.fault == "zone:1: unreadable" && watch != plain)
        watch.declaration = nil
        #expect(watch == plain && watch.hashValue == plain.hashValue)
    }
}

/// RRsets whose takeover would do the greatest damage.
@Suite struct SensitiveSetsTests {
    @Test(arguments: [[], ["NS", "MX"], ["MX"], ["NS", "MX", "A"]])
    func whatIsNamedIsSensitive(types: [String]) throws {
        let domain = try Name("tern.test")
        var watch = Watch(domain: domain, sets: [])
        let sets = Set(try types.map { RecordSetKey(domain, try #require(RecordType($0))) })
        watch.sensitive = sets
        #expect(watch.sensitive == sets)
        for type in [RecordType.ns, .mx, .a, .txt] {
            for name in [domain, try Name("www.tern.test"), try Name("TERN.test")] {
                let key = RecordSetKey(name, type)
                #expect(watch.isSensitive(key) == sets.contains(key), "\(key)")
            }
        }
    }

    @Test func theUsualOnesAreThoseOfTheDomain() throws {
        var (one, other) = (Watch(domain: try Name("a.test"), sets: []), Watch(domain: try Name("a.test"), sets: []))
        one.sensitive = [RecordSetKey(one.domain, .mx), RecordSetKey(one.domain, .ns)]
        other.sensitive = [RecordSetKey(try Name("b.test"), .mx), RecordSetKey(try Name("b.test"), .ns)]
        #expect(one != other && !other.isSensitive(RecordSetKey(one.domain, .mx)))
    }
}
