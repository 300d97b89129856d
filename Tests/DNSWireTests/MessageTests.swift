import DNSWire
import Testing

@Suite("Messages")
struct MessageTests {
    static let sample: Message = {
        let owner = Name.root
        return Message(
            id: 0x1234, flags: [.isResponse, .recursionDesired], responseCode: ResponseCode(rawValue: 23),
            questions: [Question(name: owner, type: .soa)],
            answers: [
                Record(name: owner, ttl: 60, data: MX(preference: 10, exchange: owner).data),
                Record(name: owner, ttl: 60, data: TXT(strings: [Array("hi".utf8), []]).data),
            ],
            edns: EDNS(udpSize: 1400, dnssecOK: true, options: [ExtendedError(code: 9, text: "x").option]))
    }()

    @Test("what is encoded is decoded")
    func roundTrip() throws {
        let bytes = try Self.sample.encoded()
        let decoded = try Message(decoding: bytes)
        #expect(decoded == Self.sample)
        #expect(decoded.edns?.extendedErrors == [ExtendedError(code: 9, text: "x")])
        #expect(try decoded.encoded() == bytes)
    }

    @Test("every shorter message is refused, and one more byte too")
    func cut() throws {
        let bytes = try Self.sample.encoded()
        for count in 0..<bytes.count {
            #expect(throws: WireError.self) { try Message(decoding: Array(bytes.prefix(count))) }
        }
        #expect(throws: WireError(.trailingBytes, at: bytes.count)) { try Message(decoding: bytes + [0]) }
    }

    @Test("a limit truncates by whole sets")
    func truncation() throws {
        let name = try Name("example.com")
        let record = Record(name: name, ttl: 1, data: Address(address: .v4(1)).data)
        var message = Message(answers: Array(repeating: record, count: 40))
        message.answers.insert(Record(name: name, ttl: 1, data: TXT(text: "first").data), at: 0)
        let decoded = try Message(decoding: try message.encoded(limit: 512))
        #expect(decoded.flags.contains(.truncated))
        #expect(decoded.answers.map(\.type) == [.txt])
    }
}
