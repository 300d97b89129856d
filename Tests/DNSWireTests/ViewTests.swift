import DNSWire
import Testing

@Suite("Views of record data")
struct ViewTests {
    @Test(
        "every view gives back the data that it read",
        arguments: [
            ("SOA", "a. b. 1 2 3 4 5"), ("MX", "10 mail."), ("NS", "a."), ("CNAME", "a."), ("PTR", "a."),
            ("DNAME", "a."),
            ("SRV", "1 2 3 a."), ("CAA", #"128 issue "ca.example""#), ("DS", "1 8 9 AB"), ("CDS", "0 0 0 00"),
            ("DNSKEY", "257 3 13 AAAA"), ("CDNSKEY", "0 3 0 AA=="), ("NSEC", "a. A RRSIG TYPE65280"),
            ("RRSIG", "A 13 2 60 20300101000000 20200101000000 1 a. AAAA"), ("NSEC3PARAM", "1 0 0 AB"),
            ("NSEC3", "1 1 10 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A"), ("TLSA", "3 1 0 ABCD"), ("TXT", #""a" "b""#),
            ("A", "192.0.2.1"), ("AAAA", "::1"), ("HTTPS", #"1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1"#),
        ])
    func roundTrip(_ type: String, _ text: String) throws {
        let data = try RecordData(type: try #require(RecordType(type)), text: text)
        let views: [RecordData?] = [
            SOA(data)?.data, MX(data)?.data, NameTarget(data)?.data, SRV(data)?.data, CAA(data)?.data, DS(data)?.data,
            DNSKEY(data)?.data, NSEC(data)?.data, RRSIG(data)?.data, NSEC3(data)?.data, NSEC3PARAM(data)?.data,
            TLSA(data)?.data, TXT(data)?.data, Address(data)?.data, SVCB(data)?.data,
        ]
        #expect(views.compactMap(\.self) == [data])
    }

    @Test("the tag of a key is that of RFC 4034 appendix B")
    func keyTag() throws {
        // The key and the tag of the example in RFC 4034 section 5.4.
        let text = """
            256 3 5 ( AQOeiiR0GOMYkDshWoSKz9Xz fwJr1AYtsmx3TGkJaNXVbfi/ 2pHm822aJ5iI9BMzNXxeYCmZ
            DRD99WYwYqUSdjMmmAphXdvx egXd/M5+X7OrzKBaMbCVdFLU Uh6DhweJBjEVv5f2wwjM9Xzc nOf+EPbtG9DMBmADjFDc2w/r
            ljwvFw== )
            """
        #expect(DNSKEY(try RecordData(type: .dnskey, text: text))?.keyTag == 60485)
    }

    @Test("parts of a service")
    func service() throws {
        let data = try RecordData(type: .https, text: #"1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1 ipv6hint=::1"#)
        let service = try #require(SVCB(data))
        #expect(service.protocols == [Array("h2".utf8), Array("h3".utf8)] && service.port == 8443)
        #expect(service.hints.map(\.description) == ["192.0.2.1", "::1"])
    }

    @Test("options of EDNS")
    func options() throws {
        let subnet = ClientSubnet(address: try #require(IPAddress("192.0.2.255")), sourceBits: 20)
        let cookie = try #require(Cookie(client: Array(0..<8), server: Array(0..<16)))
        let edns = EDNS(options: [subnet.option, cookie.option, ExtendedError(code: 22, text: "grün").option])
        let message = try Message(decoding: Message(edns: edns).encoded())
        #expect(message.edns?.clientSubnet?.address.description == "192.0.0.0")
        #expect(message.edns?.cookie == cookie)
        #expect(message.edns?.extendedErrors == [ExtendedError(code: 22, text: "grün")])
        #expect(Cookie(client: [1]) == nil && Cookie(client: Array(0..<8), server: [1]) == nil)
    }

    @Test("serial numbers go round")
    func serials() {
        func serial(_ value: UInt32) -> SerialNumber { SerialNumber(rawValue: value) }
        #expect(serial(1).isAfter(serial(0)) && serial(0).isAfter(serial(.max)) && !serial(5).isAfter(serial(5)))
        #expect(!serial(0).isAfter(serial(1 << 31)) && !serial(0).isBefore(serial(1 << 31)))
    }

    @Test("records form sets")
    func sets() throws {
        let name = try Name("a")
        let one = Record(name: name, ttl: 60, data: Address(address: .v4(1)).data)
        let two = Record(name: try Name("A"), ttl: 30, data: Address(address: .v4(2)).data)
        let other = Record(name: name, ttl: 5, data: TXT(text: "x").data)
        let sets = RRset.grouping([one, other, two, one])
        #expect(sets.map(\.ttl) == [30, 5] && sets.map(\.data.count) == [2, 1])
        #expect(sets[0].canonicalData == [[0, 0, 0, 1], [0, 0, 0, 2]])
    }
}
