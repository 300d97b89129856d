/// Reads messages down to their ``AnswerSummary`` without making a value of any record.
///
/// It accepts and refuses exactly what ``Message`` does, and keeps its memory from one message to the next.
public struct AnswerDigester: Sendable {
    private let key: AnswerDigest.Key
    private var arena: [UInt8] = []
    /// The name of the question in lower case, if it is where records usually point to; otherwise nothing.
    private var questionName: [UInt8] = []
    private var hashes: [UInt128] = []

    /// A digester that hashes with this key.
    public init(key: AnswerDigest.Key) {
        self.key = key
        arena.reserveCapacity(1024)
        hashes.reserveCapacity(64)
    }

    /// What a message says; nothing for an update, whose records follow other rules.
    public mutating func summary(of bytes: Span<UInt8>) throws(WireError) -> AnswerSummary? {
        var reader = WireReader(bytes)
        let id = try reader.uint16(bytes)
        let word = try reader.uint16(bytes)
        guard OpCode(rawValue: word >> 11 & 15) != .update else { return nil }
        let questionCount = try reader.uint16(bytes)
        let answerCount = try reader.uint16(bytes)
        let authorityCount = try reader.uint16(bytes)
        let additionalCount = try reader.uint16(bytes)
        questionName.removeAll(keepingCapacity: true)
        for index in 0..<questionCount {
            arena.removeAll(keepingCapacity: true)
            try reader.name(from: bytes, to: &arena)
            if index == 0, reader.offset == Message.headerLength + arena.count {
                fold(arena.indices)
                questionName.append(contentsOf: arena)
            }
            try reader.skip(4)
        }
        let (answer, lowestTTL) = try section(bytes, &reader, count: answerCount)
        let (authority, lowestAuthorityTTL) = try section(bytes, &reader, count: authorityCount)
        var upperCode: UInt16?
        for index in 0..<additionalCount {
            let rest = additionalCount - 1 - index
            if try optRecord(bytes, &reader, upperCode: &upperCode) { continue }
            _ = try record(bytes, &reader, mayBeSigned: rest == 0)
        }
        guard reader.remaining == 0 else { throw WireError(.trailingBytes, at: reader.offset) }
        return AnswerSummary(
            id: id, flags: Flags(rawValue: word & Flags.mask),
            responseCode: ResponseCode(rawValue: word & 15 | (upperCode ?? 0)), answer: answer, authority: authority,
            answerCount: Int(answerCount), lowestTTL: lowestTTL, lowestAuthorityTTL: lowestAuthorityTTL)
    }

    /// The digest of records that are values already: equal to that of a section that holds them.
    public mutating func digest(of records: some Sequence<Record>) -> AnswerDigest {
        hashes.removeAll(keepingCapacity: true)
        for record in records {
            arena.removeAll(keepingCapacity: true)
            for byte in record.name.wire { arena.append(Name.fold(byte)) }
            head(record.type, record.recordClass)
            arena += record.data.canonical
            hashes.append(hash())
        }
        return combined()
    }

    private mutating func section(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, count: UInt16
    ) throws(WireError) -> (AnswerDigest, lowestTTL: UInt32?) {
        hashes.removeAll(keepingCapacity: true)
        var lowestTTL: UInt32?
        for _ in 0..<count {
            let ttl = try record(bytes, &reader, mayBeSigned: false)
            lowestTTL = min(lowestTTL ?? ttl, ttl)
            hashes.append(hash())
        }
        return (combined(), lowestTTL)
    }

    /// Reads a record into the arena, as it is hashed: owner in lower case, type, class, canonical data.
    private mutating func record(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, mayBeSigned: Bool
    ) throws(WireError) -> UInt32 {
        let start = reader.offset
        try owner(bytes, &reader)
        let type = RecordType(rawValue: try reader.uint16(bytes))
        let recordClass = RecordClass(rawValue: try reader.uint16(bytes))
        let ttl = try reader.uint32(bytes)
        let count = Int(try reader.uint16(bytes))
        try Message.checkPlace(of: type, recordClass, mayBeSigned: mayBeSigned, at: start)
        head(type, recordClass)
        var data = try reader.limited(to: count)
        try reader.skip(count)
        if let layout = RecordLayout.of(type, recordClass) {
            try layout.read(bytes, &data, to: &arena, allowPointers: true, fold: true)
        } else {
            try data.copy(count, from: bytes, to: &arena)
        }
        return Message.soundTTL(ttl)
    }

    /// Reads an owner name into the arena in lower case; the usual pointer to the question is not walked again.
    private mutating func owner(_ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) {
        arena.removeAll(keepingCapacity: true)
        let place = reader.offset
        if !questionName.isEmpty, reader.remaining >= 2, bytes[place] == 0xC0,
            Int(bytes[place + 1]) == Message.headerLength
        {
            try reader.skip(2)
            arena.append(contentsOf: questionName)
        } else {
            try reader.name(from: bytes, to: &arena)
            fold(arena.indices)
        }
    }

    private mutating func fold(_ range: Range<Int>) {
        var span = arena.mutableSpan
        for index in range { span[index] = Name.fold(span[index]) }
    }

    private mutating func head(_ type: RecordType, _ recordClass: RecordClass) {
        arena.append(UInt8(truncatingIfNeeded: type.rawValue >> 8))
        arena.append(UInt8(truncatingIfNeeded: type.rawValue))
        arena.append(UInt8(truncatingIfNeeded: recordClass.rawValue >> 8))
        arena.append(UInt8(truncatingIfNeeded: recordClass.rawValue))
    }

    /// Reads the next record if it is an OPT record, and of it the upper bits of the response code.
    private mutating func optRecord(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, upperCode: inout UInt16?
    ) throws(WireError) -> Bool {
        guard let header = try OPTHeader(bytes, &reader, isFirst: upperCode == nil) else { return false }
        upperCode = UInt16(header.upperCode) << 4
        var options = header.options
        while options.remaining > 0 { _ = try EDNSOption(bytes, &options) }
        return true
    }

    private func hash() -> UInt128 {
        var hash = KeyedHash(key)
        hash.update(arena.span)
        return hash.finish()
    }

    /// The digest of the hashes so far: nothing is zero, one stands for itself, more are sorted and hashed again.
    private mutating func combined() -> AnswerDigest {
        guard hashes.count > 1 else { return AnswerDigest(value: hashes.first ?? 0) }
        // Insertion: sections are short, and nothing is allocated; long ones are sorted as usual.
        if hashes.count <= 16 {
            for index in hashes.indices.dropFirst() {
                var place = index
                while place > 0, hashes[place] < hashes[place - 1] {
                    hashes.swapAt(place, place - 1)
                    place -= 1
                }
            }
        } else {
            hashes.sort()
        }
        guard let first = hashes.first, hashes.last != first else { return AnswerDigest(value: hashes[0]) }
        var hash = KeyedHash(key)
        var previous: UInt128?
        for value in hashes where value != previous {
            hash.update(value)
            previous = value
        }
        return AnswerDigest(value: hash.finish())
    }
}
