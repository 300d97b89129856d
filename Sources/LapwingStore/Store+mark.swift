import Synchronization

extension Store {
    /// Differs from an earlier one when anybody wrote to the store in between, this process or another.
    package struct Mark: Hashable, Sendable {
        fileprivate var engine: [Int64]
        /// Writes that went to memory since the store cannot be written.
        fileprivate var spare: Int
    }

    /// The present mark, which is had for little; nil where there is none.
    ///
    /// It may be as coarse as the kernel's ticks, so whoever looks at marks alone should look at the store itself once in a
    /// while.
    package var mark: Mark? {
        database.mark.map { Mark(engine: $0, spare: reserve.withLock { $0?.writes ?? -1 }) }
    }
}
