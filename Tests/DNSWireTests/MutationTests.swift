import DNSWire
import Testing

@Suite("Hostile messages")
struct MutationTests {
    static func mutate(_ bytes: [UInt8], with numbers: inout FixedNumbers) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...4, using: &numbers) {
            let place = Int.random(in: 0...bytes.count, using: &numbers)
            switch Int.random(in: 0..<6, using: &numbers) {
            case 0 where place < bytes.count: bytes[place] = UInt8.random(in: .min ... .max, using: &numbers)
            case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
            case 2: bytes.removeLast(bytes.count - place)
            case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &numbers), at: place)
            case 4 where place < bytes.count:
                bytes[place] = [0, 1, 63, 64, 0xC0, 0xFF].randomElement(using: &numbers) ?? 0
            case 5 where place + 1 < bytes.count:
                bytes[place] = 0xC0
                bytes[place + 1] = UInt8(truncatingIfNeeded: Int.random(in: 0...bytes.count, using: &numbers))
            default: break
            }
        }
        return bytes
    }

    /// What must hold for any bytes whatever.
    static func examine(_ bytes: [UInt8], digester: inout AnswerDigester) throws -> Bool {
        let summary = Result { try digester.summary(of: bytes.span) }
        let message: Message
        do throws(WireError) {
            message = try Message(decoding: bytes)
        } catch {
            #expect((0...bytes.count).contains(error.offset), "\(bytes) \(error)")
            // An update is not summed up, so only for others must both readers refuse alike.
            if case .success(.some) = summary { Issue.record("only one reader refuses \(bytes)") }
            return false
        }
        let encoded = try message.encoded()
        #expect(try Message(decoding: encoded) == message, "\(bytes)")
        if let found = try summary.get() {
            #expect(found.answer == digester.digest(of: message.answers), "\(bytes)")
            #expect(found.authority == digester.digest(of: message.authorities))
            #expect(found.responseCode == message.responseCode && found.answerCount == message.answers.count)
        }
        for record in message.answers where record.type != .tkey && record.type != .wks && record.type != .hip {
            let text = record.data.text
            if text.isEmpty || text.contains("TYPE0") { continue }
            let data = record.data
            #expect(try RecordData(type: data.type, recordClass: data.recordClass, text: text) == data, "\(text)")
        }
        return true
    }

    @Test("100,000 changed messages: refused with a place, or read and written and read again alike")
    func changed() throws {
        let seeds = try Fixture.lines("messages.txt").map { Fixture.bytes($0) }
        var numbers = FixedNumbers(seed: 20_261_123)
        var digester = AnswerDigester(key: .init(low: 1, high: 2))
        var accepted = 0
        for index in 0..<100_000 {
            let bytes = Self.mutate(seeds[index % seeds.count], with: &numbers)
            if try Self.examine(bytes, digester: &digester) { accepted += 1 }
        }
        #expect(accepted > 20_000)
    }

    @Test(
        "named attacks",
        arguments: [
            ("000081800001000000000000C00C00010001", WireError(.pointerLoop, at: 12)),
            ("000081800001000000000000C00D00010001", WireError(.pointerForward, at: 12)),
            ("0000818000010000000000000161C00C00010001", WireError(.pointerLoop, at: 14)),
            ("00008180000100000000000040610000010001", WireError(.labelType, at: 12)),
            ("000081800001000000000000806100010001", WireError(.labelType, at: 12)),
            ("0000818000FF000000000000", WireError(.truncated, at: 12)),
            ("00008180", WireError(.truncated, at: 4)),
            ("00008180000000010000000000000100010000000000050102030405", WireError(.recordDataTooLong, at: 27)),
            ("0000818000000001000000000000010001000000000003010203", WireError(.truncated, at: 26)),
            ("00008180000000010000000000002904D0000000000000", WireError(.optMisplaced, at: 12)),
            ("00008180000000000000000200002904D000000000000000002904D0000000000000", WireError(.optMisplaced, at: 23)),
            ("000081800000000000000001016100002904D0000000000000", WireError(.optMisplaced, at: 12)),
            ("00008180000000000000000000", WireError(.trailingBytes, at: 12)),
        ])
    func attack(_ hexadecimal: String, _ error: WireError) {
        #expect(throws: error) { try Message(decoding: Fixture.bytes(hexadecimal)) }
    }
}
