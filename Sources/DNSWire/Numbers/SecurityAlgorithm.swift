/// The mnemonics of the DNSSEC algorithms, which text may use instead of their numbers.
enum SecurityAlgorithm {
    private static let names: [UInt8: String] = [
        1: "RSAMD5", 2: "DH", 3: "DSA", 5: "RSASHA1", 6: "NSEC3DSA", 7: "NSEC3RSASHA1", 8: "RSASHA256",
        10: "RSASHA512", 12: "ECCGOST", 13: "ECDSAP256SHA256", 14: "ECDSAP384SHA384", 15: "ED25519", 16: "ED448",
        252: "INDIRECT", 253: "PRIVATEDNS", 254: "PRIVATEOID",
    ]
    private static let numbers: [String: UInt8] = {
        var numbers = Dictionary(uniqueKeysWithValues: names.map { ($0.value, $0.key) })
        // Names that some programs use besides, or that dig does not print yet.
        numbers["ECC"] = 4
        numbers["MLDSA44"] = 18
        numbers["DSA-NSEC3-SHA1"] = 6
        numbers["DSANSEC3SHA1"] = 6
        numbers["RSASHA1-NSEC3-SHA1"] = 7
        numbers["RSASHA1NSEC3SHA1"] = 7
        return numbers
    }()

    /// The mnemonic, or the number where there is none.
    static func text(_ number: UInt8) -> String { names[number] ?? String(number) }

    /// The number of a mnemonic in any case; nil for another text.
    static func number(_ text: String) -> UInt8? { numbers[text.uppercased()] }
}
