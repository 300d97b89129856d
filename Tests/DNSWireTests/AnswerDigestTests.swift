import DNSWire
import Testing

@Suite("Digests of answers")
struct AnswerDigestTests {
    @Test("SipHash-2-4-128 gives what its authors' vectors say")
    func vectors() {
        let key = AnswerDigest.Key(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)
        let expected = [0: "930255c71472f66de6a825ba047f81a3", 1: "45fc229b1159763444af996bd8c187da"]
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
