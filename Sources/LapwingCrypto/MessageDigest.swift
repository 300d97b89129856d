internal import CCrypto

/// A digest of libcrypto, looked up once: a lookup by name costs more than hashing a record.
package struct MessageDigest: @unchecked Sendable {  // The pointer is to an immutable, reference-counted method table.
    /// 20 bytes; for the algorithms, DS records and NSEC3 hashes that still use SHA-1.
    package static let sha1 = MessageDigest("SHA1", length: 20)
    /// 32 bytes.
    package static let sha256 = MessageDigest("SHA256", length: 32)
    /// 48 bytes.
    package static let sha384 = MessageDigest("SHA384", length: 48)
    /// 64 bytes.
    package static let sha512 = MessageDigest("SHA512", length: 64)

    let method: OpaquePointer?
    let length: Int

    private init(_ name: String, length: Int) {
        method = EVP_MD_fetch(nil, name, nil)
        self.length = length
    }

    /// The digest of some bytes.
    package func of(_ data: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: length)
        var written: UInt32 = 0
        let done = EVP_Digest(data, data.count, &out, &written, method, nil)
        precondition(done == 1 && Int(written) == length, "libcrypto has no such digest")
        return out
    }

    /// The HMAC of some bytes (RFC 2104).
    func authenticate(_ data: [UInt8], key: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: length)
        var written: UInt32 = 0
        let result = HMAC(method, key, Int32(clamping: key.count), data, data.count, &out, &written)
        precondition(result != nil && Int(written) == length, "libcrypto has no such HMAC")
        return out
    }
}

/// The HMAC-SHA256 of some bytes (RFC 2104), 32 bytes.
package func hmacSHA256(key: [UInt8], _ data: [UInt8]) -> [UInt8] {
    MessageDigest.sha256.authenticate(data, key: key)
}
