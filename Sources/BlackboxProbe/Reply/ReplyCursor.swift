/// A position in a message, with functions to read on from it; every read stops at `end`.
struct ReplyCursor {
    let message: [UInt8]
    var offset: Int
    var end: Int

    /// More pointers than a name of 255 octets can need.
    private static let mostPointers = 126
    private static let longestName = 255

    init(_ message: [UInt8], at offset: Int) {
        self.message = message
        self.offset = offset
        end = message.count
    }

    var isAtEnd: Bool { offset >= end }
    var rest: ArraySlice<UInt8> { message[min(offset, end)..<end] }

    mutating func byte() throws(ReplyFault) -> UInt8 {
        guard offset < end else { throw .overflow }
        defer { offset += 1 }
        return message[offset]
    }

    mutating func short() throws(ReplyFault) -> UInt16 { UInt16(try byte()) << 8 | UInt16(try byte()) }
    mutating func long() throws(ReplyFault) -> UInt32 { UInt32(try short()) << 16 | UInt32(try short()) }

    mutating func bytes(_ count: Int) throws(ReplyFault) -> ArraySlice<UInt8> {
        guard count <= end - offset else { throw .overflow }
        defer { offset += count }
        return message[offset..<offset + count]
    }

    mutating func remaining() -> ArraySlice<UInt8> {
        defer { offset = max(offset, end) }
        return rest
    }

    /// Reads a name in presentation format with a trailing dot; pointers may lead anywhere before the end.
    mutating func name() throws(ReplyFault) -> String {
        var text = ""
        var budget = Self.longestName
        var pointers = 0
        var place = offset
        var next: Int?
        while true {
            guard place < end else { throw .overflow }
            let length = Int(message[place])
            place += 1
            switch length & 0xc0 {
            case 0:
                if length == 0 {
                    offset = next ?? place
                    return text.isEmpty ? "." : text
                }
                guard place + length <= end else { throw .overflow }
                budget -= length + 1
                guard budget > 0 else { throw .badName }
                for byte in message[place..<place + length] { Self.append(byte, to: &text) }
                text.append(".")
                place += length
            case 0xc0:
                guard place < end else { throw .overflow }
                let target = (length & 0x3f) << 8 | Int(message[place])
                if next == nil { next = place + 1 }
                pointers += 1
                guard pointers <= Self.mostPointers else { throw .badName }
                place = target
            default: throw .badName
            }
        }
    }

    private static func append(_ byte: UInt8, to text: inout String) {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: " "), UInt8(ascii: "'"), UInt8(ascii: "@"), UInt8(ascii: ";"),
            UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""), UInt8(ascii: "\\"):
            text.append("\\")
            text.unicodeScalars.append(UnicodeScalar(byte))
        case 0x20...0x7e: text.unicodeScalars.append(UnicodeScalar(byte))
        default: text += Presentation.decimalEscape(byte)
        }
    }

    /// Reads a question; type and class may be missing at the end of the message.
    mutating func question() throws(ReplyFault) -> ReplyQuestion {
        var question = ReplyQuestion(name: try name())
        if isAtEnd { return question }
        question.type = try short()
        if isAtEnd { return question }
        question.recordClass = try short()
        return question
    }

    mutating func records(_ count: UInt16) throws(ReplyFault) -> [ReplyRecord] {
        var records: [ReplyRecord] = []
        for _ in 0..<count where !isAtEnd { records.append(try record()) }
        return records
    }

    private mutating func record() throws(ReplyFault) -> ReplyRecord {
        let owner = try name()
        let type = try short()
        let recordClass = try short()
        let ttl = try long()
        let length = Int(try short())
        guard length <= end - offset else { throw .overflow }
        var data = self
        data.end = offset + length
        let text = try RecordText.text(owner: owner, type: type, recordClass: recordClass, ttl: ttl, data: &data)
        guard length == 0 || data.offset == data.end else { throw .badLength }
        var record = ReplyRecord(type: type, recordClass: recordClass, ttl: ttl, text: text)
        if type == Mnemonics.soa {
            var fields = self
            fields.end = offset + length
            record.serial = fields.serial()
        } else if type == 46, length >= 12 {
            var fields = self
            fields.offset += 8
            record.signatureEnd = try fields.long()
        }
        offset += length
        return record
    }

    private mutating func serial() -> UInt32 {
        do throws(ReplyFault) {
            _ = try name()
            _ = try name()
            return try long()
        } catch {
            return 0
        }
    }
}
