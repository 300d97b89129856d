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
    /// The parameters of SVCB that fill the rest (RFC 9460 section 2.2).
    case serviceParameters

    /// What may be done to a name inside record data.
    enum NameRole: Hashable, Sendable {
        /// Lower case in canonical form, and compressed when encoded: the types of RFC 1035.
        case compressed
        /// Lower case in canonical form (RFC 4034 section 6.2), never compressed.
        case folded
        /// As it is.
        case plain
    }
}
