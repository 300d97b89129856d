extension RecordLayout {
    /// The types that are the same in every class.
    static let inAnyClass: KeyValuePairs<RecordType, RecordLayout> = [
        .ns: RecordLayout(.name(.compressed)),
        .cname: RecordLayout(.name(.compressed)),
        .soa: RecordLayout(
            .name(.compressed), .name(.compressed), .uint32, .duration, .duration, .duration, .duration),
        .ptr: RecordLayout(.name(.compressed)),
        .hinfo: RecordLayout(.string, .string),
        .mx: RecordLayout(.uint16, .name(.compressed)),
        .txt: RecordLayout(.strings),
        .rp: RecordLayout(.name(.decompressed), .name(.decompressed)),
        .afsdb: RecordLayout(.uint16, .name(.decompressed)),
        .x25: RecordLayout(.string),
        .isdn: RecordLayout(.string, .optionalString),
        .rt: RecordLayout(.uint16, .name(.decompressed)),
        .sig: signature(.decompressed),
        .key: key,
        .gpos: RecordLayout(.decimalString, .decimalString, .decimalString, rule: .geographicalPosition),
        .loc: RecordLayout(.location),
        .cert: RecordLayout(.certificateType, .uint16, .namedAlgorithm, .base64),
        .dname: RecordLayout(.name(.folded)),
        .ds: delegation(.digestLength),
        .sshfp: RecordLayout(.uint8, .uint8, .hexadecimal, rule: .fingerprintLength),
        .rrsig: signature(.folded),
        .nsec: RecordLayout(.name(.plain), .typeBitmap),
        .dnskey: key,
        .nsec3: RecordLayout(.uint8, .uint8, .uint16, .salt, .hashedName, .typeBitmap),
        .nsec3param: RecordLayout(.uint8, .uint8, .uint16, .salt),
        .tlsa: certificateAssociation,
        .smimea: certificateAssociation,
        .hip: RecordLayout(.hostIdentity),
        .ninfo: RecordLayout(.strings),
        .cds: delegation(.childDigestLength),
        .cdnskey: key,
        .openpgpkey: RecordLayout(.base64),
        .csync: RecordLayout(.uint32, .uint16, .typeBitmap),
        .zonemd: RecordLayout(.uint32, .uint8, .uint8, .hexadecimal, rule: .zoneDigestLength),
        .dsync: RecordLayout(.recordType, .notifyScheme, .uint16, .name(.plain)),
        .hhit: RecordLayout(.base64),
        .brid: RecordLayout(.base64),
        .spf: RecordLayout(.strings),
        .nid: RecordLayout(.uint16, .colonGroups),
        .l32: RecordLayout(.uint16, .ipv4),
        .l64: RecordLayout(.uint16, .colonGroups),
        .lp: RecordLayout(.uint16, .name(.plain)),
        .eui48: RecordLayout(.hyphenated(count: 6)),
        .eui64: RecordLayout(.hyphenated(count: 8)),
        .tkey: RecordLayout(
            .name(.plain), .uint32, .uint32, .uint16, .responseCode, .sizedBase64, .sizedBase64),
        .tsig: RecordLayout(.name(.plain), .uint48, .uint16, .sizedBase64, .uint16, .responseCode, .sizedBase64),
        .uri: RecordLayout(.uint16, .uint16, .quotedRest, rule: .longerThan(4)),
        .caa: RecordLayout(.uint8, .tag, .quotedRest),
        .avc: RecordLayout(.strings),
        .amtrelay: RecordLayout(.relay),
        .resinfo: RecordLayout(.strings),
        .wallet: RecordLayout(.strings),
    ]

    /// The types that are defined for class IN only.
    static let inInternet: KeyValuePairs<RecordType, RecordLayout> = [
        .a: RecordLayout(.ipv4),
        .wks: RecordLayout(.ipv4, .uint8, .ports),
        .nsap: RecordLayout(.prefixedHexadecimal),
        .nsapPTR: RecordLayout(.name(.plain)),
        .px: RecordLayout(.uint16, .name(.decompressed), .name(.decompressed)),
        .aaaa: RecordLayout(.ipv6),
        .srv: RecordLayout(.uint16, .uint16, .uint16, .name(.decompressed)),
        .naptr: RecordLayout(.uint16, .uint16, .string, .string, .string, .name(.decompressed)),
        .kx: RecordLayout(.uint16, .name(.folded)),
        .apl: RecordLayout(.addressPrefixes),
        .ipseckey: RecordLayout(.gateway, .base64),
        .dhcid: RecordLayout(.base64),
        .svcb: service,
        .https: service,
    ]

    /// That of DLV (RFC 4431), whose number, 32769, is too far from the others' to stand in a table with them.
    static let lookaside = delegation(.digestLength)

    /// The address of Chaosnet: a name and a number (RFC 1035 section 3.4.1 has only that of the Internet).
    static let chaosAddress = RecordLayout(.name(.folded), .octal)

    private static let key = RecordLayout(.uint16, .uint8, .algorithm, .base64)
    private static let service = RecordLayout(
        .uint16, .name(.plain), .serviceParameters, rule: .aliasIsBare)
    private static let certificateAssociation = RecordLayout(
        .uint8, .uint8, .uint8, .hexadecimal, rule: .associationLength)

    private static func delegation(_ rule: RecordRule) -> RecordLayout {
        RecordLayout(.uint16, .algorithm, .uint8, .hexadecimal, rule: rule)
    }

    private static func signature(_ signer: RecordField.NameRole) -> RecordLayout {
        RecordLayout(
            .recordType, .algorithm, .uint8, .duration, .signatureTime, .signatureTime, .uint16, .name(signer),
            .base64)
    }
}
