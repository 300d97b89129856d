/// The shards that a worker holds, as last seen.
package struct Holding: Sendable, Hashable {
    /// The epoch in which it holds each shard, including the desk: a shard that belonged to another worker in between
    /// has a new epoch.
    package var epochs: [Int: Int64] = [:]
    /// The held shards that others are to get as soon as they are released.
    package var leaving: Set<Int> = []
    /// The number of live workers, including this one.
    package var workers = 0
    /// The sorted vantages of all live workers, each once; a single one if workers are not distinguished by vantage.
    package var places: [String] = []
    /// The shards that another vantage judges and that this worker looks at for its own.
    package var looks: Set<Int> = []
    /// The vantage of the holder of each shard; empty if there is only one vantage.
    package var judges: [Int: String] = [:]

    package init() {}

    /// The held shards that it is to keep.
    package var kept: [Int: Int64] { epochs.filter { !leaving.contains($0.key) } }
    /// The number of held shards with domains.
    package var shards: Int { epochs.keys.count { $0 != Shard.desk } }
}

/// The name under which a daemon shares a store with others.
package struct WorkerName: Sendable, Hashable {
    /// Unique among the workers of a store.
    package var name: String
    /// The version of the program.
    package var version: String
    /// The place from which it looks; all workers without a vantage form one place.
    package var vantage: String

    package init(_ name: String, version: String, vantage: String = "") {
        self.name = name
        self.version = version
        self.vantage = vantage
    }
}
