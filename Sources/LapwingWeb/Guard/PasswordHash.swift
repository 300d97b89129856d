import CPasswordHash

/// Checks passwords against the hashes that `crypt` knows: bcrypt, yescrypt, SHA-512.
package enum PasswordHash {
    /// A longer password is refused rather than worked on.
    private static let longest = 512

    /// Takes a tenth of a second on purpose; not to be called on a thread that others wait for.
    package static func matches(_ password: String, hash: String) -> Bool {
        guard password.utf8.count <= longest, !password.utf8.contains(0), hash.hasPrefix("$") else { return false }
        // Other programs write the mark of the same algorithm in other ways.
        let known = hash.hasPrefix("$2x$") ? "$2b$" + hash.dropFirst(4) : hash
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        data.initialize(to: crypt_data())
        defer {
            data.deinitialize(count: 1)
            data.deallocate()
        }
        guard let result = crypt_r(password, known, data) else { return false }
        return isEqual(Array(String(cString: result).utf8), Array(known.utf8))
    }

    /// Compares without telling by the time taken where the difference is.
    static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
