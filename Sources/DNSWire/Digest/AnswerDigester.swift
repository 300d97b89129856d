/// Reads messages down to their ``AnswerSummary`` without making a value of any record.
///
/// It accepts and refuses exactly what ``Message`` does, and keeps its memory from one message to the next.
public struct AnswerDigester: Sendable {
    /// The hash of nothing, with the key in it.
    private let blank: KeyedHash
    private var scanner = AnswerScanner()
    private var hashes: [UInt128] = []

    /// A digester that hashes with this key.
    public init(key: AnswerDigest.Key) {
        blank = KeyedHash(key)
        hashes.reserveCapacity(64)
    }

    /// What a message says; nil for an update, whose records follow other rules.
    ///
    /// - Throws: `WireError` for a message that ``Message`` does not accept.
    public mutating func summary(
        of bytes: Span<UInt8>, covering coverage: AnswerSummary.Coverage = []
    ) throws(WireError) -> AnswerSummary? {
        guard let header = try scanner.read(bytes) else { return nil }
        var question = blank
        question.update(scanner.memory.span, header.question)
        var place = 0
        let (answer, lowestTTL) = section(.answer, from: &place, bytes, question, coverage)
        let answerCount = place
        let (authority, lowestAuthorityTTL) = section(.authority, from: &place, bytes, question, coverage)
        var additional = AnswerDigest(value: 0)
        if coverage.contains(.additional) {
            additional = section(.additional, from: &place, bytes, question, coverage).digest
        }
        return AnswerSummary(
            id: header.id, flags: Flags(rawValue: header.word & Flags.mask),
            responseCode: ResponseCode(rawValue: header.word & 15 | (header.opt?.upperCode ?? 0)), answer: answer,
            authority: authority, answerCount: answerCount, lowestTTL: lowestTTL,
            lowestAuthorityTTL: lowestAuthorityTTL, additional: additional,
            extendedErrors: header.opt?.extendedErrors ?? [], cookie: header.opt?.cookie)
    }

    /// Reads a message with all checks and keeps nothing of it: how many records it has besides OPT.
    ///
    /// - Throws: `WireError` for a message that ``Message`` does not accept.
    package mutating func scan(_ bytes: Span<UInt8>) throws(WireError) -> Int {
        _ = try scanner.read(bytes)
        return scanner.entries.count
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

    /// Hashes the records of a section: owner in lower case, type, class, canonical data.
    private mutating func section(
        _ section: AnswerScanner.Section, from place: inout Int, _ bytes: Span<UInt8>, _ question: KeyedHash,
        _ coverage: AnswerSummary.Coverage
    ) -> (digest: AnswerDigest, lowestTTL: UInt32?) {
        hashes.removeAll(keepingCapacity: true)
        var lowestTTL: UInt32?
        while place < scanner.entries.count, scanner.entries[place].section == section {
            let entry = scanner.entries[place]
            place += 1
            var hash = entry.isOfQuestion ? question : blank
            if !entry.isOfQuestion { hash.update(scanner.memory.span, entry.owner) }
            hash.update(UInt32(entry.type.rawValue) << 16 | UInt32(entry.recordClass.rawValue))
            if entry.isDataInMessage {
                hash.update(bytes, entry.data)
            } else {
                hash.update(scanner.memory.span, entry.data)
            }
            if coverage.contains(.timesToLive) { hash.update(entry.ttl) }
            let ttl = Message.soundTTL(entry.ttl)
            lowestTTL = min(lowestTTL ?? ttl, ttl)
            hashes.append(hash.finish())
        }
        return (combined(), lowestTTL)
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
