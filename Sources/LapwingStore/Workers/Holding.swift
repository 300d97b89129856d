/// What a worker holds of a store, as it last saw it.
package struct Holding: Sendable, Hashable {
    /// The number of the epoch in which it holds each shard, the desk among them: a shard that was another's in between has
    /// another one.
    package var epochs: [Int: Int64] = [:]
    /// Those among them that others are to get as soon as it has let them go.
    package var leaving: Set<Int> = []
    /// Workers that are alive, this one among them.
    package var workers = 0

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

    package init(_ name: String, version: String) {
        self.name = name
        self.version = version
    }
}
