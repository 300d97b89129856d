extension RecordLayout {
    /// The types that are the same in every class.
    static let inAnyClass: KeyValuePairs<RecordType, RecordLayout> = [
        .ns: RecordLayout(.name(.compressed)),
        .cname: RecordLayout(.name(.compressed)),
        .soa: RecordLayout(
            .name(.compressed), .name(.compressed), .uint32, .duration, .duration, .duration, .duration),
        .ptr: RecordLayout(.name(.compressed)),
        .mx: RecordLayout(.uint16, .name(.compressed)),
        .txt: RecordLayout(.strings),
        .dname: RecordLayout(.name(.folded)),
        .ds: RecordLayout(.uint16, .algorithm, .uint8, .hexadecimal, rule: .digestLength),
        .cds: RecordLayout(.uint16, .algorithm, .uint8, .hexadecimal, rule: .digestLength),
        .rrsig: RecordLayout(
            .recordType, .algorithm, .uint8, .uint32, .signatureTime, .signatureTime, .uint16, .name(.folded),
            .base64),
        .nsec: RecordLayout(.name(.plain), .typeBitmap),
        .dnskey: RecordLayout(.uint16, .uint8, .algorithm, .base64),
        .cdnskey: RecordLayout(.uint16, .uint8, .algorithm, .base64),
        .nsec3: RecordLayout(.uint8, .uint8, .uint16, .salt, .hashedName, .typeBitmap),
        .nsec3param: RecordLayout(.uint8, .uint8, .uint16, .salt),
        .tlsa: RecordLayout(.uint8, .uint8, .uint8, .hexadecimal),
        .spf: RecordLayout(.strings),
        .caa: RecordLayout(.uint8, .tag, .quotedRest),
    ]

    /// The types that are defined for class IN only.
    static let inInternet: KeyValuePairs<RecordType, RecordLayout> = [
        .a: RecordLayout(.ipv4),
        .aaaa: RecordLayout(.ipv6),
        .srv: RecordLayout(.uint16, .uint16, .uint16, .name(.folded)),
        .naptr: RecordLayout(.uint16, .uint16, .string, .string, .string, .name(.folded)),
        .svcb: RecordLayout(.uint16, .name(.plain), .serviceParameters),
        .https: RecordLayout(.uint16, .name(.plain), .serviceParameters),
    ]
}
