import Foundation
import Glibc

/// Ensures that only one daemon uses a store: two would send everything twice and overwrite each other's memory.
///
/// It is a kernel lock on a file beside the store, so it ends with the process, however that ends.
final class StoreLock: Sendable {
    private let descriptor: Int32

    init(store: String) throws(Store.Failure) {
        // Two names of one file are the same store.
        let path = URL(fileURLWithPath: store).resolvingSymlinksInPath().path + ".lock"
        // Closed in child processes, since those that outlive the daemon must not hold the lock.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let number = errno
            let reason = String(cString: strerror(number))
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            let isForbidden = [EACCES, EPERM, EROFS].contains(number)
            throw .cannotOpen(
                path: store,
                reason: isForbidden ? "this account cannot write in \(folder) (\(reason))" : "\(path): \(reason)")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw .inUse(path: store, by: holder.map { "process \($0)" } ?? "another process")
        }
        self.descriptor = descriptor
        // The number is for information only; if the disk is full, the lock works without it.
        let number = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, number, number.count, 0) }
    }

    deinit { close(descriptor) }

    static func holder(_ descriptor: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes[..<count].prefix { (48...57).contains($0) }, as: UTF8.self))
    }
}

/// Finds the process that uses a store.
package enum StoreHolder {
    /// Returns the daemon's process number; nil if no daemon uses the store.
    package static func process(of store: String) throws -> Int? {
        let path = URL(fileURLWithPath: store).resolvingSymlinksInPath().path + ".lock"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        return StoreLock.holder(descriptor)
    }
}
