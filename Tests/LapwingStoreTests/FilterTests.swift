import Foundation
import LapwingCore
import LapwingStore
import Testing

@Suite("Saved filters in the store")
struct FilterTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private static func filter(_ name: String, of owner: String? = nil) -> SavedFilter {
        SavedFilter(name: name, owner: owner, query: "tag=shop")
    }

    @Test("are for all or of one person, who sees no other's", arguments: StoreKind.allCases)
    func owners(_ kind: StoreKind) throws {
        let store = try kind.store()
        for (name, owner) in [("b", nil), ("a", "anna"), ("a", nil), ("c", "bert")] {
            guard case .kept(let kept) = try store.add(Self.filter(name, of: owner), by: "x", at: Self.now) else {
                Issue.record("\(name) is not kept")
                continue
            }
            #expect(kept.name == name && kept.owner == owner && kept.query == "tag=shop" && kept.id > 0)
        }
        #expect(try store.filters(of: nil).map(\.name) == ["a", "b"])
        let annas = try store.filters(of: "anna").map { "\($0.name) \($0.owner ?? "all")" }
        #expect(annas == ["a anna", "a all", "b all"])
        #expect(try store.filters(of: "bert").map(\.name) == ["a", "b", "c"])
    }

    @Test("have one name each, and are so many at most", arguments: StoreKind.allCases)
    func bounds(_ kind: StoreKind) throws {
        let store = try kind.store()
        for number in 1...SavedFilter.mostOfOne {
            #expect(try store.add(Self.filter("\(number)", of: "anna"), by: "anna", at: Self.now).isKept)
        }
        #expect(try store.add(Self.filter("more", of: "anna"), by: "anna", at: Self.now) == .full)
        #expect(try store.add(Self.filter("1", of: "anna"), by: "anna", at: Self.now) == .taken)
        #expect(try store.add(Self.filter("1"), by: "anna", at: Self.now).isKept, "another owner's")
        let own = try store.filters(of: "anna").filter { $0.owner != nil }
        let first = try #require(own.first { $0.name == "1" })
        #expect(try store.change(nameOfFilter: first.id, to: "2", by: "anna", at: Self.now) == .taken)
        #expect(try store.change(nameOfFilter: first.id, to: "one", by: "anna", at: Self.now).isKept)
        #expect(try store.change(nameOfFilter: 999, to: "one", by: "anna", at: Self.now) == .missing)
    }

    @Test("and what is done with them is in the journal", arguments: StoreKind.allCases)
    func journal(_ kind: StoreKind) throws {
        let store = try kind.store()
        guard case .kept(let filter) = try store.add(Self.filter("Shops"), by: "anna", at: Self.now) else {
            Issue.record("it is not kept")
            return
        }
        _ = try store.change(nameOfFilter: filter.id, to: "All shops", by: "bert", at: Self.now)
        _ = try store.change(nameOfFilter: filter.id, to: "All shops", by: "bert", at: Self.now)
        #expect(try store.remove(filter: filter.id, by: "carl", at: Self.now))
        #expect(try !store.remove(filter: filter.id, by: "carl", at: Self.now))
        #expect(try store.filters(of: nil).isEmpty)
        let acts = try store.acts(after: 0)
        #expect(acts.map(\.kind) == [.save, .save, .discard])
        #expect(
            acts.map(\.sentence) == [
                "filter saved by anna: \"Shops\": tag=shop, for all",
                "filter saved by bert: \"All shops\": tag=shop, for all",
                "filter deleted by carl: \"All shops\": tag=shop, for all",
            ])
        #expect(acts.map(\.before) == [nil, "Shops", "filter \(filter.id)"])
        #expect(acts.map(\.after) == ["filter \(filter.id)", "All shops", nil])
    }

    @Test("of an account go with it", arguments: StoreKind.allCases)
    func closure(_ kind: StoreKind) throws {
        let store = try kind.store()
        #expect(
            try store.add(
                Account(name: "anna", rights: Rights(.look), createdAt: Self.now), hash: "x", by: "root"))
        for owner in ["anna", "bert", nil] { _ = try store.add(Self.filter("f", of: owner), by: "x", at: Self.now) }
        #expect(try store.remove(account: "anna", by: "root", at: Self.now))
        #expect(try store.filters(of: "anna").map(\.owner) == [nil])
        #expect(try store.filters(of: "bert").map(\.owner).count == 2)
    }
}

extension FilterOutcome {
    fileprivate var isKept: Bool { if case .kept = self { true } else { false } }
}
