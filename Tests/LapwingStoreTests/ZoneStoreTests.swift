import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

/// Whole zones in the store.
@Suite("Whole zones in the store")
struct ZoneStoreTests {
    private let domain: Name
    private let head: ZoneHead

    init() throws {
        domain = try Name("tern.test")
        head = ZoneHead(
            serial: SerialNumber(rawValue: .max), server: "192.0.2.1:5353", way: .whole, at: Made.now,
            wholeAt: Made.now, sets: 2, records: 3, secret: AnswerDigest.Key(low: .max, high: 7),
            news: ZoneNews(at: Made.now, from: 1, to: 2, lines: ["new name a.tern.test. A 192.0.2.1"], total: 1))
    }

    private func set(_ name: String, _ data: [String], count: Int? = nil, ttl: UInt32 = 300) throws -> ZoneSet {
        let data = try data.map { try RecordData(type: .a, text: $0) }
        return ZoneSet(
            key: RecordSetKey(try Name(name), .a), ttl: ttl, count: count ?? data.count, digest: .max - 5, data: data)
    }

    private func record(_ update: ZoneUpdate) -> RoundRecord {
        RoundRecord(
            domain: domain, at: Made.now, sightings: [], outcome: RoundOutcome(state: WatchState()), keepsState: false,
            zone: update)
    }

    @Test("what is written is read, and changes write what is another", arguments: StoreKind.allCases)
    func round(_ kind: StoreKind) throws {
        let store = try kind.store()
        #expect(try store.zone(of: domain) == nil)
        let (one, two) = (try set("A.tern.test", ["192.0.2.1", "192.0.2.2"]), try set("b.tern.test", [], count: 900))
        try store.commit(record(ZoneUpdate(head: head, isFresh: true, put: [one, two])))
        #expect(try store.zone(of: domain) == head)
        #expect(try store.zones() == [domain: head])
        #expect(try store.zoneSets(of: domain) == [one.key: one, two.key: two])
        #expect(try store.zoneSets(of: domain, at: [try Name("a.TERN.test")]) == [one.key: one])
        var later = head
        later.serial = SerialNumber(rawValue: 0)
        later.news = nil
        let other = try set("a.tern.test", ["192.0.2.3"], ttl: 60)
        try store.commit(record(ZoneUpdate(head: later, put: [other], drop: [two.key])))
        #expect(try store.zoneSets(of: domain) == [one.key: other])
        #expect(try store.zone(of: domain) == later)
        try store.forget(zone: domain)
        #expect(try store.zone(of: domain) == nil && store.zoneSets(of: domain).isEmpty)
    }

    @Test("a row that cannot be read is no zone with a gap", arguments: StoreKind.allCases)
    func damage(_ kind: StoreKind) throws {
        let folder = try StoreFolder(kind)
        let store = try folder.open()
        try store.commit(record(ZoneUpdate(head: head, isFresh: true, put: [try set("a.tern.test", ["192.0.2.1"])])))
        try store.execute("UPDATE zone_set SET data = X'ffff00'")
        #expect(throws: (any Error).self) { try store.zoneSets(of: domain) }
    }
}
