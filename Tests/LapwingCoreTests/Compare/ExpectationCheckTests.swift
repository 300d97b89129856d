import DNSWire
import LapwingCore
import Testing

@Suite("What is expected against what is served")
struct ExpectationCheckTests {
    static func faults(
        _ type: RecordType, _ served: [String], ttl: UInt32? = 300, alias: String? = nil,
        _ say: (inout RecordExpectation) throws -> Void
    ) throws -> [String] {
        var expected = RecordExpectation()
        try say(&expected)
        let data = try served.map { try RecordData(type: type, text: $0) }
        let value = SetValue(
            kind: data.isEmpty ? .nxDomain : .data, alias: try alias.map { try Name($0) }, members: Member.sorted(data))
        let key = RecordSetKey(try Name("www.example.org"), type)
        return ExpectationCheck(expected, key, value, ttl: data.isEmpty ? nil : ttl).faults
    }

    static func data(_ type: RecordType, _ texts: String...) throws -> [RecordData] {
        try texts.map { try RecordData(type: type, text: $0) }
    }

    @Test func each() throws {
        let one = ["192.0.2.1"]
        #expect(try Self.faults(.a, one) { $0.exactly = try Self.data(.a, "192.0.2.1") } == [])
        #expect(try Self.faults(.a, one) { $0.exactly = try Self.data(.a, "192.0.2.2") } == ["192.0.2.2"])
        #expect(try Self.faults(.a, one) { $0.anyOf = try Self.data(.a, "192.0.2.1", "192.0.2.2") } == [])
        #expect(try Self.faults(.a, one + ["192.0.2.3"]) { $0.anyOf = try Self.data(.a, "192.0.2.1") }.count == 1)
        #expect(try Self.faults(.a, []) { $0.anyOf = try Self.data(.a, "192.0.2.1") }.count == 1)
        #expect(try Self.faults(.a, one) { $0.within = [try #require(AddressBlock("192.0.2.0/24"))] } == [])
        #expect(
            try Self.faults(.a, ["198.51.100.1"]) { $0.within = [try #require(AddressBlock("192.0.2.0/24"))] }
                == ["addresses within 192.0.2.0/24"])
        #expect(
            try Self.faults(.txt, ["\"v=spf1 \" \"-all\""]) { $0.matching = [try TextPattern("v=spf1 -all")] } == [])
        #expect(try Self.faults(.cname, ["a.cdn.example."]) { $0.matching = [try TextPattern("*.cdn.example")] } == [])
        #expect(
            try Self.faults(.txt, ["\"x\""]) { $0.matching = [try TextPattern("y*")] } == ["text like `y*`"])
        #expect(try Self.faults(.a, []) { $0.isAbsent = true } == [])
        #expect(try Self.faults(.a, one) { $0.isAbsent = true } == ["no record"])
        #expect(try Self.faults(.a, one) { $0.count = 2...3 } == ["2 to 3 records"])
        #expect(try Self.faults(.a, []) { $0.count = 0...3 } == ["a record"])
        #expect(try Self.faults(.a, one) { $0.ttl = 300...300 } == [])
        #expect(try Self.faults(.a, one) { $0.ttl = 60...120 } == ["a time to live of 60 to 120 s, not 300 s"])
        #expect(try Self.faults(.a, []) { $0.ttl = 60...120 } == ["a record"])
    }

    @Test func together() throws {
        let faults = try Self.faults(.a, ["198.51.100.1"], ttl: 5) {
            $0.within = [try #require(AddressBlock("192.0.2.0/24"))]
            $0.count = 2...2
            $0.ttl = 60...UInt32(Int32.max)
        }
        #expect(faults.count == 3)
    }
}
