import Foundation
import Glibc
import Synchronization

/// Ensures that only one daemon uses a store: a row with an epoch that grows with each daemon that acquires it.
///
/// A lock of the server would belong to the connection, which a pooler passes to others after each transaction.
/// Instead, each writing transaction checks the epoch: a daemon that was wrongly considered dead finds another epoch
/// there and stops writing.
package final class PostgreSQLLease: Sendable {
    /// Seconds without a sign of life after which a daemon is considered dead.
    static let longest: Int64 = 20
    /// Seconds between two signs of life.
    private static let pause: TimeInterval = 5

    private let pool: PostgreSQLPool
    private let epoch: Int64
    private let isLost = Atomic(false)
    private let isReleased = Atomic(false)
    private let onLoss: @Sendable () -> Void

    /// Acquires the store once the previous holder is known to be gone.
    ///
    /// - Throws: ``Store/Failure/inUse(path:by:)`` while another daemon is alive.
    init(_ pool: PostgreSQLPool, address: String, onLoss: @escaping @Sendable () -> Void) throws {
        self.pool = pool
        self.onLoss = onLoss
        let me = Self.Holder.present
        let start = Date()
        var sign: String?
        while true {
            let (taken, holder, renewed) = try Self.take(pool, as: me)
            if let taken {
                epoch = taken
                break
            }
            // A daemon that renews its sign of life during the wait is at work.
            let isAlive = sign.map { $0 != renewed } ?? false
            guard !isAlive, Date().timeIntervalSince(start) < Double(Self.longest + 5) else {
                throw Store.Failure.inUse(path: address, by: holder)
            }
            sign = renewed
            Thread.sleep(forTimeInterval: 1)
        }
        begin()
    }

    /// The earliest sign of life of a worker that counts as alive.
    static let living = "\(PostgreSQLMembership.now) - \(Sharing.patience)"

    /// - Returns: the new epoch, or the present holder and the time of its last sign of life.
    private static func take(_ pool: PostgreSQLPool, as me: Holder) throws -> (Int64?, String, String) {
        let look = """
            BEGIN; SET LOCAL lock_timeout = '15s'; SELECT epoch::text, holder, renewed::text,
                extract(epoch FROM clock_timestamp() - renewed)::bigint::text AS age,
                (SELECT string_agg(name, ', ' ORDER BY name) FROM worker WHERE seen > \(living)) AS workers,
                (SELECT max(seen) FROM worker)::text AS seen FROM lease WHERE id = 1 FOR UPDATE
            """
        return try PostgreSQLEngine.retrying {
            try pool.lend(look) { link, rows in
                try PostgreSQLEngine.ending(link) {
                    guard let row = rows.first else { throw DatabaseFault(.statement, reason: "the lease is gone") }
                    let text: String = try row.get("holder")
                    let holder = Holder(text)
                    let (age, epoch) = (
                        Int64(try row.get("age", as: String.self)) ?? 0, try row.get("epoch", as: String.self)
                    )
                    if let workers = try row.find("workers", as: String.self) {
                        return (nil, "the workers \(workers); this daemon has no `workers`", try row.get("seen"))
                    }
                    let isFree = text.isEmpty || text == PostgreSQLMembership.holder
                    guard isFree || age >= longest || holder.isGone(from: me) else {
                        return (nil, holder.words, try row.get("renewed"))
                    }
                    let next = (Int64(epoch) ?? 0) + 1
                    _ = try link.execute(
                        "UPDATE lease SET epoch = ?, holder = ?, renewed = clock_timestamp() WHERE id = 1",
                        [.integer(next), .text(me.text)])
                    _ = try link.script("DELETE FROM worker; UPDATE shard SET worker = NULL WHERE worker IS NOT NULL")
                    return (next, "", "")
                }
            }
        }
    }

    /// Renews the sign of life until the lease is released.
    private func begin() {
        Thread.detachNewThread { [weak self] in
            repeat { Thread.sleep(forTimeInterval: Self.pause) } while self?.renew() == true
        }
    }

    /// - Returns: whether to continue.
    private func renew() -> Bool {
        guard !isReleased.load(ordering: .sequentiallyConsistent) else { return false }
        // An unreachable server is reported by the writers.
        try? pool.lend("BEGIN; SET LOCAL lock_timeout = '4s'") { link, _ in
            try PostgreSQLEngine.ending(link) {
                let count = try link.execute(
                    "UPDATE lease SET renewed = clock_timestamp() WHERE id = 1 AND epoch = ?", [.integer(epoch)]
                ).changes
                if count == 0 { lose() }
            }
        }
        return !isLost.load(ordering: .sequentiallyConsistent)
    }

    private func lose() {
        guard isLost.exchange(true, ordering: .sequentiallyConsistent) == false else { return }
        onLoss()
    }

    /// Throws once another daemon has the store.
    ///
    /// - Parameter present: the present epoch; nil to check only what is known.
    func check(_ present: Int64?) throws {
        if present != epoch { lose() }
        try check()
    }

    func check() throws {
        guard isLost.load(ordering: .sequentiallyConsistent) else { return }
        throw DatabaseFault(.superseded, reason: "another daemon has taken the store over")
    }

    /// Releases the lease, so that the next daemon need not wait.
    func release() {
        guard isReleased.exchange(true, ordering: .sequentiallyConsistent) == false else { return }
        guard !isLost.load(ordering: .sequentiallyConsistent) else { return }
        try? pool.lend("BEGIN; SET LOCAL lock_timeout = '4s'") { link, _ in
            try PostgreSQLEngine.ending(link) {
                _ = try link.execute("UPDATE lease SET holder = '' WHERE id = 1 AND epoch = ?", [.integer(epoch)])
            }
        }
    }

    /// This process, in the format of the row.
    package static var holder: String { Holder.present.text }

    /// A process, in the format of the row.
    struct Holder: Sendable {
        let text: String

        init(_ text: String) { self.text = text }

        /// This process: host, boot identifier, process namespace, process number.
        static let present = Holder(
            [
                ProcessInfo.processInfo.hostName.replacing("/", with: "_"),
                (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))?
                    .trimmingCharacters(in: .whitespacesAndNewlines) ?? "?",
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? "?",
                "\(getpid())",
            ].joined(separator: "/"))

        private var parts: [Substring] { text.split(separator: "/", omittingEmptySubsequences: false) }

        var words: String {
            let parts = parts
            guard parts.count == 4 else { return "another daemon" }
            return "process \(parts[3]) on \(parts[0])"
        }

        /// Whether it ran on this machine and has ended.
        func isGone(from me: Holder) -> Bool {
            let (its, mine) = (parts, me.parts)
            guard its.count == 4, its.dropLast() == mine.dropLast(), !mine.contains("?"), let number = pid_t(its[3])
            else { return false }
            return kill(number, 0) != 0 && errno == ESRCH
        }
    }
}
