import Synchronization

extension Store {
    /// Differs from an earlier value if any process has written to the store in between.
    package struct Mark: Hashable, Sendable {
        fileprivate var engine: [Int64]
        /// The number of writes to memory since the store became unwritable.
        fileprivate var spare: Int
    }

    /// The present mark, which is cheap to read; nil if there is none.
    ///
    /// It may be as coarse as the kernel's ticks, so callers that compare marks should read the store itself once in a
    /// while.
    package var mark: Mark? {
        database.mark.map { Mark(engine: $0, spare: reserve.withLock { $0?.writes ?? -1 }) }
    }
}
