import DNSWire
import LapwingCore
import Testing

/// Messages by which servers say that a zone has changed.
@Suite("NOTIFY")
struct ZoneNotificationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var zone = "tern.test"
        var sender = "192.0.2.1"
        var opCode = OpCode.notify
        var flags: Flags = .authoritative
        var type = RecordType.soa
        var isSigned = false
        var wantsKey = false
        var otherKey = false
        var at: UInt64 = 1_790_000_000
        var verdict: ZoneNotification.Verdict
        var code: ResponseCode?
    }

    static let cases = [
        Case(testDescription: "from its primary", verdict: .taken, code: .noError),
        Case(testDescription: "in other letters", zone: "TERN.test", verdict: .taken, code: .noError),
        Case(testDescription: "from a stranger", sender: "192.0.2.2", verdict: .stranger, code: .refused),
        Case(testDescription: "of another zone", zone: "elsewhere.test", verdict: .unknown, code: .notAuth),
        Case(testDescription: "a question", opCode: .query, verdict: .unreadable, code: .notImp),
        Case(testDescription: "an answer", flags: .isResponse, verdict: .unreadable, code: nil),
        Case(testDescription: "of another type", type: .a, verdict: .unreadable, code: .formErr),
        Case(testDescription: "unsigned where a key is wanted", wantsKey: true, verdict: .unsigned, code: .notAuth),
        Case(testDescription: "signed", isSigned: true, wantsKey: true, verdict: .taken, code: .noError),
        Case(
            testDescription: "signed with another secret", isSigned: true, wantsKey: true, otherKey: true,
            verdict: .unsigned, code: .notAuth),
        Case(
            testDescription: "signed long ago", isSigned: true, wantsKey: true, at: 1_790_000_400, verdict: .unsigned,
            code: .notAuth),
    ]

    private func key(_ salt: UInt8) throws -> TransactionKey {
        TransactionKey(name: try Name("key.test"), algorithm: try Name("hmac-sha256")) { input in
            // No cryptography, but another code for other bytes and secrets.
            var code = [UInt8](repeating: salt, count: 32)
            for (place, byte) in input.enumerated() { code[place % 32] = code[place % 32] &* 31 &+ byte }
            return code
        }
    }

    @Test("who may say so, and what is answered", arguments: cases)
    func judge(_ one: Case) throws {
        let question = Question(name: try Name(one.zone), type: one.type)
        var bytes = try Message(id: 4711, flags: one.flags, opCode: one.opCode, questions: [question]).encoded()
        if one.isSigned { bytes = try key(one.otherKey ? 9 : 1).sign(bytes, at: 1_790_000_000).message }
        let watched = try Name("tern.test")
        let notification = ZoneNotification(
            bytes, from: try #require(IPAddress(one.sender)), allow: [try #require(AddressBlock("192.0.2.1"))],
            key: one.wantsKey ? try key(1) : nil, wantsKey: one.wantsKey, at: one.at
        ) { $0 == watched }
        #expect(notification.verdict == one.verdict)
        #expect(notification.zone == (one.verdict == .taken ? watched : nil))
        let answer = try notification.answer.map { try Message(decoding: $0) }
        #expect(answer?.responseCode == one.code)
        if let answer {
            #expect(answer.id == 4711 && answer.flags == [.isResponse, .authoritative] && answer.opCode == one.opCode)
            #expect(answer.questions == [question])
            #expect(answer.additionals.contains { $0.type == .tsig } == (one.verdict == .taken && one.wantsKey))
        }
    }

    @Test("bytes that are no message are answered with nothing")
    func garbage() throws {
        let sender = try #require(IPAddress("192.0.2.1"))
        for bytes in [[], [0xFF], [UInt8](repeating: 0xFF, count: 40)] {
            let notification = ZoneNotification(
                bytes, from: sender, allow: [try #require(AddressBlock("0.0.0.0/0"))], key: nil, wantsKey: false, at: 0
            ) { _ in true }
            #expect(notification.verdict == .unreadable && notification.answer == nil)
        }
    }

    @Test("a key that is named and not there lets nobody through")
    func missingKey() throws {
        let bytes = try Message(opCode: .notify, questions: [Question(name: try Name("tern.test"), type: .soa)])
            .encoded()
        let notification = ZoneNotification(
            bytes, from: try #require(IPAddress("192.0.2.1")), allow: [try #require(AddressBlock("192.0.2.1"))],
            key: nil, wantsKey: true, at: 0
        ) { _ in true }
        #expect(notification.verdict == .unsigned)
    }
}
