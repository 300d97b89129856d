/// The rule by which workers of several vantages share the looks at domains that another vantage judges.
///
/// Judging needs a lease because it writes memory. A look only replaces a row, which any worker of the same vantage
/// could have written. The looks are therefore shared by the list of live workers, without a table and without an
/// epoch. While a worker joins or leaves, two workers may look at one domain for a moment, and the later row wins.
extension Sharing {
    /// Returns the shards that a worker looks at for its vantage: its share of those that are judged elsewhere.
    ///
    /// - Parameters:
    ///   - vantages: the vantage of each live worker by its number, including this one.
    ///   - holders: the holder of each shard, the desk last; nil for a shard without one.
    package static func looks(for me: Int64, vantages: [Int64: String], holders: [Int64?]) -> Set<Int> {
        guard let own = vantages[me], Set(vantages.values).count > 1 else { return [] }
        let mates = vantages.filter { $0.value == own }.keys.sorted()
        guard let place = mates.firstIndex(of: me) else { return [] }
        // In turn, so that the shards judged elsewhere are shared evenly, whichever they are.
        let others = holders.indices.filter { shard in
            shard != Shard.desk && holders[shard].flatMap { vantages[$0] } != own
        }
        return Set(others.enumerated().filter { $0.offset % mates.count == place }.map(\.element))
    }
}
