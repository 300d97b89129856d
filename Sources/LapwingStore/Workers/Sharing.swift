/// The rule by which workers share the domains: who takes and who gives which shards.
///
/// Each worker asks it for itself, with the same tables before it, so that nobody has to be in command.
package enum Sharing {
    /// A worker as the tables have it.
    package struct Worker: Sendable, Hashable {
        /// Its number, another one each time that it begins; the oldest worker has the lowest.
        package var number: Int64
        /// Milliseconds since it was last heard of, by the server's clock.
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

    /// What one worker is to do.
    package struct Decision: Sendable, Hashable {
        /// Workers that are dead; what they hold is free.
        package var buried: Set<Int64> = []
        /// Shards that it takes; all of them are free.
        package var taken: [Int] = []
        /// Shards that it lets go, as others have a better right to them.
        package var given: [Int] = []

        package init() {}
    }

    /// Milliseconds after which a worker that was not heard of is taken for dead.
    package static let patience: Int64 = 15_000
    /// Milliseconds by which a clock may differ from the server's. Whoever's is further off takes signatures for ended and
    /// silences for over, so that it stands back for others.
    package static let tolerance: Int64 = 60_000

    /// - Parameters:
    ///   - me: the number of the worker that asks, which is one of the workers.
    ///   - holders: who holds each shard, the desk last; nil for nobody.
    ///   - mayBury: whether silence of others says something: not to a worker that was cut off itself a moment ago.
    package static func decide(
        for me: Int64, workers: [Worker], holders: [Int64?], mayBury: Bool
    ) -> Decision {
        var decision = Decision()
        decision.buried = Set(
            workers.filter { $0.number != me && ($0.isGone || mayBury && $0.age >= patience) }.map(\.number))
        let living = workers.filter { !decision.buried.contains($0.number) }
        let right = living.filter { $0.clock.magnitude <= UInt64(tolerance) }
        // Where no clock agrees with the server's, it is the server's that is wrong.
        let able = (right.isEmpty ? living : right).map(\.number).sorted()
        let known = Set(living.map(\.number))
        let free = holders.indices.filter { shard in holders[shard].map { !known.contains($0) } ?? true }
        let own = holders.indices.filter { holders[$0] == me }

        let place = able.firstIndex(of: me)
        let share = place.map { Shard.count / able.count + ($0 < Shard.count % able.count ? 1 : 0) } ?? 0
        let (mine, there) = (own.filter { $0 != Shard.desk }, free.filter { $0 != Shard.desk })
        decision.given = Array(mine.dropFirst(share))
        decision.taken = Array(there.prefix(max(0, share - mine.count)))
        // The desk stays where it is: who comes first has it.
        if place != nil, free.contains(Shard.desk) { decision.taken.append(Shard.desk) }
        if place == nil, own.contains(Shard.desk) { decision.given.append(Shard.desk) }
        return decision
    }
}
