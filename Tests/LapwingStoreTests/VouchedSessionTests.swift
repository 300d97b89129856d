import DNSWire
import LapwingCore
import LapwingStore
import Testing

@Suite("Sessions of people for whom others vouch, and the journal in parts")
struct VouchedSessionTests {
    private static let anna = VouchedPerson(
        issuer: "https://p.example", subject: "s-1", name: "anna@example.org", groups: ["a", "b, c"])

    private func digest(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number), count: 32) }

    private func begin(
        _ number: Int, in store: Store, at now: Timestamp = Made.now, _ person: VouchedPerson = anna
    ) throws {
        try store.beginSession(
            digest: digest(number), of: person, from: "page, 192.0.2.1, by p.example", rights: Rights(.act), at: now)
    }

    @Test(
        "a session comes back by its digest until it is ended, and the journal has both", arguments: StoreKind.allCases)
    func sessions(_ kind: StoreKind) throws {
        let store = try kind.store()
        try begin(1, in: store)
        #expect(
            try store.vouchedSession(digest: digest(1))
                == VouchedSession(person: Self.anna, began: Made.now, seen: Made.now))
        #expect(try store.vouchedSession(digest: digest(2)) == nil && store.session(digest: digest(1)) == nil)
        let later = Made.now.adding(seconds: 60)
        try store.note(useOfVouchedSession: digest(1), at: later)
        #expect(try store.vouchedSession(digest: digest(1))?.seen == later)
        try store.endVouchedSession(digest: digest(1), by: Person(Self.anna.name), at: later)
        try store.endVouchedSession(digest: digest(1), by: Person(Self.anna.name), at: later)
        #expect(try store.vouchedSession(digest: digest(1)) == nil)
        let acts = try store.acts(after: 0)
        #expect(acts.map(\.kind) == [.login, .logout])
        #expect(acts[0].person == Self.anna.name && acts[0].origin == "page, 192.0.2.1, by p.example")
        #expect(acts[0].text == "subject s-1" && acts[0].after == "act on every domain")
    }

    @Test("of one person so many last, and what is over goes", arguments: StoreKind.allCases)
    func bounds(_ kind: StoreKind) throws {
        let store = try kind.store()
        var other = Self.anna
        other.subject = "s-2"
        try begin(200, in: store, other)
        for number in 1...60 { try begin(number, in: store, at: Made.now.adding(seconds: Int64(number))) }
        #expect(try store.number("SELECT count(*) FROM vouched_session") == 51)
        #expect(try store.vouchedSession(digest: digest(10)) == nil && store.vouchedSession(digest: digest(11)) != nil)
        #expect(try store.vouchedSession(digest: digest(200)) != nil)
        try begin(99, in: store, at: Made.now.adding(seconds: Session.longest + 100))
        #expect(try store.number("SELECT count(*) FROM vouched_session") == 1)
    }

    @Test("groups that cannot be read are none", arguments: StoreKind.allCases)
    func unreadable(_ kind: StoreKind) throws {
        let store = try kind.store()
        try begin(1, in: store)
        try store.execute("UPDATE vouched_session SET memberships = 'x'")
        #expect(try store.vouchedSession(digest: digest(1)) == nil)
    }

    @Test(
        "a session lasts",
        arguments: [
            (0, 0, true), (0, 3599, true), (0, 3600, false), (0, -1, false), (-Session.longestRest, 10, false),
        ] as [(Int64, Int64, Bool)])
    func ends(_ seen: Int64, _ now: Int64, _ lasts: Bool) {
        let session = VouchedSession(person: Self.anna, began: Made.now, seen: Made.now.adding(seconds: seen))
        #expect(session.lasts(at: Made.now.adding(seconds: now), longest: 3600) == lasts)
    }

    @Test("entries are found by domain, name and kind, newest first, within bounds", arguments: StoreKind.allCases)
    func journal(_ kind: StoreKind) throws {
        let store = try kind.store()
        let (a, b) = (try Name("a.example"), try Name("b.example"))
        for (kind, person, domain) in [
            (Act.Kind.accept, "anna", a), (.note, "Ben", b), (.note, "anna, for ben", a), (.reload, "anna", nil),
        ] as [(Act.Kind, String, Name?)] {
            try store.add(Act(at: Made.now, kind, by: Person(person), domain: domain))
        }
        func found(
            _ change: (inout JournalFilter) -> Void = { _ in }, from: Int64 = 1, before: Int64 = 100, limit: Int = 9
        )
            throws -> [Int64]
        {
            var filter = JournalFilter()
            change(&filter)
            return try store.acts(filter, from: from, before: before, limit: limit).map(\.id)
        }
        #expect(try found() == [4, 3, 2, 1])
        #expect(try found { $0.domain = a } == [3, 1])
        #expect(try found { $0.person = "BEN" } == [3, 2])
        #expect(try found { $0.person = "%" } == [])
        #expect(try found { $0.kind = .note } == [3, 2])
        #expect(try found { ($0.domain, $0.person, $0.kind) = (a, "anna", .note) } == [3])
        #expect(try found(from: 2, before: 4) == [3, 2])
        #expect(try found(limit: 2) == [4, 3])
    }
}
