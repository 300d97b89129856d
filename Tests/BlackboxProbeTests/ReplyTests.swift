import Testing

import BlackboxProbe

@Suite struct ReplyTests {
    private static let head: [UInt8] = [0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]
    private static let question: [UInt8] = [1, 0x61, 0, 0, 1, 0, 1]

    private func reply(type: UInt8, _ data: [UInt8], recordClass: UInt8 = 1) throws -> Reply {
        let fixed: [UInt8] = [0xc0, 12, 0, type, 0, recordClass, 0, 0, 1, 0x2c, 0, UInt8(data.count)]
        return try Reply(Self.head + Self.question + fixed + data)
    }

    @Test func forms() throws {
        #expect(try reply(type: 1, [192, 0, 2, 1]).answers.map(\.text) == ["a.\t300\tIN\tA\t192.0.2.1"])
        #expect(
            try reply(type: 1, [192, 0, 2, 1], recordClass: 255).answers[0].text == "a.\t300\tCLASS255\tA\t192.0.2.1")
        #expect(try reply(type: 200, [0xab, 0xcd]).answers[0].text == "a.\t300\tCLASS1\tTYPE200\t\\# 2 abcd")
        #expect(try reply(type: 16, [2, 0x22, 0xe9, 0]).answers[0].text == "a.\t300\tIN\tTXT\t\"\\\"\\233\" \"\"")
        #expect(
            try reply(type: 28, Array(repeating: 0, count: 10) + [255, 255, 1, 2, 3, 4]).answers[0].text
                == "a.\t300\tIN\tAAAA\t::ffff:1.2.3.4")
    }

    /// Type, data and its text; as blackbox_exporter 0.23 prints them.
    static let shown: [(type: Int, data: [UInt8], text: String)] = [
        (257, [0, 5] + Array("issue".utf8) + Array(#"ca\.x\065"\"#.utf8), #"0 issue "ca\.xA\"""#),
        (257, [128], #"128  """#),
        (256, [0, 10, 0, 1] + Array(#"a"b\"#.utf8), #"10 1 "a\"b""#),
        (37, [0, 1, 0, 5, 8, 0xff], "PKIX 5 RSASHA256 /w=="),
        (37, [0, 99, 0, 5, 99], "99 5 99 "),
        (10, [0x41, 0xff], "A\u{fffd}"),
        (200, [], ##"\# 0 "##),
        (106, [0, 1, 0xab, 0xcd, 0, 0, 0, 0, 0, 0xef], "1 ABCD:0000:0000:00EF"),
        (50, [1, 0, 0, 5, 2, 0xab, 0xcd, 1, 0xf8, 0, 1, 0x40], "1 0 5 ABCD V0 A"),
        (50, [1, 0, 0, 5], "1 0 5 - "),
        (51, [1, 0, 0, 5, 9], "1 0 5 -"),
        (55, [1, 2, 0, 1, 0xaa, 0xff, 1, 0x62, 0], "2 aa /w== b."),
        (29, [0], "596 31 23.648 S 596 31 23.648 W -100000m 0.00m 0.00m 0.00m"),
        (64, [0, 1, 0, 0, 7, 0, 3, 0x2f, 0x20, 0x3b], #"1 . dohpath="/\ \;""#),
        (64, [0, 1, 0, 0, 0, 0, 4, 0, 1, 0xff, 0xff], #"1 . mandatory="alpn,""#),
    ]

    @Test("record data as the exporter prints it", arguments: shown)
    func texts(type: Int, data: [UInt8], text: String) throws {
        let fixed: [UInt8] = [0xc0, 12, UInt8(type >> 8), UInt8(type & 255), 0, 1, 0, 0, 1, 0x2c, 0, UInt8(data.count)]
        let line = try Reply(Self.head + Self.question + fixed + data).answers[0].text
        #expect(line.hasSuffix("\t" + text), "\(line)")
    }

    @Test(
        "what makes the whole message unreadable",
        arguments: [
            (50, [1, 0, 0, 5, 1, 0xab]),
            (64, [0, 1, 0, 0, 6, 0, 16] + [UInt8](repeating: 0, count: 10) + [255, 255, 1, 2, 3, 4]),
            (41, [0, 8, 0, 4, 0, 3, 0, 0]), (41, [0, 11, 0, 1, 0]), (255, [1]),
        ] as [(Int, [UInt8])])
    func unreadable(type: Int, data: [UInt8]) {
        let fixed: [UInt8] = [0xc0, 12, UInt8(type >> 8), UInt8(type & 255), 0, 1, 0, 0, 1, 0x2c, 0, UInt8(data.count)]
        #expect(throws: ReplyFault.self) { try Reply(Self.head + Self.question + fixed + data) }
    }

    @Test("a signature at the end cannot be checked, and the reply is none")
    func signed() {
        var head = Self.head
        (head[7], head[11]) = (0, 1)
        let signature: [UInt8] = [0, 0, 250, 0, 255, 0, 0, 0, 0, 0, 0]
        #expect(throws: ReplyFault.unknownSecret) { try Reply(head + Self.question + signature) }
    }

    @Test func headerAloneIsAReply() throws {
        #expect(try Reply(Self.head).answers.isEmpty)
        #expect(throws: ReplyFault.short) { try Reply(Array(Self.head.dropLast())) }
    }

    @Test func countsAreBelievedAsFarAsRecordsGo() throws {
        #expect(try Reply(Self.head + Self.question).answers.isEmpty)
        #expect(throws: ReplyFault.overflow) { try reply(type: 1, [1, 2, 3]) }
        #expect(throws: ReplyFault.badLength) { try reply(type: 1, [1, 2, 3, 4, 5]) }
    }

    @Test func pointerLoopEnds() { #expect(throws: ReplyFault.badName) { try reply(type: 2, [0xc0, 31]) } }

    @Test func anyBytesAreSurvived() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let size = Int.random(in: 0...90, using: &generator)
            var bytes = Self.head + Self.question + (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
            bytes[7] = 3
            if size > 12 {
                bytes[19] = 0
                bytes[20] = 0
                bytes[21] = UInt8.random(in: 0...70, using: &generator)
            }
            _ = try? Reply(bytes)
        }
    }
}
