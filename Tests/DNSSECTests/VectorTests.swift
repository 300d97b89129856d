import DNSSEC
import DNSWire
import LapwingCrypto
import Testing

/// The examples that the RFCs give.
@Suite struct VectorTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var zone: String
        var key: String
        var digest: String?
        var record: (name: String, type: RecordType, data: String)
        var signature: String
    }

    static let vectors: [Vector] = [
        Vector(
            testDescription: "RFC 8080 section 6.1, first", zone: "example.com",
            key: "257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
            digest: "3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b",
            record: ("example.com", .mx, "10 mail.example.com."),
            signature: "MX 15 2 3600 1440021600 1438207200 3613 example.com. "
                + "oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg=="),
        Vector(
            testDescription: "RFC 8080 section 6.1, second", zone: "example.com",
            key: "257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=",
            digest: "35217 15 2 401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c",
            record: ("example.com", .mx, "10 mail.example.com."),
            signature: "MX 15 2 3600 1440021600 1438207200 35217 example.com. "
                + "zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg=="),
        Vector(
            testDescription: "RFC 8080 section 6.2", zone: "example.com",
            key: "257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA",
            digest: "9713 16 2 6ccf18d5bc5d7fc2fceb1d59d17321402f2aa8d368048db93dd811f5cb2b19c7",
            record: ("example.com", .mx, "10 mail.example.com."),
            signature: "MX 16 2 3600 1440021600 1438207200 9713 example.com. "
                + "3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+Gj7FS"
                + "vOKxE/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA"),
        Vector(
            testDescription: "RFC 6605 section 6.1", zone: "example.net",
            key: "257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
            digest: "55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17",
            record: ("www.example.net", .a, "192.0.2.1"),
            signature: "A 13 3 3600 20100909100439 20100812100439 55648 example.net. "
                + "qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw=="),
        Vector(
            testDescription: "RFC 6605 section 6.2", zone: "example.net",
            key:
                "257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45"
                + "NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40",
            digest:
                "10771 14 4 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a94"
                + "6df983d6",
            record: ("www.example.net", .a, "192.0.2.1"),
            signature: "A 14 3 3600 20100909102025 20100812102025 10771 example.net. "
                + "/L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7"
                + "wnqXL5bdcJzusdnI0RSMROxxwGipWcJm"),
        Vector(
            testDescription: "RFC 5702 section 6.1", zone: "example.net",
            key: "256 3 8 AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=",
            digest: nil, record: ("www.example.net", .a, "192.0.2.91"),
            signature: "A 8 3 3600 20300101000000 20000101000000 9033 example.net. "
                + "kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg=="),
        Vector(
            testDescription: "RFC 5702 section 6.2", zone: "example.net",
            key:
                "256 3 10 AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFDxj13tOnD9u/1kTg7c"
                + "V6rklMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL",
            digest: nil, record: ("www.example.net", .a, "192.0.2.91"),
            signature: "A 10 3 3600 20300101000000 20000101000000 3740 example.net. "
                + "tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm/zpq"
                + "+9fOuagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw="),
    ]

    @Test(arguments: vectors) func verifies(vector: Vector) throws {
        let key = try #require(DNSKEY(try RecordData(type: .dnskey, text: vector.key)))
        let fields = try #require(RRSIG(try RecordData(type: .rrsig, text: vector.signature)))
        #expect(key.keyTag == fields.keyTag)
        let data = try RecordData(type: vector.record.type, text: vector.record.data)
        let set = RRset(name: try Name(vector.record.name), type: vector.record.type, ttl: 3600, data: [data])
        let bytes = try #require(CanonicalForm.signedBytes(set, fields))
        let verdict = LibcryptoVerifier().verify(
            algorithm: key.algorithm, publicKey: key.publicKey, data: bytes, signature: fields.signature)
        #expect(verdict == true)
        guard let text = vector.digest else { return }
        let digest = try #require(DS(try RecordData(type: .ds, text: text)))
        let kind = try #require(DigestKind(rawValue: digest.digestType))
        let made = LibcryptoVerifier().digest(kind, CanonicalForm.delegationBytes(try Name(vector.zone), key))
        #expect(made == digest.digest)
    }

    /// RFC 4034 section 5.4 and RFC 4509 section 2.3.
    @Test func digestsOfOneKey() throws {
        let text =
            "256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvx"
            + "egXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw=="
        let key = try #require(DNSKEY(try RecordData(type: .dnskey, text: text)))
        #expect(key.keyTag == 60485)
        let bytes = CanonicalForm.delegationBytes(try Name("dskey.example.com"), key)
        let digests: [(DigestKind, String)] = [
            (.sha1, "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118"),
            (.sha256, "60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"),
        ]
        for (kind, text) in digests {
            let digest = try #require(DS(try RecordData(type: .ds, text: text)))
            #expect(LibcryptoVerifier().digest(kind, bytes) == digest.digest)
        }
    }

    /// RFC 5155 appendix A.
    static let hashedNames: [(String, String)] = [
        ("example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"), ("a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl"),
        ("ai.example", "gjeqe526plbf1g8mklp59enfd789njgi"), ("ns1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"),
        ("ns2.example", "q04jkcevqvmu85r014c7dkba38o0ji5r"), ("w.example", "k8udemvp1j2f7eg6jebps17vp3n8i58h"),
        ("*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"), ("x.w.example", "b4um86eghhds6nea196smvmlo4ors995"),
        ("y.w.example", "ji6neoaepv8b5o6k4ev33abha8ht9fgc"), ("x.y.w.example", "2vptu5timamqttgl4luu9kg21e0aor3s"),
        ("xx.example", "t644ebqk9bibcna874givr6joj62mlhv"),
    ]

    @Test(arguments: hashedNames) func hashes(name: String, hash: String) throws {
        let digest = NSEC3Hash.of(
            try Name(name), iterations: 12, salt: [0xAA, 0xBB, 0xCC, 0xDD], by: LibcryptoVerifier())
        #expect(String(decoding: Base32Hex.encode(digest), as: UTF8.self) == hash.uppercased())
    }

    /// The built-in anchors are the root's keys of 2017 and 2024.
    @Test func rootAnchors() {
        let tags = TrustAnchors.builtIn.zones[.root]?.digests.map(\.keyTag)
        #expect(tags == [20326, 38696])
        #expect(RootHints.builtIn.servers.count == 13)
        #expect(RootHints.builtIn.servers.allSatisfy { $0.addresses.count == 2 })
    }

    @Test func momentsAreReadable() {
        let moments: [(UInt32, String)] = [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_440_021_600, "2015-08-19T22:00:00Z"),
            (4_294_967_295, "2106-02-07T06:28:15Z"),
        ]
        for (seconds, text) in moments { #expect(TimeText.text(seconds) == text) }
    }
}
