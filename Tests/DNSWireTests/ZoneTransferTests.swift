import DNSWire
import Testing

@Suite("Zone transfers")
struct ZoneTransferTests {
    static func message(_ texts: [String], _ type: RecordType, code: ResponseCode = .noError) throws -> Message {
        let zone = try Name("z")
        let answers = try texts.map { text in
            if let serial = UInt32(text) {
                let soa = SOA(
                    mname: zone, rname: zone, serial: SerialNumber(rawValue: serial), refresh: 1, retry: 1, expire: 1,
                    minimum: 1)
                return Record(name: zone, ttl: 1, data: soa.data)
            }
            return Record(name: try Name(text), ttl: 1, data: Address(address: .v4(1)).data)
        }
        return Message(
            flags: .isResponse, responseCode: code, questions: [Question(name: zone, type: type)], answers: answers)
    }

    @Test("a whole zone in several messages")
    func whole() throws {
        var transfer = ZoneTransfer(zone: try Name("z"), kind: .whole)
        #expect(try transfer.receive(Self.message(["5"], .axfr)) == .more)
        #expect(try transfer.receive(Self.message(["a.z", "b.z"], .axfr)) == .more)
        guard case .done(.whole(let records)) = try transfer.receive(Self.message(["c.z", "5"], .axfr)) else {
            Issue.record("not done")
            return
        }
        #expect(records.map { "\($0.name)" } == ["z.", "a.z.", "b.z.", "c.z."])
        #expect(throws: ZoneTransfer.Fault.unexpectedMessage) { try transfer.receive(Self.message(["c.z"], .axfr)) }
    }

    @Test("changes of two versions, cut anywhere")
    func changes() throws {
        let texts = ["3", "1", "a.z", "2", "b.z", "c.z", "2", "b.z", "3", "d.z", "3"]
        for cut in 1..<texts.count {
            var transfer = ZoneTransfer(zone: try Name("z"), kind: .changes(since: SerialNumber(rawValue: 1)))
            var progress = try transfer.receive(Self.message(Array(texts[..<cut]), .ixfr))
            #expect(progress == .more)
            progress = try transfer.receive(Self.message(Array(texts[cut...]), .ixfr))
            guard case .done(.changes(let changes)) = progress else {
                Issue.record("not done at \(cut): \(progress)")
                return
            }
            #expect(changes.map { $0.added.count } == [2, 1] && changes.map { $0.removed.count } == [1, 1])
        }
    }

    @Test("nothing new, and a whole zone instead of changes")
    func upToDate() throws {
        var transfer = ZoneTransfer(zone: try Name("z"), kind: .changes(since: SerialNumber(rawValue: 3)))
        #expect(try transfer.receive(Self.message(["3"], .ixfr)) == .done(.upToDate))
        var whole = ZoneTransfer(zone: try Name("z"), kind: .changes(since: SerialNumber(rawValue: 1)))
        guard case .done(.whole) = try whole.receive(Self.message(["3", "a.z", "3"], .ixfr)) else {
            Issue.record("not whole")
            return
        }
    }

    @Test(
        "streams that cannot be",
        arguments: [
            (["a.z"], ZoneTransfer.Fault.noStart), (["3", "2"], .brokenSequence),
            (["3", "1", "a.z", "2", "1"], .brokenSequence), ([], .unexpectedMessage),
        ])
    func refused(_ texts: [String], _ fault: ZoneTransfer.Fault) throws {
        var transfer = ZoneTransfer(zone: try Name("z"), kind: .changes(since: SerialNumber(rawValue: 1)))
        let message = try Self.message(texts, .ixfr)
        #expect(throws: fault) { try transfer.receive(message) }
    }
}
