import DNSWire
import LapwingImport
import Testing

@Suite("Input that is none")
struct HostileTests {
    static let faults: [(String, String)] = [
        ("", "it is empty"), (" \n", "it is empty"), ("{", "input:1:2: not JSON: it ends too early"),
        (#"{"a": 1, "a": 2}"#, "stands twice"), ("{\"a\": \"\\ud800\"}", "surrogates"), ("{\"a\": 01}", "not JSON"),
        (#"{"monitorList": []} x"#, "input:1:21: not JSON: text is left over"),
        ("modules:\n  a: [\n", "not YAML"), ("modules:\n  a: 1\n  a: 2\n", "stands twice"),
        (String(repeating: "[", count: 100_000), "levels of nesting"),
        ("modules: " + String(repeating: "[", count: 100_000), "not YAML"),
    ]

    @Test("has a place and a reason", arguments: faults.indices)
    func fault(_ index: Int) {
        let found = Reading.fault(Self.faults[index].0)
        #expect(found.hasPrefix("input:") && found.contains(Self.faults[index].1), "\(found)")
    }

    static let bytes: [([UInt8], String)] = [
        (Array("example.com\n".utf8) + [0xE4, 0x0A], "input:2:1: it is not UTF-8"),
        ([0xFF, 0xFE, 0x61, 0x00], "input:1:1: it is UTF-16"), ([0x61, 0x0A, 0x62, 0x00], "input:2:2: it is no text"),
        ([0x1F, 0x8B, 8, 0], "it is packed"),
    ]

    @Test("in another encoding has a place and a reason", arguments: bytes.indices)
    func encoding(_ index: Int) {
        do throws(ImportFault) {
            _ = try Reading.read(Self.bytes[index].0)
            Issue.record("was read")
        } catch {
            #expect(error.description.hasPrefix(Self.bytes[index].1) || error.description.contains(Self.bytes[index].1))
        }
    }

    @Test("aliases that stand for billions of values are refused")
    func aliases() {
        var text = "modules:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<12 {
            text +=
                "  a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
                + "]\n"
        }
        #expect(Reading.fault(text).contains("values"))
    }

    @Test("more names than a domain may have are cut, and the rest is told")
    func largeZone() throws {
        var text = "$ORIGIN example.org.\n@ 60 IN SOA a b 1 2 3 4 5\n"
        for number in 0..<5000 { text += "h\(number) 60 IN A 192.0.2.1\n" }
        text += "www 60 IN A 192.0.2.1\n_dmarc 60 IN TXT \"v=DMARC1\"\n"
        let result = try Reading.read(text)
        let watched = result.domains.first?.watched ?? []
        #expect(watched.count == 992 && watched.contains { $0.name.description == "www.example.org." })
        #expect(watched.contains { $0.name.description == "_dmarc.example.org." })
        #expect(result.faultCount == 5003 - 992 && result.faults.allSatisfy { $0.weight == .leftOut })
        #expect(result.domains.first?.records.count == 5003)
    }
}
