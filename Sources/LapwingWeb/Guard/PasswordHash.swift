import CPasswordHash

/// Checks passwords against the hashes that `crypt` supports: bcrypt, yescrypt, SHA-512.
package enum PasswordHash {
    /// Longer passwords are refused without hashing.
    private static let longest = 512

    /// Whether the password matches the hash. Takes a tenth of a second on purpose; do not call it on a thread that
    /// others wait for.
    package static func matches(_ password: String, hash: String) -> Bool {
        guard password.utf8.count <= longest, !password.utf8.contains(0), hash.hasPrefix("$") else { return false }
        // Other programs write another prefix for the same algorithm.
        let known = hash.hasPrefix("$2x$") ? "$2b$" + hash.dropFirst(4) : hash
        guard let result = crypted(password, setting: known) else { return false }
        return isEqual(Array(result.utf8), Array(known.utf8))
    }

    /// Returns the bcrypt hash of a password, with a cost of about a quarter of a second; nil if the library fails.
    ///
    /// - Parameter random: 16 unpredictable bytes.
    package static func make(_ password: String, random: [UInt8]) -> String? {
        var setting = [CChar](repeating: 0, count: 192)
        let bytes = random.map { CChar(bitPattern: $0) }
        guard crypt_gensalt_rn("$2b$", 12, bytes, Int32(bytes.count), &setting, Int32(setting.count)) != nil else {
            return nil
        }
        return crypted(
            password, setting: String(decoding: setting.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        )
    }

    private static func crypted(_ password: String, setting: String) -> String? {
        let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
        data.initialize(to: crypt_data())
        defer {
            data.deinitialize(count: 1)
            data.deallocate()
        }
        return crypt_r(password, setting, data).map { String(cString: $0) }
    }

    /// Compares in constant time, so that timing does not reveal the position of a difference.
    static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
