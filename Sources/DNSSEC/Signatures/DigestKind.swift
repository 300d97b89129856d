/// The digests in DS records and NSEC3; the raw value is the DS digest type.
public enum DigestKind: UInt8, Hashable, Sendable {
    case sha1 = 1
    case sha256 = 2
    case sha384 = 4

    /// The length of the digest in bytes.
    public var length: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        }
    }
}
