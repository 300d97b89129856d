import Glibc

/// Restricts the store to its owner, since it contains the watched domains and the receivers of notices.
enum StoreFile {
    /// Creates the file if it does not exist, and removes the permissions of all other users; SQLite gives its other
    /// files the same mode.
    ///
    /// Errors are left to the store, which reports why it cannot be opened.
    static func protect(_ path: String) {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        fchmod(descriptor, 0o600)
        close(descriptor)
        for suffix in ["-wal", "-shm"] { chmod(path + suffix, 0o600) }
    }
}
