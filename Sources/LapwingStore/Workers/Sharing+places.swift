/// The rule by which workers of several vantages share looking.
///
/// Judging moves memory, so that it is leased. A look leaves nothing behind but its last row, which anybody of the same
/// vantage could have written: who looks is read off the list of the living, without a table and without an epoch. While
/// a worker comes or goes two of them may look at one domain for a moment, and the later row stands.
extension Sharing {
    /// The shards of domains that a worker looks at for its vantage: of those that are judged elsewhere its share.
    ///
    /// - Parameters:
    ///   - vantages: of each worker that is alive, by its number, the one that asks among them.
    ///   - holders: who holds each shard, the desk last; nil for nobody.
    package static func looks(for me: Int64, vantages: [Int64: String], holders: [Int64?]) -> Set<Int> {
        guard let own = vantages[me], Set(vantages.values).count > 1 else { return [] }
        let mates = vantages.filter { $0.value == own }.keys.sorted()
        guard let place = mates.firstIndex(of: me) else { return [] }
        // One after the other, so that what is judged elsewhere is shared evenly however it lies.
        let others = holders.indices.filter { shard in
            shard != Shard.desk && holders[shard].flatMap { vantages[$0] } != own
        }
        return Set(others.enumerated().filter { $0.offset % mates.count == place }.map(\.element))
    }
}
