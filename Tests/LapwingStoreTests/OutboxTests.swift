import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

@Suite("Notices that wait, and what became of them")
struct OutboxTests {
    let folder: StoreFolder
    let store: Store
    let domain: Name

    init(_ kind: StoreKind) throws {
        folder = try StoreFolder(kind)
        store = try folder.open()
        domain = try Name("a.example")
    }

    private func notice(
        _ incident: String, _ number: Int, channel: String = "ops", event: IncidentEvent.Kind = .update
    ) -> Notice {
        var notice = Notice.test(of: channel, number: "1", at: Made.now).open
        notice.purpose = nil
        notice.id = "\(incident).\(number)@\(channel)"
        notice.incident = incident
        notice.event = event
        notice.domain = domain
        notice.domains = [domain]
        return notice
    }

    private func put(_ notices: [Notice], at now: Timestamp = Made.now) throws {
        try store.commit(try Made.round(Int.random(in: 1...1_000_000), of: domain))
        try store.speak(at: now, due: nil) { _, _, said in
            var speech = Flow.speak(events: [], said: said, routes: [], silences: [], at: now)
            speech.notices = notices
            return speech
        }
    }

    private func due(at now: Timestamp = Made.now, limit: Int = 50) throws -> [String] {
        try store.due(at: now, limit: limit).map(\.notice.id)
    }

    @Test("of one incident keep their order, and hold up no other incident", arguments: StoreKind.allCases)
    static func order(_ kind: StoreKind) throws { try Self(kind).order() }

    private func order() throws {
        try put((1...11).map { notice("a-1", $0) } + [notice("b-1", 1)])
        #expect(try due() == (1...11).map { "a-1.\($0)@ops" } + ["b-1.1@ops"])
        try store.postpone(notice: "a-1.1@ops", until: Made.now.adding(seconds: 5), reason: "busy")
        #expect(try due() == ["b-1.1@ops"])
        #expect(try due(at: Made.now.adding(seconds: 5)).first == "a-1.1@ops")
        try store.finish(notice: "a-1.1@ops", receipt: "HTTP 200", at: Made.now)
        #expect(try due().first == "a-1.2@ops")
    }

    @Test("of a channel that takes none leave room for those of others", arguments: StoreKind.allCases)
    static func room(_ kind: StoreKind) throws { try Self(kind).room() }

    private func room() throws {
        try put((1...20).map { notice("a-1", $0) } + [notice("a-1", 1, channel: "chat")])
        #expect(try due(limit: 3) == ["a-1.1@ops", "a-1.2@ops", "a-1.3@ops", "a-1.1@chat"])
    }

    @Test("are counted by channel, and what nobody heard of is not delivered", arguments: StoreKind.allCases)
    static func records(_ kind: StoreKind) throws { try Self(kind).records() }

    private func records() throws {
        try put((1...5).map { notice("a-1", $0) } + [notice("a-1", 1, channel: "chat")])
        for (number, receipt) in [(1, "HTTP 200"), (2, "refused: HTTP 400"), (3, "given up: HTTP 500")] {
            try store.finish(notice: "a-1.\(number)@ops", receipt: receipt, at: Made.now)
        }
        let records = try store.channelRecords(latest: 2)
        let ops = try #require(records["ops"])
        #expect((ops.delivered, ops.refused, ops.waiting) == (1, 2, 2))
        #expect(ops.waitsSince == Made.now && ops.latest.count == 2)
        #expect(records["chat"]?.waiting == 1)
        #expect(try store.oldestWaiting() == Made.now)
        let outcomes = try store.notices(of: "a-1").filter { $0.notice.channel == "ops" }.map(\.outcome)
        #expect(outcomes.sorted { $0.rawValue < $1.rawValue } == [.delivered, .refused, .refused, .waiting, .waiting])
    }

    @Test("that are raised are the last that were taken, until the end is told", arguments: StoreKind.allCases)
    static func raised(_ kind: StoreKind) throws { try Self(kind).raised() }

    private func raised() throws {
        try put([notice("a-1", 1, event: .open), notice("a-1", 2), notice("b-1", 1, event: .open), notice("c-1", 1)])
        for id in ["a-1.1", "b-1.1"] { try store.finish(notice: "\(id)@ops", receipt: "HTTP 200", at: Made.now) }
        try store.finish(notice: "a-1.2@ops", receipt: "refused: HTTP 400", at: Made.now)
        let open = ["a-1", "b-1", "c-1", "d-1"]
        #expect(try store.raised(on: "ops", of: open).map(\.id) == ["a-1.1@ops", "b-1.1@ops"])
        #expect(try store.raised(on: "ops", of: ["b-1"]).map(\.id) == ["b-1.1@ops"])
        #expect(try store.raised(on: "chat", of: open).isEmpty)
        // An end that is on its way is an end: to say it again after it would open it anew.
        try put([notice("a-1", 3, event: .close)], at: Made.now.adding(seconds: 1))
        #expect(try store.raised(on: "ops", of: open).map(\.id) == ["b-1.1@ops"])
    }
}
