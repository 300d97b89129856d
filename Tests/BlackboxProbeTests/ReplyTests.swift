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
