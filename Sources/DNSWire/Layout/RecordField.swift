/// One field of record data: how it lies on the wire and how it stands in text.
enum RecordField: Hashable, Sendable {
    /// One byte, in decimal.
    case uint8
    /// Two bytes, in decimal.
    case uint16
    /// Four bytes, in decimal.
    case uint32
    /// Four bytes of seconds; text may use the units of a TTL.
    case duration
    /// Four bytes of seconds since 1970, as `YYYYMMDDHHmmSS` (RFC 4034 section 3.2).
    case signatureTime
    /// Two bytes, the name of a record type.
    case recordType
    /// One byte, the number of a DNSSEC algorithm; text may use its name.
    case algorithm
    /// Four bytes, an address of IPv4.
    case ipv4
    /// Sixteen bytes, an address of IPv6.
    case ipv6
    /// A domain name.
    case name(NameRole)
    /// A character-string: a length byte and that many bytes.
    case string
    /// The character-strings that fill the rest, at least one.
    case strings
    /// The tag of a CAA property: letters and digits after a length byte, without quotes.
    case tag
    /// The rest, in quotes.
    case quotedRest
    /// The rest in base 64.
    case base64
    /// The rest in hexadecimal.
    case hexadecimal
    /// A length byte and that many bytes in hexadecimal, `-` for none.
    case salt
    /// A length byte and that many bytes in base 32 with the extended hex alphabet.
    case hashedName
    /// The blocks of a type bitmap (RFC 4034 section 4.1.2) that fill the rest.
    case typeBitmap
    /// Two bytes, in octal.
    case octal
    /// Six bytes, in decimal.
    case uint48
    /// Two bytes, a response code by its name.
    case responseCode
    /// Two bytes, a kind of certificate, by its name where it has one.
    case certificateType
    /// One byte, a DNSSEC algorithm, by its name where it has one.
    case namedAlgorithm
    /// One byte, how to notify: `NOTIFY` or a number (RFC 9859).
    case notifyScheme
    /// Two length bytes and that many bytes: the length in decimal, then base 64 if there is any.
    case sizedBase64
    /// The rest in hexadecimal after `0x`.
    case prefixedHexadecimal
    /// Eight bytes as four groups of hexadecimal digits with colons.
    case colonGroups
    /// That many bytes, two hexadecimal digits each, with hyphens.
    case hyphenated(count: Int)
    /// A character-string that is a decimal number.
    case decimalString
    /// A character-string or nothing.
    case optionalString
    /// Version, sizes and coordinates of LOC (RFC 1876).
    case location
    /// The address prefixes of APL that fill the rest (RFC 3123).
    case addressPrefixes
    /// All of HIP (RFC 8005): algorithm, tag, key and rendezvous servers.
    case hostIdentity
    /// Precedence, kind, algorithm and gateway of IPSECKEY (RFC 4025).
    case gateway
    /// All of AMTRELAY (RFC 8777): precedence, discovery bit, kind and relay.
    case relay
    /// The ports of WKS that fill the rest.
    case ports
    /// The parameters of SVCB that fill the rest (RFC 9460 section 2.2).
    case serviceParameters

    /// What may be done to a name inside record data.
    enum NameRole: Hashable, Sendable {
        /// Lower case in canonical form, may be compressed, and is when encoded: the types of RFC 1035.
        case compressed
        /// Lower case in canonical form, may come compressed, is not compressed when encoded (RFC 3597 section 4).
        case decompressed
        /// Lower case in canonical form (RFC 4034 section 6.2), never compressed.
        case folded
        /// As it is, never compressed.
        case plain

        var mayBeCompressed: Bool { self == .compressed || self == .decompressed }
    }
}
