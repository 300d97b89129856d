import Glibc
import Synchronization

extension Store {
    /// Differs from an earlier one when anybody wrote to the store in between, this process or another.
    package struct Mark: Hashable, Sendable {
        fileprivate var size: Int
        fileprivate var seconds: Int
        fileprivate var nanoseconds: Int
        /// Writes that went to memory since the file cannot be written.
        fileprivate var spare: Int
    }

    /// The present mark, for one system call; nil for a store without a file.
    ///
    /// Every commit goes to the write-ahead log. Its times are as fine as the kernel's ticks, so whoever looks at marks
    /// alone should look at the store itself once in a while.
    package var mark: Mark? {
        guard let path else { return nil }
        var status = stat()
        guard stat(path + "-wal", &status) == 0 else { return nil }
        return Mark(
            size: Int(status.st_size), seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec),
            spare: reserve.withLock { $0?.writes ?? -1 })
    }
}
