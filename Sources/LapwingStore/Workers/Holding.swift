/// What a worker holds of a store, as it last saw it.
package struct Holding: Sendable, Hashable {
    /// The number of the epoch in which it holds each shard, the desk among them: a shard that was another's in between has
    /// another one.
    package var epochs: [Int: Int64] = [:]
    /// Those among them that others are to get as soon as it has let them go.
    package var leaving: Set<Int> = []
    /// Workers that are alive, this one among them.
    package var workers = 0
    /// The vantages of all that are alive, each once, in order: one where workers are not told apart.
    package var places: [String] = []
    /// Shards of domains that are judged at another vantage and that this worker looks at for its own.
    package var looks: Set<Int> = []
    /// The vantage of whoever holds each shard; empty where there is one vantage only.
    package var judges: [Int: String] = [:]

    package init() {}

    /// What it holds and is to keep.
    package var kept: [Int: Int64] { epochs.filter { !leaving.contains($0.key) } }
    /// How many shards of domains it holds.
    package var shards: Int { epochs.keys.count { $0 != Shard.desk } }
}

/// Under what name a daemon shares a store with others.
package struct WorkerName: Sendable, Hashable {
    /// Another one for each worker of a store.
    package var name: String
    /// The version of the program.
    package var version: String
    /// The place from which it looks; all workers without one are one place.
    package var vantage: String

    package init(_ name: String, version: String, vantage: String = "") {
        self.name = name
        self.version = version
        self.vantage = vantage
    }
}
