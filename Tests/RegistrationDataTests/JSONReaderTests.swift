import RegistrationData
import Testing

@Suite struct JSONReaderTests {
    @Test(
        "values",
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("-1.5e3", .number("-1.5e3")),
            ("\"a\\u00e9\\n\"", .string("aé\n")),
            ("\"\\ud83d\\ude00\"", .string("😀")), ("\"\\ud83d\"", .string("\u{FFFD}")), ("[]", .array([])),
            ("[1, \"x\"]", .array([.number("1"), .string("x")])), ("{}", .object([])),
            ("\u{FEFF}{\"a\":[{}]}", .object([.init(name: "a", value: .array([.object([])]))])),
        ] as [(String, JSONValue)])
    func values(_ text: String, _ expected: JSONValue) throws {
        #expect(try JSONReader.read(Array(text.utf8)) == expected)
    }

    @Test(
        "what is no JSON",
        arguments: [
            "", "{", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "nul", "\"", "\"\\", "\"\\u12", "\"\\q\"", "1 2",
            "<html>", "]", "-x",
            "{\"a\":1,}", "'a'",
        ])
    func refuses(_ text: String) {
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test("depth and size have limits")
    func limits() {
        #expect(throws: JSONReader.Failure.tooDeep) {
            try JSONReader.read([UInt8](repeating: UInt8(ascii: "["), count: 100_000))
        }
        #expect(throws: JSONReader.Failure.tooLong) {
            try JSONReader.read([UInt8](repeating: UInt8(ascii: " "), count: JSONReader.byteLimit + 1))
        }
    }

    @Test("no prefix of a document and no changed byte of it is a crash")
    func damage() {
        let text = Array("{\"a\":[1,\"\\u00e9\\ud83d\\ude00\",{\"b\":null}],\"c\":-0.5e+2,\"d\":true}".utf8)
        for end in text.indices { _ = try? JSONReader.read(Array(text[..<end])) }
        for place in text.indices {
            for byte in [0, 0x22, 0x5C, 0x5B, 0x7B, 0x80, 0xFF] as [UInt8] {
                var changed = text
                changed[place] = byte
                _ = try? JSONReader.read(changed)
            }
        }
    }
}
