/// The supported algorithms, by their numbers in IANA's registry.
public enum Algorithms {
    /// Whether signatures of the SHA-1 algorithms 5 and 7, and SHA-1 DS digests, are still accepted.
    ///
    /// RFC 9905 lets validators treat them as unsupported; Unbound and BIND do not do so yet, and neither does Lapwing.
    /// A zone that depends on them gets a separate finding.
    public static let acceptsSHA1 = true

    /// Whether signatures of the algorithm are verified; a zone without any supported algorithm counts as unsigned (RFC
    /// 4035 section 5.2).
    public static func isSupported(_ algorithm: UInt8) -> Bool {
        switch algorithm {
        case 5, 7: acceptsSHA1
        case 8, 10, 13, 14, 15, 16: true
        default: false
        }
    }

    /// Returns the digest with this number; nil if it is not supported.
    public static func digest(_ digestType: UInt8) -> DigestKind? {
        guard let kind = DigestKind(rawValue: digestType), kind != .sha1 || acceptsSHA1 else { return nil }
        return kind
    }

    /// Returns the name of a DS digest type, or its number.
    public static func digestName(_ digestType: UInt8) -> String {
        switch digestType {
        case 1: "SHA-1"
        case 2: "SHA-256"
        case 3: "GOST R 34.11-94"
        case 4: "SHA-384"
        default: "digest type \(digestType)"
        }
    }

    /// Returns the mnemonic of an algorithm, or its number.
    public static func name(_ algorithm: UInt8) -> String {
        switch algorithm {
        case 1: "RSAMD5"
        case 3: "DSA"
        case 5: "RSASHA1"
        case 6: "DSA-NSEC3-SHA1"
        case 7: "RSASHA1-NSEC3-SHA1"
        case 8: "RSASHA256"
        case 10: "RSASHA512"
        case 12: "ECC-GOST"
        case 13: "ECDSAP256SHA256"
        case 14: "ECDSAP384SHA384"
        case 15: "ED25519"
        case 16: "ED448"
        default: "algorithm \(algorithm)"
        }
    }
}
