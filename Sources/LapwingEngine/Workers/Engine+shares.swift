import DNSWire
import LapwingCore
import LapwingStore
import Logging

/// A worker's own domains: those of the shards that it holds.
extension Engine {
    /// Acts for these shards from now on, each under its epoch, and drops what it knows of the domains of all others.
    ///
    /// What was learnt of domains that it lets go is written down before; of those that others have already, nothing.
    /// The watches of shards that are new come with the next ``reload(_:)``.
    package func share(_ kept: [Int: Int64]) {
        let (acting, held) = (store.acting, store.holding?.epochs ?? [:])
        let changed = Set(shares.keys.filter { kept[$0] != shares[$0] })
        if !changed.isEmpty {
            let theirs = numbers.keys.filter { changed.contains(Shard.of($0)) }
            let given = changed.filter { held[$0] == shares[$0] && acting[$0] == shares[$0] }
            for name in theirs where given.contains(Shard.of(name)) { save(name) }
            if !given.isEmpty { writeAllDays() }
            for name in theirs { drop(name) }
            for shard in changed { store.act(for: shard, under: nil) }
        }
        shares = kept.filter { $0.key != Shard.desk }
        for (shard, epoch) in shares { store.act(for: shard, under: epoch) }
    }

    /// Writes down what is remembered of one domain, with the rounds that a rest leaves out.
    private func save(_ name: Name) {
        guard var memory = states[name] else { return }
        if let number = numbers[name] { courses[number]?.turn.makeUp(in: &memory.state) }
        save(memory, of: name)
    }

    /// Shows nothing any more of domains that nobody watches.
    func forgetShown(besides wanted: Set<Name>) {
        status.change { figures in
            for name in figures.domains.keys where !wanted.contains(name) {
                figures.domains[name] = nil
                figures.zones[name] = nil
                figures.latencies.forget(name)
                figures.touched.add(name)
            }
        }
    }
}
