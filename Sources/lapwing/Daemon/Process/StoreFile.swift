import Glibc

/// Keeps the store to its owner: it says what is watched and whom to tell.
enum StoreFile {
    /// Makes the file if there is none, and takes it from everybody else; SQLite gives its other files the same mode.
    ///
    /// What cannot be done is left to the store, which says why it cannot be opened.
    static func protect(_ path: String) {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        fchmod(descriptor, 0o600)
        close(descriptor)
        for suffix in ["-wal", "-shm"] { chmod(path + suffix, 0o600) }
    }
}
