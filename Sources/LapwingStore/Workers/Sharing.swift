/// The rule by which workers share the domains: which worker takes and releases which shards.
///
/// Each worker applies the rule itself, to the same tables, so that no coordinator is needed.
package enum Sharing {
    /// A worker in the tables.
    package struct Worker: Sendable, Hashable {
        /// Its number, a new one at each start; the oldest worker has the lowest.
        package var number: Int64
        /// Milliseconds since its last sign of life, on the server's clock.
        package var age: Int64
        /// Milliseconds by which its clock is ahead of the server's.
        package var clock: Int64
        /// Whether its process is known to have ended.
        package var isGone: Bool

        package init(number: Int64, age: Int64 = 0, clock: Int64 = 0, isGone: Bool = false) {
            self.number = number
            self.age = age
            self.clock = clock
            self.isGone = isGone
        }
    }

    /// The decision for one worker.
    package struct Decision: Sendable, Hashable {
        /// Dead workers, whose shards are free.
        package var buried: Set<Int64> = []
        /// Free shards that it takes.
        package var taken: [Int] = []
        /// Shards that it releases, since others have a better claim to them.
        package var given: [Int] = []

        package init() {}
    }

    /// Milliseconds without a sign of life after which a worker is considered dead.
    package static let patience: Int64 = 15_000
    /// Milliseconds by which a clock may differ from the server's. A worker with a larger difference would misjudge
    /// expirations of signatures and ends of silences, so it leaves the shards to others.
    package static let tolerance: Int64 = 60_000

    /// - Parameters:
    ///   - me: the number of the deciding worker, which is one of the workers.
    ///   - holders: the holder of each shard, the desk last; nil for none.
    ///   - mayBury: whether silent workers may be considered dead: not by a worker that was itself disconnected a
    ///     moment ago.
    package static func decide(
        for me: Int64, workers: [Worker], holders: [Int64?], mayBury: Bool
    ) -> Decision {
        var decision = Decision()
        decision.buried = Set(
            workers.filter { $0.number != me && ($0.isGone || mayBury && $0.age >= patience) }.map(\.number))
        let living = workers.filter { !decision.buried.contains($0.number) }
        let right = living.filter { $0.clock.magnitude <= UInt64(tolerance) }
        // If no clock agrees with the server's, the server's clock is wrong.
        let able = (right.isEmpty ? living : right).map(\.number).sorted()
        let known = Set(living.map(\.number))
        let free = holders.indices.filter { shard in holders[shard].map { !known.contains($0) } ?? true }
        let own = holders.indices.filter { holders[$0] == me }

        let place = able.firstIndex(of: me)
        let share = place.map { Shard.count / able.count + ($0 < Shard.count % able.count ? 1 : 0) } ?? 0
        let (mine, there) = (own.filter { $0 != Shard.desk }, free.filter { $0 != Shard.desk })
        decision.given = Array(mine.dropFirst(share))
        decision.taken = Array(there.prefix(max(0, share - mine.count)))
        // The desk stays where it is; a free desk is taken by the first worker.
        if place != nil, free.contains(Shard.desk) { decision.taken.append(Shard.desk) }
        if place == nil, own.contains(Shard.desk) { decision.given.append(Shard.desk) }
        return decision
    }
}
