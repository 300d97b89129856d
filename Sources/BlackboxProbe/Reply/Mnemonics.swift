/// The names in blackbox_exporter's DNS library, some of which differ from the registry's.
package enum Mnemonics {
    /// The type ANY.
    package static let any: UInt16 = 255
    /// The type SOA.
    package static let soa: UInt16 = 6

    /// Record types by name.
    package static let types: [String: UInt16] = [
        "None": 0, "A": 1, "NS": 2, "MD": 3, "MF": 4, "CNAME": 5, "SOA": 6, "MB": 7, "MG": 8, "MR": 9, "NULL": 10,
        "PTR": 12, "HINFO": 13, "MINFO": 14, "MX": 15, "TXT": 16, "RP": 17, "AFSDB": 18, "X25": 19, "ISDN": 20,
        "RT": 21, "NSAP-PTR": 23, "SIG": 24, "KEY": 25, "PX": 26, "GPOS": 27, "AAAA": 28, "LOC": 29, "NXT": 30,
        "EID": 31, "NIMLOC": 32, "SRV": 33, "ATMA": 34, "NAPTR": 35, "KX": 36, "CERT": 37, "DNAME": 39, "OPT": 41,
        "APL": 42, "DS": 43, "SSHFP": 44, "IPSECKEY": 45, "RRSIG": 46, "NSEC": 47, "DNSKEY": 48, "DHCID": 49,
        "NSEC3": 50, "NSEC3PARAM": 51, "TLSA": 52, "SMIMEA": 53, "HIP": 55, "NINFO": 56, "RKEY": 57, "TALINK": 58,
        "CDS": 59, "CDNSKEY": 60, "OPENPGPKEY": 61, "CSYNC": 62, "ZONEMD": 63, "SVCB": 64, "HTTPS": 65, "SPF": 99,
        "UINFO": 100, "UID": 101, "GID": 102, "UNSPEC": 103, "NID": 104, "L32": 105, "L64": 106, "LP": 107,
        "EUI48": 108, "EUI64": 109, "NXNAME": 128, "TKEY": 249, "TSIG": 250, "IXFR": 251, "AXFR": 252, "MAILB": 253,
        "MAILA": 254, "ANY": 255, "URI": 256, "CAA": 257, "AVC": 258, "AMTRELAY": 260, "RESINFO": 261, "TA": 32768,
        "DLV": 32769, "Reserved": 65535,
    ]

    /// Classes by name.
    package static let classes: [String: UInt16] = ["IN": 1, "CS": 2, "CH": 3, "HS": 4, "NONE": 254, "ANY": 255]

    /// Response codes by name; two names may have the same code.
    package static let responseCodes: [String: UInt16] = [
        "NOERROR": 0, "FORMERR": 1, "SERVFAIL": 2, "NXDOMAIN": 3, "NOTIMP": 4, "NOTIMPL": 4, "REFUSED": 5,
        "YXDOMAIN": 6, "YXRRSET": 7, "NXRRSET": 8, "NOTAUTH": 9, "NOTZONE": 10, "DSOTYPENI": 11, "BADSIG": 16,
        "BADKEY": 17, "BADTIME": 18, "BADMODE": 19, "BADNAME": 20, "BADALG": 21, "BADTRUNC": 22, "BADCOOKIE": 23,
    ]

    static let responseCodeText = [UInt16: String](
        responseCodes.filter { $0.key != "NOTIMPL" }.map { ($0.value, $0.key) }, uniquingKeysWith: { $1 })

    private static let typeText = [UInt16: String](types.map { ($0.value, $0.key) }, uniquingKeysWith: { $1 })

    private static let certificates: [UInt16: String] = [
        1: "PKIX", 2: "SPKI", 3: "PGP", 4: "IPIX", 5: "ISPKI", 6: "IPGP", 7: "ACPKIX", 8: "IACPKIX", 253: "URI",
        254: "OID",
    ]

    private static let algorithms: [UInt8: String] = [
        1: "RSAMD5", 2: "DH", 3: "DSA", 5: "RSASHA1", 6: "DSA-NSEC3-SHA1", 7: "RSASHA1-NSEC3-SHA1", 8: "RSASHA256",
        10: "RSASHA512", 12: "ECC-GOST", 13: "ECDSAP256SHA256", 14: "ECDSAP384SHA384", 15: "ED25519", 16: "ED448",
        252: "INDIRECT", 253: "PRIVATEDNS", 254: "PRIVATEOID",
    ]

    private static let hashes: [UInt8: String] = [1: "SHA1", 2: "SHA256", 3: "GOST94", 4: "SHA384", 5: "SHA512"]

    private static let operations: [UInt16: String] = [0: "QUERY", 1: "IQUERY", 2: "STATUS", 4: "NOTIFY", 5: "UPDATE"]

    static func certificate(_ number: UInt16) -> String { certificates[number] ?? String(number) }
    static func algorithm(_ number: UInt8) -> String { algorithms[number] ?? String(number) }
    static func hash(_ number: UInt8) -> String { hashes[number] ?? String(number) }
    /// Empty for a number without a name.
    static func operation(_ number: UInt16) -> String { operations[number] ?? "" }

    static func type(_ number: UInt16) -> String { typeText[number] ?? "TYPE\(number)" }

    /// Returns a type by its name in any case, or by `TYPEn`; nil if it is unknown.
    package static func number(ofType text: String) -> UInt16? {
        let upper = text.uppercased()
        return types[upper] ?? (upper.hasPrefix("TYPE") ? UInt16(upper.dropFirst(4)) : nil)
    }

    /// `ANY` is also the name of a type and is therefore never printed for a class.
    static func recordClass(_ number: UInt16) -> String {
        switch number {
        case 1: "IN"
        case 2: "CS"
        case 3: "CH"
        case 4: "HS"
        case 254: "NONE"
        default: "CLASS\(number)"
        }
    }
}
