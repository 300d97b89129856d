import DNSWire
import Testing

/// What fuzzing found worth keeping: each input opens a path of its own.
@Suite("Inputs found by fuzzing")
struct FuzzReplayTests {
    static func inputs(_ target: String) throws -> [[UInt8]] {
        try Fixture.lines("fuzz-\(target).txt").map { Fixture.bytes($0) }
    }

    @Test("messages")
    func messages() throws {
        var digester = AnswerDigester(key: .init(low: 3, high: 4))
        for bytes in try Self.inputs("message") { _ = try MutationTests.examine(bytes, digester: &digester) }
    }

    @Test("names")
    func names() throws {
        for bytes in try Self.inputs("name") {
            for name in [try? Name(String(decoding: bytes, as: UTF8.self)), try? Name(wire: bytes)].compactMap(\.self) {
                #expect(try Name(name.description).wire == name.wire)
            }
        }
    }

    @Test("record data")
    func recordData() throws {
        for bytes in try Self.inputs("rdata") where bytes.count >= 2 {
            let type = RecordType(rawValue: UInt16(bytes[0] & 1) << 8 | UInt16(bytes[1]))
            guard let data = try? RecordData(type: type, wire: Array(bytes[2...])) else { continue }
            #expect(data.text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
            #expect(data.canonical.count == bytes.count - 2)
        }
    }

    @Test("zone files are read to their end")
    func zones() throws {
        for bytes in try Self.inputs("zone") {
            var reader = ZoneText(bytes, defaults: .init(ttl: 60))
            var steps = 0
            while steps <= bytes.count {
                steps += 1
                if let line = try? reader.next() { #expect(line.line >= 1) }
            }
            #expect(throws: Never.self) { try reader.next() }
        }
    }
}
