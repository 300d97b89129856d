/// The kinds of certificates that CERT holds (RFC 4398 section 2.1).
enum CertificateType {
    private static let names: [UInt16: String] = [
        1: "PKIX", 2: "SPKI", 3: "PGP", 4: "IPKIX", 5: "ISPKI", 6: "IPGP", 7: "ACPKIX", 8: "IACPKIX", 253: "URI",
        254: "OID",
    ]
    private static let numbers = Dictionary(uniqueKeysWithValues: names.map { ($0.value, $0.key) })

    static func text(_ number: UInt16) -> String { names[number] ?? String(number) }

    static func number(_ text: String) -> UInt16? { numbers[text.uppercased()] }
}
