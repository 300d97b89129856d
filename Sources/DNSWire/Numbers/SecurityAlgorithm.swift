/// The mnemonics of the DNSSEC algorithms, which text may use instead of their numbers.
enum SecurityAlgorithm {
    private static let numbers: [String: UInt8] = [
        "RSAMD5": 1, "DH": 2, "DSA": 3, "ECC": 4, "RSASHA1": 5, "DSANSEC3SHA1": 6, "NSEC3DSA": 6,
        "RSASHA1NSEC3SHA1": 7, "NSEC3RSASHA1": 7, "RSASHA256": 8, "RSASHA512": 10, "ECCGOST": 12,
        "ECDSAP256SHA256": 13, "ECDSAP384SHA384": 14, "ED25519": 15, "ED448": 16, "INDIRECT": 252,
        "PRIVATEDNS": 253, "PRIVATEOID": 254,
    ]

    /// The number of a mnemonic in any case; nothing for another text.
    static func number(_ text: String) -> UInt8? { numbers[text.uppercased()] }
}
