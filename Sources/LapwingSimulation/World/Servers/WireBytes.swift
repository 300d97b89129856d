/// Bytes as a dictionary key: hashed as a block, which for a message is many times faster than byte by byte.
struct WireBytes: Hashable {
    var bytes: [UInt8]

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
