import DNSWire
import LapwingCore
import LapwingStore
import Logging

/// The domains of a worker: those of the shards that it holds.
extension Engine {
    /// Takes over these shards, each under its epoch, and drops the data of the domains in all others.
    ///
    /// The data learnt about domains in released shards is written first, unless another worker holds the shard
    /// already. The watches of new shards come with the next ``reload(_:)``.
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

    /// Writes the memory of one domain, including the rounds that a rest omits.
    private func save(_ name: Name) {
        guard var memory = states[name] else { return }
        if let number = numbers[name] { courses[number]?.value.turn.makeUp(in: &memory.state) }
        save(memory, of: name)
    }

    /// Removes the displayed state of domains that are no longer watched.
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
