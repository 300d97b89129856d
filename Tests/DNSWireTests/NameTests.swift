import DNSWire
import Testing

@Suite("Names")
struct NameTests {
    @Test(
        "text and wire form",
        arguments: [
            (".", [0] as [UInt8], "."),
            ("a", [1, 97, 0], "a."),
            ("A.b.", [1, 65, 1, 98, 0], "A.b."),
            (#"a\.b.c"#, [3, 97, 46, 98, 1, 99, 0], #"a\.b.c."#),
            (#"\000\255\\.x"#, [3, 0, 255, 92, 1, 120, 0], #"\000\255\\.x."#),
            (#"\@\"\;.*"#, [3, 64, 34, 59, 1, 42, 0], #"\@\"\;.*."#),
        ])
    func text(_ input: String, _ wire: [UInt8], _ output: String) throws {
        let name = try Name(input)
        #expect(name.wire == wire)
        #expect(name.description == output)
        #expect(try Name(wire: wire) == name)
    }

    @Test(
        "text that is no name",
        arguments: [
            ("", WireError(.labelLength, at: 0)), ("a..b", WireError(.labelLength, at: 2)),
            (".a", WireError(.labelLength, at: 0)), (#"a\"#, WireError(.badEscape, at: 1)),
            (#"a\25"#, WireError(.badEscape, at: 1)), (#"\256"#, WireError(.badEscape, at: 0)),
            ("bücher", WireError(.badCharacter, at: 1)),
            (String(repeating: "a", count: 64), WireError(.labelLength, at: 63)),
        ])
    func refused(_ text: String, _ error: WireError) {
        #expect(throws: error) { try Name(text) }
    }

    @Test("255 bytes are a name, 256 are none")
    func longest() throws {
        let label = String(repeating: "a", count: 63)
        let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(try Name(longest).wire.count == 255)
        #expect(throws: WireError.self) { try Name(longest + "b") }
        #expect(throws: WireError.self) { try Name(longest).prepending(label: [97]) }
    }

    @Test("the order of RFC 4034 section 6.1")
    func order() throws {
        let sorted = try [
            "example.", "a.example.", "yljkjljk.a.example.", "Z.a.example.", "zABC.a.EXAMPLE.", "z.example.",
            #"\001.z.example."#, "*.z.example.", #"\200.z.example."#,
        ].map { try Name($0) }
        #expect(sorted.shuffled().sorted() == sorted)
    }

    @Test("relations")
    func relations() throws {
        let name = try Name("www.Example.com")
        #expect(name.isSubdomain(of: try Name("example.COM")))
        #expect(name.isSubdomain(of: name) && name.isSubdomain(of: .root))
        #expect(!name.isSubdomain(of: try Name("ample.com")))
        #expect(name.labelCount == 3 && name.label(0) == Array("www".utf8) && name.label(3).isEmpty)
        #expect(name.parent == (try Name("example.com")) && Name.root.parent == nil)
        #expect(name.suffix(labels: 1) == (try Name("com")) && name.suffix(labels: 9) == name)
        #expect(name.commonAncestor(with: try Name("mail.example.com")) == (try Name("example.com")))
        #expect(name.commonAncestor(with: try Name("example.org")) == .root)
        #expect(name.hashValue == (try Name("WWW.EXAMPLE.COM")).hashValue)
    }
}
