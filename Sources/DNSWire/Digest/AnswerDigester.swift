/// Reads messages down to their ``AnswerSummary`` without making a value of any record.
///
/// It accepts and refuses exactly what ``Message`` does, and keeps its memory from one message to the next.
public struct AnswerDigester: Sendable {
    /// The hash of nothing, with the key in it.
    private let blank: KeyedHash
    /// The name or the data that is being read.
    private var arena: [UInt8] = []
    /// The hash of the question's name, if records may point to it; most do.
    private var questionHash: KeyedHash?
    private var hashes: [UInt128] = []
    private var coverage: AnswerSummary.Coverage = []

    /// A digester that hashes with this key.
    public init(key: AnswerDigest.Key) {
        blank = KeyedHash(key)
        arena.reserveCapacity(1024)
        hashes.reserveCapacity(64)
    }

    /// What a message says; nothing for an update, whose records follow other rules.
    public mutating func summary(
        of bytes: Span<UInt8>, covering coverage: AnswerSummary.Coverage = []
    ) throws(WireError) -> AnswerSummary? {
        self.coverage = coverage
        var reader = WireReader(bytes)
        let id = try reader.uint16(bytes)
        let word = try reader.uint16(bytes)
        guard OpCode(rawValue: word >> 11 & 15) != .update else { return nil }
        let questionCount = try reader.uint16(bytes)
        let answerCount = try reader.uint16(bytes)
        let authorityCount = try reader.uint16(bytes)
        let additionalCount = try reader.uint16(bytes)
        questionHash = nil
        for index in 0..<questionCount {
            let (hash, isLiteral) = try name(bytes, &reader)
            // Only a name without pointers may be pointed to without a look at it.
            if index == 0, isLiteral { questionHash = hash }
            try reader.skip(4)
        }
        let (answer, lowestTTL) = try section(bytes, &reader, count: answerCount)
        let (authority, lowestAuthorityTTL) = try section(bytes, &reader, count: authorityCount)
        var opt: OPTSummary?
        hashes.removeAll(keepingCapacity: true)
        for index in 0..<additionalCount {
            if try optRecord(bytes, &reader, &opt) { continue }
            let (hash, _) = try record(bytes, &reader, mayBeSigned: index == additionalCount - 1)
            if coverage.contains(.additional) { hashes.append(hash) }
        }
        guard reader.remaining == 0 else { throw WireError(.trailingBytes, at: reader.offset) }
        return AnswerSummary(
            id: id, flags: Flags(rawValue: word & Flags.mask),
            responseCode: ResponseCode(rawValue: word & 15 | (opt?.upperCode ?? 0)), answer: answer,
            authority: authority, answerCount: Int(answerCount), lowestTTL: lowestTTL,
            lowestAuthorityTTL: lowestAuthorityTTL, additional: combined(), extendedErrors: opt?.extendedErrors ?? [],
            cookie: opt?.cookie)
    }

    /// What counts of an OPT record.
    private struct OPTSummary {
        var upperCode: UInt16
        var extendedErrors: [UInt16] = []
        var cookie: Range<Int>?
    }

    /// The digest of records that are values already: equal to that of a section that holds them.
    public mutating func digest(of records: some Sequence<Record>) -> AnswerDigest {
        hashes.removeAll(keepingCapacity: true)
        for record in records {
            var hash = blank
            hash.update(record.name.folded.wire.span)
            hash.update(record.type.rawValue)
            hash.update(record.recordClass.rawValue)
            hash.update(record.data.canonical.span)
            hashes.append(hash.finish())
        }
        return combined()
    }

    private mutating func section(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, count: UInt16
    ) throws(WireError) -> (AnswerDigest, lowestTTL: UInt32?) {
        hashes.removeAll(keepingCapacity: true)
        var lowestTTL: UInt32?
        for _ in 0..<count {
            let (hash, ttl) = try record(bytes, &reader, mayBeSigned: false)
            lowestTTL = min(lowestTTL ?? ttl, ttl)
            hashes.append(hash)
        }
        return (combined(), lowestTTL)
    }

    /// Reads a record and hashes it: owner in lower case, type, class, canonical data.
    private mutating func record(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, mayBeSigned: Bool
    ) throws(WireError) -> (hash: UInt128, ttl: UInt32) {
        let start = reader.offset
        var hash = try owner(bytes, &reader)
        let type = RecordType(rawValue: try reader.uint16(bytes))
        let recordClass = RecordClass(rawValue: try reader.uint16(bytes))
        let ttl = try reader.uint32(bytes)
        let count = Int(try reader.uint16(bytes))
        try Message.checkPlace(of: type, recordClass, mayBeSigned: mayBeSigned, at: start)
        hash.update(type.rawValue)
        hash.update(recordClass.rawValue)
        let dataStart = reader.offset
        if count == RecordLayout.plainLength(type, recordClass) {
            try reader.skip(count)
            hash.update(bytes, dataStart..<reader.offset)
        } else {
            var data = try reader.limited(to: count)
            try reader.skip(count)
            if let layout = RecordLayout.of(type, recordClass) {
                arena.removeAll(keepingCapacity: true)
                try layout.read(bytes, &data, to: &arena, allowPointers: true, fold: true)
                hash.update(arena.span)
            } else {
                hash.update(bytes, dataStart..<reader.offset)
            }
        }
        if coverage.contains(.timesToLive) {
            hash.update(UInt16(truncatingIfNeeded: ttl >> 16))
            hash.update(UInt16(truncatingIfNeeded: ttl))
        }
        return (hash.finish(), Message.soundTTL(ttl))
    }

    /// Reads an owner name; the usual pointer to the question is not walked again.
    private mutating func owner(_ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) -> KeyedHash {
        let place = reader.offset
        if let questionHash, reader.remaining >= 2, bytes[place] == 0xC0,
            Int(bytes[place + 1]) == Message.headerLength
        {
            try reader.skip(2)
            return questionHash
        }
        return try name(bytes, &reader).hash
    }

    /// Reads a name and hashes it in lower case; says whether it held no pointer.
    private mutating func name(
        _ bytes: Span<UInt8>, _ reader: inout WireReader
    ) throws(WireError) -> (hash: KeyedHash, isLiteral: Bool) {
        var hash = blank
        if let end = hash.updateLiteralName(bytes, from: reader.offset, to: reader.end) {
            try reader.skip(end - reader.offset)
            return (hash, true)
        }
        arena.removeAll(keepingCapacity: true)
        try reader.name(from: bytes, to: &arena)
        var span = arena.mutableSpan
        for index in span.indices { span[index] = Name.fold(span[index]) }
        hash = blank
        hash.update(arena.span)
        return (hash, false)
    }

    /// Reads the next record if it is an OPT record, and of it what counts.
    private func optRecord(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, _ opt: inout OPTSummary?
    ) throws(WireError) -> Bool {
        guard let header = try OPTHeader(bytes, &reader, isFirst: opt == nil) else { return false }
        var read = OPTSummary(upperCode: UInt16(header.upperCode) << 4)
        var options = header.options
        while options.remaining > 0 {
            let place = options.offset
            let option = try EDNSOption(bytes, &options)
            switch option.code {
            case EDNSOption.Code.cookie where read.cookie == nil: read.cookie = place + 4..<options.offset
            case EDNSOption.Code.extendedError:
                if let error = ExtendedError(option: option.data) { read.extendedErrors.append(error.code) }
            default: break
            }
        }
        opt = read
        return true
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
        guard hashes.first != hashes.last else { return AnswerDigest(value: hashes[0]) }
        var hash = blank
        var previous: UInt128?
        for value in hashes where value != previous {
            hash.update(value)
            previous = value
        }
        return AnswerDigest(value: hash.finish())
    }
}
