import DNSWire
import Testing

@Suite("Digests of answers")
struct AnswerDigestTests {
    @Test("SipHash-1-3-128 as an implementation gives it that gives the authors' vectors of SipHash-2-4-128")
    func vectors() {
        let key = AnswerDigest.Key(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)
        let expected = [
            0: "13030dd6adb62fdbea58827b2bc7ee7",
            1: "63f02f2bcc73055ea8edd36004376ffc",
            8: "99c7f935ab164f72b4dae3d5e1fe12aa",
            63: "ad6052a70a6b9f076f42fe4ee300584c",
        ]
        for (count, value) in expected {
            var hash = KeyedHash(key)
            let bytes = [UInt8](0..<UInt8(count))
            hash.update(bytes.span)
            #expect(String(hash.finish(), radix: 16) == value)
        }
    }

    static func records(_ texts: [(String, String, UInt32)]) throws -> [Record] {
        try texts.map { owner, address, ttl in
            Record(name: try Name(owner), ttl: ttl, data: try RecordData(type: .a, text: address))
        }
    }

    @Test("order, times, case and doubles do not count; anything else does")
    func equality() throws {
        var digester = AnswerDigester(key: .init(low: 1, high: 2))
        let base = digester.digest(of: try Self.records([("a.b", "1.2.3.4", 1), ("a.b", "1.2.3.5", 2)]))
        let same = digester.digest(
            of: try Self.records([("A.b", "1.2.3.5", 9), ("a.B", "1.2.3.4", 9), ("a.b", "1.2.3.4", 1)]))
        let other = digester.digest(of: try Self.records([("a.b", "1.2.3.4", 1)]))
        var otherKey = AnswerDigester(key: .init(low: 1, high: 3))
        #expect(base == same && base != other)
        #expect(base != otherKey.digest(of: try Self.records([("a.b", "1.2.3.4", 1), ("a.b", "1.2.3.5", 2)])))
    }
}

extension AnswerDigestTests {
    @Test("in how many pieces bytes come does not count")
    func pieces() {
        let key = AnswerDigest.Key(low: 5, high: 6)
        let bytes = (0..<40).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        var whole = KeyedHash(key)
        whole.update(bytes.span)
        for first in 0...20 {
            for second in first...30 {
                var hash = KeyedHash(key)
                hash.update(bytes.span, 0..<first)
                hash.update(bytes.span, first..<second)
                hash.update(bytes.span, second..<bytes.count)
                #expect(hash.finish() == whole.finish())
            }
        }
        var numbers = KeyedHash(key)
        numbers.update(bytes.span, 0..<3)
        numbers.update(UInt16(bytes[3]) << 8 | UInt16(bytes[4]))
        numbers.update(
            UInt32(bytes[5]) << 24 | UInt32(bytes[6]) << 16 | UInt32(bytes[7]) << 8 | UInt32(bytes[8]))
        numbers.update(bytes.span, 9..<bytes.count)
        #expect(numbers.finish() == whole.finish())
    }

    @Test("times to live and the additional section count where they are covered")
    func coverage() throws {
        var digester = AnswerDigester(key: .init(low: 1, high: 2))
        func message(ttl: UInt32, glue: String) throws -> [UInt8] {
            var message = Message.query(try Name("a.b"), .a, id: 1, edns: EDNS(udpSize: 1232))
            message.flags.insert(.isResponse)
            message.answers = try Self.records([("a.b", "1.2.3.4", ttl), ("a.b", "1.2.3.5", 60)])
            message.additionals = try Self.records([("ns.a.b", glue, 60)])
            return try message.encoded()
        }
        let base = try message(ttl: 90, glue: "1.2.3.6")
        let older = try message(ttl: 80, glue: "1.2.3.6")
        let moved = try message(ttl: 90, glue: "1.2.3.7")
        func both(_ bytes: [UInt8], _ coverage: AnswerSummary.Coverage) throws -> [AnswerDigest?] {
            let summary = try digester.summary(of: bytes.span, covering: coverage)
            return [summary?.answer, summary?.additional]
        }
        #expect(try both(base, []) == both(older, []) && both(base, []) == both(moved, []))
        #expect(try both(base, .timesToLive) != both(older, .timesToLive))
        #expect(try both(base, .timesToLive) == both(moved, .timesToLive))
        #expect(try both(base, .additional) != both(moved, .additional))
        #expect(try both(base, .additional) == both(older, .additional))
    }
}
