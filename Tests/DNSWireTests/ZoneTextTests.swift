import DNSWire
import Testing

@Suite("Zone files")
struct ZoneTextTests {
    @Test("owner, time, class and origin are taken over")
    func defaults() throws {
        let text = """
            $ORIGIN example.com.
            $TTL 1h
            @ IN SOA ns1 host\\.master ( 2024010101 ; serial
               1d 2h 4w 1h )
              NS ns1
            ns1 300 IN A 192.0.2.1
                IN 5m AAAA 2001:db8::1
            txt TXT "a;b" ; comment
            $ORIGIN sub
            a MX 10 mail
            ( b ) ( A ) 1.2.3.4

            """
        let records = try ZoneText.records(text)
        #expect(
            ZoneText.text(records) == """
                example.com.\t3600\tIN\tSOA\tns1.example.com. host\\.master.example.com. 2024010101 86400 7200 2419200 3600
                example.com.\t3600\tIN\tNS\tns1.example.com.
                ns1.example.com.\t300\tIN\tA\t192.0.2.1
                ns1.example.com.\t300\tIN\tAAAA\t2001:db8::1
                txt.example.com.\t3600\tIN\tTXT\t"a;b"
                a.sub.example.com.\t3600\tIN\tMX\t10 mail.sub.example.com.
                b.sub.example.com.\t3600\tIN\tA\t1.2.3.4

                """)
        #expect(try ZoneText.records(ZoneText.text(records)) == records)
    }

    @Test(
        "mistakes have a place",
        arguments: [
            ("a 60 IN A 1.2.3\n", 1, 11), ("$TTL x\n", 1, 6), ("$INCLUDE /etc/passwd\n", 1, 1),
            ("$GENERATE 1-2 a A 1\n", 1, 1),
            (" A 1.2.3.4\n", 1, 2), ("a A 1.2.3.4\n", 1, 3), ("a 60 A ( 1.2.3.4\n\n", 1, 8), ("a 60 A )\n", 1, 8),
            ("a 60 TXT \"x\n", 1, 10), ("\n\na 60 A 1.2.3.4 5\n", 3, 16), ("a 60 A\n", 1, 7), ("a 60 WHAT x\n", 1, 6),
            ("a 60 MX 10 a..b\n", 1, 12), ("a 60 A ((1.2.3.4)\n", 1, 8), ("a 60 TXT a\\", 1, 11),
            ("a..b 60 A 1.2.3.4\n", 1, 1), ("a 60 HTTPS 1 . port=x\n", 1, 16),
        ])
    func mistakes(_ text: String, _ line: Int, _ column: Int) {
        let error = #expect(throws: ZoneTextError.self) { try ZoneText.records(text) }
        #expect(error?.line == line && error?.column == column, "\(error.map(String.init(describing:)) ?? "none")")
    }

    @Test("after a mistake the reader goes on with the next line")
    func recovery() {
        var reader = ZoneText("a 60 A )\nb 60 TXT \"x\nc 60 A 1.2.3\nd 60 A 1.2.3.4\n")
        var mistakes = 0
        var owners: [String] = []
        for _ in 0..<10 {
            do {
                guard let line = try reader.next() else { break }
                owners.append(line.record.name.description)
            } catch {
                mistakes += 1
            }
        }
        #expect(mistakes == 3 && owners == ["d."])
    }
}
