import DNSWire

/// What one answer says, as 128 bits: equal for equal sets of records, whatever their order, TTL, compression and case.
///
/// Keyed, so that nobody can prepare two answers that look alike. Reading one allocates nothing.
struct AnswerDigest: Hashable, Sendable {
    var high: UInt64
    var low: UInt64
}

/// Reads replies and makes their digests; every bound of RFC 1035 is checked on the way.
struct AnswerReader {
    /// What the reader found.
    struct Answer {
        var digest: AnswerDigest
        var responseCode: UInt16
        var isTruncated: Bool
    }

    private let key: (UInt64, UInt64)

    init(key: (UInt64, UInt64)) {
        self.key = key
    }

    /// Reads a whole reply; its header and question were checked against the query.
    func read(_ bytes: Span<UInt8>) throws(WireError) -> Answer {
        var reader = WireReader(bytes)
        try reader.skip(2)
        let flags = try reader.uint16(bytes)
        let questions = try reader.uint16(bytes)
        let answers = try reader.uint16(bytes)
        let others = Int(try reader.uint16(bytes)) + Int(try reader.uint16(bytes))
        for _ in 0..<questions {
            try skipName(bytes, &reader)
            try reader.skip(4)
        }
        var code = flags & 0x0F
        var sum = AnswerDigest(high: 0, low: UInt64(code))
        // Most owners are a pointer to the question's name, which is read once for all of them.
        var asked: KeyedHash?
        if answers > 0, questions == 1 {
            var hash = KeyedHash(key: key)
            var question = WireReader(bytes)
            try question.skip(12)
            try name(bytes, &question, into: &hash)
            asked = hash
        }
        for _ in 0..<answers {
            let record = try self.record(bytes, &reader, asked: asked)
            let (low, overflow) = sum.low.addingReportingOverflow(record.low)
            sum = AnswerDigest(high: sum.high &+ record.high &+ (overflow ? 1 : 0), low: low)
        }
        for _ in 0..<others {
            try skipName(bytes, &reader)
            let type = try reader.uint16(bytes)
            try reader.skip(2)
            let ttl = try reader.uint32(bytes)
            try reader.skip(Int(try reader.uint16(bytes)))
            // OPT carries the upper bits of the response code (RFC 6891, section 6.1.3).
            if type == RecordType.opt.rawValue { code |= UInt16(ttl >> 24) << 4 }
        }
        guard reader.remaining == 0 else { throw WireError(.trailingBytes, at: reader.offset) }
        return Answer(digest: sum, responseCode: code, isTruncated: flags & 0x0200 != 0)
    }

    /// One record: owner, type, class and data, in canonical form.
    private func record(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, asked: KeyedHash?
    ) throws(WireError) -> AnswerDigest {
        var hash: KeyedHash
        let at = reader.offset
        if let asked, reader.remaining >= 2, bytes[at] == 0xC0, bytes[at + 1] == 12 {
            hash = asked
            try reader.skip(2)
        } else {
            hash = KeyedHash(key: key)
            try name(bytes, &reader, into: &hash)
        }
        let type = try reader.uint16(bytes)
        let recordClass = try reader.uint16(bytes)
        try reader.skip(4)
        let length = Int(try reader.uint16(bytes))
        hash.add(UInt64(type) << 16 | UInt64(recordClass), bytes: 4)
        var data = try reader.limited(to: length)
        try reader.skip(length)
        switch type {
        case 2, 5, 12, 39:
            try name(bytes, &data, into: &hash)
        case 6:
            try name(bytes, &data, into: &hash)
            try name(bytes, &data, into: &hash)
        case 15:
            hash.add(UInt64(try data.uint16(bytes)), bytes: 2)
            try name(bytes, &data, into: &hash)
        default:
            break
        }
        var offset = data.offset
        while data.end - offset >= 4 {
            let high = UInt32(bytes[offset]) << 8 | UInt32(bytes[offset + 1])
            let low = UInt32(bytes[offset + 2]) << 8 | UInt32(bytes[offset + 3])
            hash.add(UInt64(high << 16 | low), bytes: 4)
            offset += 4
        }
        while offset < data.end {
            hash.add(UInt64(bytes[offset]), bytes: 1)
            offset += 1
        }
        return hash.finish()
    }

    /// A name's labels in lower case; the reader goes on behind the name's first pointer or its end.
    private func name(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, into hash: inout KeyedHash
    ) throws(WireError) {
        var cursor = reader.offset
        var end = reader.end
        var after: Int?
        var length = 0
        while true {
            guard cursor < end else { throw WireError(.truncated, at: cursor) }
            let first = bytes[cursor]
            if first < 64 {
                length += Int(first) + 1
                guard length <= 255 else { throw WireError(.nameTooLong, at: cursor) }
                guard cursor + Int(first) < end else { throw WireError(.truncated, at: end) }
                hash.add(UInt64(first), bytes: 1)
                for index in cursor + 1..<cursor + 1 + Int(first) {
                    hash.add(UInt64(AnswerReader.folded(bytes[index])), bytes: 1)
                }
                cursor += 1 + Int(first)
                if first == 0 { break }
            } else if first >= 192 {
                guard cursor + 1 < end else { throw WireError(.truncated, at: end) }
                let target = Int(first & 0x3F) << 8 | Int(bytes[cursor + 1])
                // Pointers lead backwards only, so that they cannot go round.
                guard target < cursor else { throw WireError(.pointerForward, at: cursor) }
                after = after ?? cursor + 2
                end = cursor
                cursor = target
            } else {
                throw WireError(.labelType, at: cursor)
            }
        }
        try reader.skip((after ?? cursor) - reader.offset)
    }

    private func skipName(_ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) {
        while true {
            let first = try reader.uint8(bytes)
            if first == 0 { return }
            if first >= 192 { return try reader.skip(1) }
            guard first < 64 else { throw WireError(.labelType, at: reader.offset - 1) }
            try reader.skip(Int(first))
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}
