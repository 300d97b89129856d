import Foundation
import Glibc
import LapwingCore
import Synchronization

/// The membership of one worker among those that share a store.
///
/// A thread renews the sign of life, takes free shards up to its share, and announces shards to be released;
/// ``Sharing`` has the rule. All times are on the server's clock. Each writing transaction checks the row of the worker
/// and those of the shards that it writes to: a worker that was wrongly considered dead does not find its row, and
/// stops writing.
final class PostgreSQLMembership: Sendable {
    /// Seconds between two signs of life.
    private static let pause: TimeInterval = 2
    /// Milliseconds without a response of the server after which this worker sends no notices: before others consider
    /// it dead and send in its place.
    private static let certainty: Int64 = 10_000
    /// Milliseconds for which a worker must have had contact with the server before it considers others dead: after an
    /// outage of the server all of them are late.
    private static let settling: Int64 = 8_000
    /// Seconds to wait for the place of a worker that may be dead.
    private static let longestWait: TimeInterval = 25
    /// The holder in the lease while workers share the store.
    static let holder = "workers"

    static let now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
    private static let limits = """
        SET LOCAL lock_timeout = '4s'; SET LOCAL statement_timeout = '10s';
        SET LOCAL idle_in_transaction_session_timeout = '8s';
        """
    /// Begins a transaction and waits for the turn to write.
    private static let turn = "BEGIN; \(limits) SELECT 1 FROM lease WHERE id = 1 FOR UPDATE"

    private struct State {
        /// This worker's number, and the epoch of the store in which it got it.
        var number: Int64 = 0
        var epoch: Int64 = 0
        var holding = Holding()
        /// The epochs under which this process acts: those of the held shards that it has taken over.
        var fences: [Int: Int64] = [:]
        /// Milliseconds by which this machine's clock is ahead of the server's.
        var clock: Int64 = 0
        /// When the last confirmed sign of life was begun, and since when all of them were confirmed; on the steady
        /// clock.
        var heardAt: Int64 = -1_000_000
        var heardSince: Int64 = 0
        var trouble: StoreTrouble?
        var isOver = false
    }

    private let pool: PostgreSQLPool
    private let me: WorkerName
    private let tell: @Sendable (StoreNews) -> Void
    private let state = Mutex(State())
    /// Held while the shards of this worker change.
    private let moving = Mutex(())

    /// Joins the workers.
    ///
    /// - Throws: ``Store/Failure/inUse(path:by:)`` while a single daemon has the store, or while a worker with this
    ///   name is alive.
    init(
        _ pool: PostgreSQLPool, as me: WorkerName, address: String, tell: @escaping @Sendable (StoreNews) -> Void
    ) throws {
        self.pool = pool
        self.me = me
        self.tell = tell
        let start = Date()
        var sign: String?
        while let obstacle = try join() {
            // A process that renews its sign of life during the wait is at work.
            let isAlive = sign.map { $0 != obstacle.sign } ?? false
            guard !isAlive, Date().timeIntervalSince(start) < Self.longestWait else {
                throw Store.Failure.inUse(path: address, by: obstacle.words)
            }
            sign = obstacle.sign
            Thread.sleep(forTimeInterval: 1)
        }
        renew()
        Thread.detachNewThread { [weak self] in
            repeat { Thread.sleep(forTimeInterval: Self.pause) } while self?.renew() == true
        }
    }

    // MARK: State

    var holding: Holding { state.withLock { $0.holding } }
    var trouble: StoreTrouble? { state.withLock { $0.trouble } }

    /// Whether this process acts for a shard.
    func has(_ shard: Int) -> Bool { state.withLock { $0.fences[shard] != nil } }

    /// The epochs under which this process acts.
    var acting: [Int: Int64] { state.withLock { $0.fences } }

    /// Whether no other worker can have considered this one dead yet.
    var isCertain: Bool { state.withLock { Self.steady() - $0.heardAt < Self.certainty } }

    /// Changes the epochs under which this process acts.
    func act(_ change: (inout [Int: Int64]) -> Void) { state.withLock { change(&$0.fences) } }

    // MARK: Coming, staying, going

    private struct Obstacle {
        var words: String
        /// Changes with each sign of life of the holder.
        var sign: String
    }

    /// A row of the table of workers.
    private struct Entry {
        var rule: Sharing.Worker
        var name: String
        var holder: PostgreSQLLease.Holder
        var vantage: String
    }

    private static func entries(_ link: PostgreSQLLink) throws -> [Entry] {
        let me = PostgreSQLLease.Holder.present
        return try link.execute("SELECT number, name, holder, \(now) - seen AS age, clock, vantage FROM worker", [])
            .rows(limit: .max).map { row in
                let holder = PostgreSQLLease.Holder(try row.get("holder"))
                let rule = Sharing.Worker(
                    number: try row.get("number"), age: try row.get("age"), clock: try row.get("clock"),
                    isGone: holder.isGone(from: me))
                return Entry(rule: rule, name: try row.get("name"), holder: holder, vantage: try row.get("vantage"))
            }
    }

    /// Acquires a number; returns the obstacle if that is not possible.
    private func join() throws -> Obstacle? {
        let look = """
            BEGIN; SET LOCAL lock_timeout = '15s'; SELECT epoch::text AS epoch, holder, renewed::text AS renewed,
                extract(epoch FROM clock_timestamp() - renewed)::bigint::text AS age FROM lease WHERE id = 1 FOR UPDATE
            """
        return try PostgreSQLEngine.retrying {
            try pool.lend(look) { link, rows in
                try PostgreSQLEngine.ending(link) {
                    guard let row = rows.first else { throw DatabaseFault(.statement, reason: "the lease is gone") }
                    guard try !Migrations.all.isSuperseded(Database(connection: PostgreSQLConnection(link))) else {
                        throw DatabaseFault(
                            .superseded, reason: "a newer version of Lapwing has brought its tables up to date")
                    }
                    let text: String = try row.get("holder")
                    var epoch = Int64(try row.get("epoch", as: String.self)) ?? 0
                    if let obstacle = try Self.keeper(text, row) { return obstacle }
                    let namesake = try Self.entries(link).first { $0.name == me.name && $0.rule.isAlive }
                    if let namesake {
                        return Obstacle(
                            words:
                                "the worker \(me.name), \(namesake.holder.words); each worker wants a name of its own",
                            sign: try Self.seen(namesake.rule.number, link))
                    }
                    if text != Self.holder {
                        epoch += 1
                        _ = try link.execute(
                            "UPDATE lease SET epoch = ?, holder = ?, renewed = clock_timestamp() WHERE id = 1",
                            [.integer(epoch), .text(Self.holder)])
                        _ = try link.script("DELETE FROM worker")
                    }
                    _ = try link.execute("DELETE FROM worker WHERE name = ?", [.text(me.name)])
                    try Self.free(link)
                    let made = try link.execute(
                        """
                        INSERT INTO worker (name, holder, version, seen, clock, vantage)
                        VALUES (?, ?, ?, \(Self.now), ?, ?) RETURNING number
                        """,
                        [
                            .text(me.name), .text(PostgreSQLLease.Holder.present.text), .text(me.version),
                            .integer(try Self.clock(link) ?? 0), .text(me.vantage),
                        ]
                    ).rows(limit: 1)
                    guard let number: Int64 = try made.first?.get("number") else {
                        throw RowFault("a new worker has no number")
                    }
                    state.withLock { state in
                        (state.number, state.epoch) = (number, epoch)
                        (state.holding, state.fences) = (Holding(), [:])
                    }
                    return nil
                }
            }
        }
    }

    /// Returns the single daemon that has the store, if it is alive.
    private static func keeper(_ text: String, _ row: Row) throws -> Obstacle? {
        guard !text.isEmpty, text != holder else { return nil }
        let keeper = PostgreSQLLease.Holder(text)
        let age = Int64(try row.get("age", as: String.self)) ?? 0
        guard age < PostgreSQLLease.longest, !keeper.isGone(from: .present) else { return nil }
        return Obstacle(words: "\(keeper.words), which does not share it", sign: try row.get("renewed"))
    }

    private static func seen(_ number: Int64, _ link: PostgreSQLLink) throws -> String {
        let rows = try link.execute("SELECT seen::text FROM worker WHERE number = ?", [.integer(number)])
        return rows.rows(limit: 1).first.flatMap { String(stored: $0[0]) } ?? ""
    }

    /// Frees the shards of workers that no longer exist.
    private static func free(_ link: PostgreSQLLink) throws {
        _ = try link.script("UPDATE shard SET worker = NULL WHERE worker NOT IN (SELECT number FROM worker)")
    }

    /// Returns the milliseconds by which this machine's clock is ahead of the server's; nil if the response took too
    /// long.
    private static func clock(_ link: PostgreSQLLink) throws -> Int64? {
        let began = (wall: wall(), steady: steady())
        let rows = try link.execute("SELECT \(now)", []).rows(limit: 1)
        let took = steady() - began.steady
        guard took < 1000, let server = rows.first.flatMap({ Int64(stored: $0[0]) }) else { return nil }
        return began.wall + took / 2 - server
    }

    /// Renews the sign of life, and takes and releases shards by the rule.
    ///
    /// - Returns: whether to continue.
    @discardableResult
    private func renew() -> Bool { moving.withLock { _ in renewAlone() } }

    private func renewAlone() -> Bool {
        let (number, epoch, clock, isOver) = state.withLock { ($0.number, $0.epoch, $0.clock, $0.isOver) }
        guard !isOver else { return false }
        let began = Self.steady()
        do {
            // Outside the turn of writers, since one of them may hang.
            let isKnown = try pool.lend("BEGIN; \(Self.limits)") { link, _ in
                try PostgreSQLEngine.ending(link) {
                    let ahead = try Self.clock(link) ?? clock
                    state.withLock { $0.clock = ahead }
                    return try link.execute(
                        """
                        UPDATE worker SET seen = \(Self.now), clock = ?
                        WHERE number = ? AND (SELECT epoch FROM lease WHERE id = 1) = ?
                        """, [.integer(ahead), .integer(number), .integer(epoch)]
                    ).changes > 0
                }
            }
            guard isKnown else { return rejoin() }
            hear(began)
            try share(number)
            return true
        } catch {
            lose(error)
            return true
        }
    }

    /// Joins again after others have considered this worker dead; its shards belong to others now.
    private func rejoin() -> Bool {
        state.withLock { ($0.holding, $0.fences) = (Holding(), [:]) }
        do {
            guard try join() != nil else {
                tell(.rejoined)
                return true
            }
        } catch let fault as DatabaseFault where fault.kind == .superseded {
            tell(.unreachable(reason: fault.reason))
        } catch {
            lose(error)
            return true
        }
        tell(.superseded)
        state.withLock { $0.isOver = true }
        return false
    }

    private func hear(_ began: Int64) {
        let trouble = state.withLock { state in
            if began - state.heardAt >= Self.certainty { state.heardSince = began }
            state.heardAt = began
            defer { state.trouble = nil }
            return state.trouble
        }
        if let trouble {
            tell(.reached(seconds: max(0, Timestamp(seconds: Int64(time(nil))).seconds(since: trouble.since))))
        }
    }

    private func lose(_ error: any Error) {
        let reason = (error as? DatabaseFault)?.reason ?? "\(error)"
        let isNew = state.withLock { state in
            defer {
                state.trouble = StoreTrouble(
                    since: state.trouble?.since ?? Timestamp(seconds: Int64(time(nil))), reason: reason,
                    isOfWorker: true)
            }
            return state.trouble == nil
        }
        if isNew { tell(.unreachable(reason: reason)) }
    }

    /// Applies the rule, and records the held shards.
    private func share(_ number: Int64) throws {
        func plan(_ link: PostgreSQLLink) throws -> (Sharing.Decision, [Row], vantages: [Int64: String]) {
            let workers = try Self.entries(link)
            let rows = try link.execute("SELECT number, worker, epoch FROM shard ORDER BY number", [])
                .rows(limit: .max)
            let mayBury = state.withLock { Self.steady() - $0.heardSince >= Self.settling }
            let decision = Sharing.decide(
                for: number, workers: workers.map(\.rule), holders: try rows.map { try $0.find("worker") },
                mayBury: mayBury)
            let living = workers.filter { !decision.buried.contains($0.rule.number) }
            return (
                decision, rows,
                Dictionary(living.map { ($0.rule.number, $0.vantage) }, uniquingKeysWith: { one, _ in one })
            )
        }
        var (decision, rows, vantages) = try pool.lend("BEGIN; \(Self.limits)") { link, _ in
            try PostgreSQLEngine.ending(link) { try plan(link) }
        }
        if !decision.buried.isEmpty || !decision.taken.isEmpty {
            (decision, rows, vantages) = try pool.lend(Self.turn) { link, _ in
                try PostgreSQLEngine.ending(link) {
                    let decision = try plan(link).0
                    for dead in decision.buried { _ = try link.script("DELETE FROM worker WHERE number = \(dead)") }
                    try Self.free(link)
                    if !decision.taken.isEmpty {
                        _ = try link.script(
                            """
                            UPDATE shard SET worker = \(number), epoch = epoch + 1
                            WHERE number IN (\(Self.list(decision.taken)))
                            """)
                    }
                    return try plan(link)
                }
            }
        }
        var holding = Holding()
        for row in rows where try row.find("worker", as: Int64.self) == number {
            holding.epochs[try row.get("number")] = try row.get("epoch")
        }
        holding.leaving = Set(decision.given).intersection(holding.epochs.keys)
        holding.workers = vantages.count
        holding.places = Set(vantages.values).sorted()
        if holding.places.count > 1 {
            let holders: [Int64?] = try rows.map { try $0.find("worker") }
            holding.looks = Sharing.looks(for: number, vantages: vantages, holders: holders)
            for (shard, holder) in holders.enumerated() { holding.judges[shard] = holder.flatMap { vantages[$0] } }
        }
        state.withLock { $0.holding = holding }
    }

    private static func list(_ numbers: some Sequence<Int>) -> String {
        numbers.map { "\($0)" }.joined(separator: ", ")
    }

    /// Releases shards, so that others can take them.
    func release(_ shards: Set<Int>) throws {
        guard !shards.isEmpty else { return }
        try moving.withLock { _ in
            let number = state.withLock { state in
                for shard in shards { state.fences[shard] = nil }
                return state.number
            }
            try pool.lend(Self.turn) { link, _ in
                try PostgreSQLEngine.ending(link) {
                    _ = try link.script(
                        "UPDATE shard SET worker = NULL WHERE worker = \(number) AND number IN (\(Self.list(shards)))")
                }
            }
            state.withLock { state in
                for shard in shards { state.holding.epochs[shard] = nil }
                state.holding.leaving.subtract(shards)
            }
        }
    }

    /// Leaves the workers, and releases all shards at once.
    func leave() {
        moving.withLock { _ in
            let (number, isOver) = state.withLock { state in
                defer { (state.isOver, state.holding, state.fences) = (true, Holding(), [:]) }
                return (state.number, state.isOver)
            }
            guard !isOver else { return }
            try? pool.lend(Self.turn) { link, _ in
                try PostgreSQLEngine.ending(link) {
                    _ = try link.script("DELETE FROM worker WHERE number = \(number)")
                    try Self.free(link)
                }
            }
        }
    }

    // MARK: Writing

    /// Returns the query within a write transaction whether this worker may write: 1 or 0.
    func question(_ fence: Fence) throws -> String {
        let wanted: Set<Int> =
            switch fence {
            case .none: []
            case .domains(let names): Set(names.map(Shard.of))
            case .desk: [Shard.desk]
            }
        let (number, epoch, pairs) = state.withLock { state in
            (state.number, state.epoch, wanted.compactMap { shard in state.fences[shard].map { (shard, $0) } })
        }
        guard pairs.count == wanted.count else { throw Self.fenced }
        let shards =
            pairs.isEmpty
            ? "true"
            : """
            (SELECT count(*) = \(pairs.count) FROM shard WHERE worker = \(number)
                AND (number, epoch) IN (\(pairs.map { "(\($0), \($1))" }.joined(separator: ", "))))
            """
        return """
            SELECT ((SELECT epoch FROM lease WHERE id = 1) = \(epoch)
                AND EXISTS (SELECT 1 FROM worker WHERE number = \(number)) AND \(shards))::int::text
            """
    }

    static var fenced: DatabaseFault {
        DatabaseFault(.superseded, reason: "another worker holds the shards that this one wanted to write to")
    }

    /// Publishes the last looks at the domains of shards for the other workers, as far as this worker still holds the
    /// shards.
    func leave(looks: [Int: Data]) throws {
        let (number, epochs) = state.withLock { ($0.number, $0.fences) }
        try pool.lend("BEGIN; \(Self.limits) SET LOCAL synchronous_commit = off") { link, _ in
            try PostgreSQLEngine.ending(link) {
                for (shard, looks) in looks {
                    guard let epoch = epochs[shard] else { continue }
                    _ = try link.execute(
                        """
                        UPDATE shard SET looks = ?, looked = \(Self.now)
                        WHERE number = ? AND worker = ? AND epoch = ?
                        """, [.blob(looks), .integer(Int64(shard)), .integer(number), .integer(epoch)])
                }
            }
        }
    }

    /// The vantage of this worker.
    var vantage: String { me.vantage }

    /// Runs a short transaction without the writers' lock, unless this worker was declared dead. It may be lost if the
    /// server loses power.
    func aside<Value>(_ body: (PostgreSQLLink) throws -> Value) throws -> Value {
        let (number, epoch) = state.withLock { ($0.number, $0.epoch) }
        return try pool.lend("BEGIN; \(Self.limits) SET LOCAL synchronous_commit = off") { link, _ in
            try PostgreSQLEngine.ending(link) {
                let place = try link.execute(
                    "SELECT 1 FROM worker WHERE number = ? AND (SELECT epoch FROM lease WHERE id = 1) = ? FOR KEY SHARE",
                    [.integer(number), .integer(epoch)])
                guard !place.rows(limit: 1).isEmpty else { throw Self.fenced }
                return try body(link)
            }
        }
    }

    // MARK: Clocks

    private static func wall() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// A clock that advances while the machine sleeps, and is never set.
    private static func steady() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension Sharing.Worker {
    /// Whether the worker is not known or considered to be dead.
    fileprivate var isAlive: Bool { !isGone && age < Sharing.patience }
}
