/// Reads messages into one flat run of memory that is used again: all checks that ``Message`` makes, and no value of any
/// record.
///
/// What needs no change stays where it is in the message; names come out in lower case and without pointers.
struct AnswerScanner: Sendable {
    enum Section: UInt8, Sendable { case answer, authority, additional }

    /// One record: where its owner and its data lie, both in canonical form (RFC 4034 section 6.2).
    struct Entry: Sendable {
        var section: Section
        var type: RecordType
        var recordClass: RecordClass
        var ttl: UInt32
        /// In the memory of the scanner.
        var owner: Range<Int>
        /// In the memory of the scanner, or in the message.
        var data: Range<Int>
        var isDataInMessage: Bool
        /// The owner is the name of the question.
        var isOfQuestion: Bool
    }

    /// What counts of the rest.
    struct Header: Sendable {
        var id: UInt16
        var word: UInt16
        var question: Range<Int>
        var opt: OPTSummary?
    }

    /// What counts of an OPT record.
    struct OPTSummary: Sendable {
        var upperCode: UInt16
        var extendedErrors: [UInt16] = []
        var cookie: Range<Int>?
    }

    private(set) var entries: [Entry] = []
    private(set) var memory: [UInt8]
    private var used = 0
    /// For data whose layout is read field by field.
    private var scratch: [UInt8] = []
    /// The name of the question, if records may point to it; most do.
    private var question: Range<Int>?

    /// Room that names and fixed fields of one record may need beyond the length of its data.
    private static let slack = 4 * Name.maximumLength

    init() {
        memory = [UInt8](repeating: 0, count: 4096)
        entries.reserveCapacity(64)
    }

    /// Reads a message; nil for an update, whose records follow other rules.
    mutating func read(_ bytes: Span<UInt8>) throws(WireError) -> Header? {
        var reader = WireReader(bytes)
        let id = try reader.uint16(bytes)
        let word = try reader.uint16(bytes)
        guard OpCode(rawValue: word >> 11 & 15) != .update else { return nil }
        let questionCount = try reader.uint16(bytes)
        let answerCount = try reader.uint16(bytes)
        let authorityCount = try reader.uint16(bytes)
        let additionalCount = try reader.uint16(bytes)
        entries.removeAll(keepingCapacity: true)
        used = 0
        question = nil
        var header = Header(id: id, word: word, question: 0..<0)
        for index in 0..<questionCount {
            makeRoom(for: 0)
            let start = reader.offset
            let name = try name(bytes, &reader)
            // Only a name without pointers may be pointed to without a look at it.
            if index == 0, name.count == reader.offset - start { question = name }
            if index == 0 { header.question = name }
            try reader.skip(4)
        }
        for _ in 0..<answerCount { try record(bytes, &reader, .answer, mayBeSigned: false) }
        for _ in 0..<authorityCount { try record(bytes, &reader, .authority, mayBeSigned: false) }
        for index in 0..<additionalCount {
            if try optRecord(bytes, &reader, &header.opt) { continue }
            try record(bytes, &reader, .additional, mayBeSigned: index == additionalCount - 1)
        }
        guard reader.remaining == 0 else { throw WireError(.trailingBytes, at: reader.offset) }
        return header
    }

    private mutating func makeRoom(for count: Int) {
        let wanted = used + count + Self.slack
        if memory.count < wanted { memory += repeatElement(0, count: max(wanted - memory.count, memory.count)) }
    }

    private mutating func record(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, _ section: Section, mayBeSigned: Bool
    ) throws(WireError) {
        let start = reader.offset
        makeRoom(for: 0)
        let owner: Range<Int>
        var isOfQuestion = false
        if let question, reader.remaining >= 2, bytes[start] == 0xC0, Int(bytes[start + 1]) == Message.headerLength {
            try reader.skip(2)
            owner = question
            isOfQuestion = true
        } else {
            owner = try name(bytes, &reader)
        }
        let type = RecordType(rawValue: try reader.uint16(bytes))
        let recordClass = RecordClass(rawValue: try reader.uint16(bytes))
        let ttl = try reader.uint32(bytes)
        let count = Int(try reader.uint16(bytes))
        try Message.checkPlace(of: type, recordClass, mayBeSigned: mayBeSigned, at: start)
        var data = try reader.limited(to: count)
        try reader.skip(count)
        var entry = Entry(
            section: section, type: type, recordClass: recordClass, ttl: ttl, owner: owner,
            data: data.offset..<data.end, isDataInMessage: true, isOfQuestion: isOfQuestion)
        if count != RecordLayout.plainLength(type, recordClass) {
            if let range = try self.data(bytes, &data, type, recordClass) {
                entry.data = range
                entry.isDataInMessage = false
            }
        }
        entries.append(entry)
    }

    /// Reads record data; its place in the memory, or nothing if it may stay where it is.
    private mutating func data(
        _ bytes: Span<UInt8>, _ data: inout WireReader, _ type: RecordType, _ recordClass: RecordClass
    ) throws(WireError) -> Range<Int>? {
        let start = used
        switch type {
        case .ns, .cname, .ptr:
            _ = try name(bytes, &data)
        case .mx:
            makeRoom(for: 2)
            try copy(2, bytes, &data)
            _ = try name(bytes, &data)
        case .soa:
            makeRoom(for: 20)
            _ = try name(bytes, &data)
            _ = try name(bytes, &data)
            try copy(20, bytes, &data)
        case .txt, .spf:
            repeat { try data.skip(Int(try data.uint8(bytes))) } while data.remaining > 0
            return nil
        case .caa:
            try data.skip(1)
            let place = data.offset
            let tag = Int(try data.uint8(bytes))
            try data.skip(tag)
            guard tag > 0, (place + 1...place + tag).allSatisfy({ RecordField.isLetterOrDigit(bytes[$0]) }) else {
                throw WireError(.recordDataInvalid, at: place)
            }
            return nil
        case .dnskey, .cdnskey:
            try data.skip(4)
            return nil
        case .https where recordClass == .in, .svcb where recordClass == .in:
            let place = data.offset
            let priority = try data.uint16(bytes)
            try data.skipLiteralName(bytes)
            let isBare = data.remaining == 0
            try ServiceParameters.check(bytes, &data)
            guard priority > 0 || isBare else { throw WireError(.recordDataInvalid, at: place) }
            return nil
        case .rrsig:
            makeRoom(for: data.remaining)
            try copy(18, bytes, &data)
            _ = try name(bytes, &data, allowPointers: false)
            try copy(data.remaining, bytes, &data)
        default:
            guard let layout = RecordLayout.of(type, recordClass) else { return nil }
            scratch.removeAll(keepingCapacity: true)
            try layout.read(bytes, &data, to: &scratch, allowPointers: true, fold: true)
            makeRoom(for: scratch.count)
            memory.replaceSubrange(start..<start + scratch.count, with: scratch)
            used += scratch.count
        }
        guard data.remaining == 0 else { throw WireError(.recordDataTooLong, at: data.offset) }
        return start..<used
    }

    /// Reads a name into the memory, in lower case.
    private mutating func name(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, allowPointers: Bool = true
    ) throws(WireError) -> Range<Int> {
        let start = used
        var target = memory.mutableSpan
        let count = try reader.foldedName(from: bytes, into: &target, at: start, allowPointers: allowPointers)
        used = start + count
        return start..<used
    }

    private mutating func copy(_ count: Int, _ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) {
        let place = reader.offset
        let start = used
        try reader.skip(count)
        var target = memory.mutableSpan
        for index in 0..<count { target[start + index] = bytes[place + index] }
        used = start + count
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
}
