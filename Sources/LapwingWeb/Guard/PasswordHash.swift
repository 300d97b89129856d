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
        guard let result = crypted(password, setting: known) else { return false }
        return isEqual(Array(result.utf8), Array(known.utf8))
    }

    /// The hash of a password by bcrypt, with a cost that takes a quarter of a second; nil where the library cannot.
    ///
    /// - Parameter random: 16 bytes that nobody can guess.
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

    /// Compares without telling by the time taken where the difference is.
    static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
