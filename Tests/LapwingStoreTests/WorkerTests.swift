import DNSWire
import Foundation
import LapwingCore
import LapwingStore
import Testing

/// Daemons that share a store: who holds what, and that nobody writes to what is not his.
@Suite("Workers that share a store") struct WorkerTests {
    private let domain: Name

    init() throws { domain = try Name("a.example.") }

    private func worker(_ name: String) -> Store.Role { .worker(WorkerName(name, version: "1")) }

    /// Waits for what threads of workers do every other second.
    private func wait(_ what: String, for seconds: Double = 12, _ isSo: () throws -> Bool) throws {
        let end = Date().addingTimeInterval(seconds)
        while try !isSo() {
            guard Date() < end else { throw Late(what: what) }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    private struct Late: Error { var what: String }

    /// Does what the daemon does with what its store holds.
    private func follow(_ store: Store) throws {
        let holding = try #require(store.holding)
        for shard in 0...Shard.desk { store.act(for: shard, under: holding.kept[shard]) }
        try store.release(holding.leaving)
    }

    private func share(_ stores: [Store]) throws {
        try wait("they do not share") {
            for store in stores { try follow(store) }
            let counts = stores.map { $0.holding?.shards ?? 0 }
            return counts.reduce(0, +) == Shard.count && (counts.max() ?? 0) - (counts.min() ?? 0) <= 1
                && stores.contains(where: \.hasDesk)
        }
    }

    @Test("where nobody shares it, a daemon has everything", arguments: StoreKind.allCases)
    func alone(_ kind: StoreKind) throws {
        let store = try StoreFolder(kind).open()
        #expect(store.has(domain) && store.hasDesk && !store.isShared && store.holding == nil && !store.isAway)
        try store.commit(try Made.round(1, of: domain))
    }

    @Test("a file cannot be shared")
    func file() throws {
        let folder = try StoreFolder(.sqlite)
        #expect(throws: Store.Failure.self) { try folder.open(worker("a")) }
    }

    @Test("the first has everything, and a second one half of it; each writes to its own only")
    func sharing() throws {
        let folder = try StoreFolder(.postgresql)
        let first = try folder.open(worker("a"))
        #expect(first.holding?.shards == Shard.count && first.holding?.workers == 1)
        #expect(!first.has(domain), "it has not taken note of it yet")
        #expect(throws: DatabaseFault.self) { try first.commit(try Made.round(1, of: domain)) }
        try follow(first)
        try first.commit(try Made.round(1, of: domain))
        let second = try folder.open(worker("b"))
        try share([first, second])
        let (owner, other) = first.has(domain) ? (first, second) : (second, first)
        #expect(!other.has(domain))
        try owner.commit(try Made.round(2, of: domain))
        do {
            try other.commit(try Made.round(3, of: domain))
            Issue.record("it has written to what is another's")
        } catch let fault as DatabaseFault {
            #expect(fault.kind == .superseded)
        }
        #expect(try owner.state(of: domain)?.rounds == 2)
        #expect(other.trouble == nil && folder.news.texts.isEmpty)
        // What people say counts everywhere.
        try other.add(.check, domain: domain, at: Made.now)
        #expect(throws: DatabaseFault.self) { try other.finish(request: 1, of: domain, at: Made.now) }
        try owner.finish(request: 1, of: domain, at: Made.now)
    }

    @Test("one tells people, and whoever does not, writes no notices")
    func desk() throws {
        let folder = try StoreFolder(.postgresql)
        let stores = [try folder.open(worker("a")), try folder.open(worker("b"))]
        try share(stores)
        let (teller, other) = stores[0].hasDesk ? (stores[0], stores[1]) : (stores[1], stores[0])
        try teller.moveWaiting(bySeconds: 1)
        #expect(throws: DatabaseFault.self) { try other.moveWaiting(bySeconds: 1) }
        #expect(throws: DatabaseFault.self) { try other.forgetSome(before: Made.now) }
        teller.letGo()
        try wait("nobody takes the desk") {
            try follow(other)
            return other.hasDesk
        }
        try other.moveWaiting(bySeconds: 1)
    }

    @Test("another epoch of the same shard is another's, although the number of the worker is the same")
    func epochs() throws {
        let folder = try StoreFolder(.postgresql)
        let store = try folder.open(worker("a"))
        try follow(store)
        try store.commit(try Made.round(1, of: domain))
        try folder.open(.visitor).execute(
            "UPDATE shard SET epoch = epoch + 1 WHERE number = \(Shard.of(domain))")
        #expect(throws: DatabaseFault.self) { try store.commit(try Made.round(2, of: domain)) }
        try wait("it does not see the epoch") {
            store.holding?.kept[Shard.of(domain)] != store.acting[Shard.of(domain)]
        }
        #expect(throws: DatabaseFault.self) { try store.commit(try Made.round(2, of: domain)) }
        try follow(store)
        try store.commit(try Made.round(2, of: domain))
    }

    @Test("whoever was taken for dead writes nothing, begins anew and is told")
    func buried() throws {
        let folder = try StoreFolder(.postgresql)
        let store = try folder.open(worker("a"))
        try follow(store)
        try folder.open(.visitor).execute("DELETE FROM worker; UPDATE shard SET worker = NULL")
        #expect(throws: DatabaseFault.self) { try store.commit(try Made.round(1, of: domain)) }
        #expect(throws: DatabaseFault.self) { try store.add(.check, domain: domain, at: Made.now) }
        try wait("it does not come back") { folder.news.texts == [StoreNews.rejoined.description] }
        #expect(!store.has(domain) && !store.hasDesk)
        #expect(throws: DatabaseFault.self) { try store.commit(try Made.round(1, of: domain)) }
        try wait("it takes nothing") { store.holding?.shards == Shard.count }
        try follow(store)
        try store.commit(try Made.round(1, of: domain))
    }

    @Test("orderly ends hand over at once")
    func ends() throws {
        let folder = try StoreFolder(.postgresql)
        let stores = [try folder.open(worker("a")), try folder.open(worker("b"))]
        try share(stores)
        stores[0].letGo()
        let began = ContinuousClock.now
        try wait("what is free is not taken") {
            try follow(stores[1])
            return stores[1].holding?.shards == Shard.count && stores[1].hasDesk
        }
        #expect(ContinuousClock.now - began < .seconds(4))
    }

    @Test("a daemon that shares with nobody and workers keep each other out, and names are taken once")
    func exclusion() throws {
        let folder = try StoreFolder(.postgresql)
        let first = try folder.open(worker("a"))
        for (role, words) in [(Store.Role.keeper, "in use by the workers a"), (worker("a"), "in use by the worker a,")]
        {
            do {
                _ = try folder.open(role)
                Issue.record("it was let in")
            } catch {
                #expect("\(error)".contains(words), "\(error)")
            }
        }
        first.letGo()
        let keeper = try folder.open(.keeper)
        #expect(throws: DatabaseFault.self) { try first.add(.check, domain: domain, at: Made.now) }
        do {
            _ = try folder.open(worker("b"))
            Issue.record("it was let in beside a daemon that shares with nobody")
        } catch {
            #expect("\(error)".contains("which does not share it"), "\(error)")
        }
        keeper.letGo()
        _ = try folder.open(worker("b"))
    }

    @Test("tables are brought up to date when no older worker lives, and not under a newer one's hands")
    func upgrade() throws {
        let folder = try StoreFolder(.postgresql)
        let old = try folder.open(worker("a"))
        let last = "the last step of a newer version"
        try old.database.write { try $0.execute("INSERT INTO migration (name) VALUES (?)", [last]) }
        #expect(throws: Store.Failure.self) { try folder.open(worker("b")) }
        try old.database.write { try $0.execute("DELETE FROM migration WHERE name = ?", [last]) }
        // As an older version has left it: a step is missing.
        let step = "rows by age"
        try old.database.write { try $0.execute("DELETE FROM migration WHERE name = ?", [step]) }
        do {
            _ = try folder.open(.visitor)
            Issue.record("a command has changed tables that a worker uses")
        } catch {
            #expect("\(error)".contains("workers of an older version use them: a (1)"), "\(error)")
        }
        try old.database.write { try $0.execute("INSERT INTO migration (name) VALUES (?)", [step]) }
        _ = try folder.open(worker("b"))
    }

    @Test("what one saw last, the others show with its age, whatever their clocks say")
    func looks() throws {
        let folder = try StoreFolder(.postgresql)
        let stores = [try folder.open(worker("a")), try folder.open(worker("b"))]
        try share(stores)
        let (owner, other) = stores[0].has(domain) ? (stores[0], stores[1]) : (stores[1], stores[0])
        let look = LastLook(
            domain: domain, age: 7000, learntAt: Made.now, sight: nil, signaturesEnd: Made.now, isSigned: true,
            registrationEnds: nil, milliseconds: 12, nameServers: [try Name("ns1.example.")], mailHosts: [],
            registrar: "R", findings: [])
        try other.leave(looks: [Shard.of(domain): [look]])
        #expect(try owner.looks(after: 0).looks.isEmpty, "of what is not its own it says nothing")
        try owner.leave(looks: [Shard.of(domain): [look]])
        let (seen, at) = try other.looks(after: 0)
        var found = try #require(seen.first)
        #expect((7000..<9000).contains(found.age))
        found.age = 7000
        #expect(found == look && seen.count == 1)
        #expect(try other.looks(after: at).looks.isEmpty)
        #expect(try owner.looks(after: 0).looks.isEmpty, "what it saw itself it knows better")
    }
}
