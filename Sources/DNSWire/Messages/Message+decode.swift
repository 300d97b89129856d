extension Message {
    /// The bytes of the header.
    static let headerLength = 12

    /// Reads a whole message; bytes after its last record are an error.
    ///
    /// With `leavingOutBrokenExtras` a record of the authority or additional section whose data does not fit its type is
    /// left out; one in the answer section is an error in any case, because what is left would be another answer.
    public init(decoding bytes: [UInt8], leavingOutBrokenExtras: Bool = false) throws(WireError) {
        try self.init(decoding: bytes.span, leavingOutBrokenExtras: leavingOutBrokenExtras)
    }

    /// Reads a whole message; bytes after its last record are an error.
    public init(decoding bytes: Span<UInt8>, leavingOutBrokenExtras: Bool = false) throws(WireError) {
        var reader = WireReader(bytes)
        let id = try reader.uint16(bytes)
        let word = try reader.uint16(bytes)
        self.init(
            id: id, flags: Flags(rawValue: word & Flags.mask), opCode: OpCode(rawValue: word >> 11 & 15),
            responseCode: ResponseCode(rawValue: word & 15))
        let questionCount = try reader.uint16(bytes)
        let answerCount = try reader.uint16(bytes)
        let authorityCount = try reader.uint16(bytes)
        let additionalCount = try reader.uint16(bytes)
        // Every entry takes at least five bytes, so a count that lies is found before memory is spent on it.
        for _ in 0..<questionCount { questions.append(try question(bytes, &reader)) }
        for _ in 0..<answerCount { answers.append(try record(bytes, &reader, in: .answer)) }
        for _ in 0..<authorityCount {
            let extra = try record(bytes, &reader, in: .authority, leavingOutBroken: leavingOutBrokenExtras)
            if let extra { authorities.append(extra) }
        }
        for index in 0..<additionalCount {
            if try readOPT(bytes, &reader) { continue }
            let section = Section.additional(isLast: index == additionalCount - 1)
            let extra = try record(bytes, &reader, in: section, leavingOutBroken: leavingOutBrokenExtras)
            if let extra { additionals.append(extra) }
        }
        guard reader.remaining == 0 else { throw WireError(.trailingBytes, at: reader.offset) }
    }

    private enum Section: Equatable {
        case answer
        case authority
        case additional(isLast: Bool)
    }

    private func question(_ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) -> Question {
        let start = reader.offset
        let name = try reader.name(from: bytes)
        let type = RecordType(rawValue: try reader.uint16(bytes))
        let recordClass = RecordClass(rawValue: try reader.uint16(bytes))
        if opCode == .update, type != .soa || recordClass.isMeta || !questions.isEmpty {
            throw WireError(.updateInvalid, at: start)
        }
        return Question(name: name, type: type, recordClass: recordClass)
    }

    private func record(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, in section: Section
    ) throws(WireError) -> Record {
        let start = reader.offset
        let name = try reader.name(from: bytes)
        let type = RecordType(rawValue: try reader.uint16(bytes))
        let recordClass = RecordClass(rawValue: try reader.uint16(bytes))
        let ttl = try reader.uint32(bytes)
        let count = Int(try reader.uint16(bytes))
        try Self.checkPlace(of: type, recordClass, mayBeSigned: section == .additional(isLast: true), at: start)
        var dataReader = try reader.limited(to: count)
        try reader.skip(count)
        let data: RecordData
        if opCode == .update, type != .tsig {
            data = try updateData(bytes, &dataReader, type, recordClass, in: section, at: start)
        } else {
            data = try RecordData(type: type, recordClass: recordClass, from: bytes, &dataReader)
        }
        return Record(name: name, recordClass: recordClass, ttl: Self.soundTTL(ttl), data: data)
    }

    /// The next record, or nothing when only its data is broken and that is to be tolerated.
    private func record(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, in section: Section, leavingOutBroken: Bool
    ) throws(WireError) -> Record? {
        let start = reader
        guard leavingOutBroken else { return try record(bytes, &reader, in: section) }
        do throws(WireError) {
            return try record(bytes, &reader, in: section)
        } catch {
            reader = start
            _ = try reader.name(from: bytes)
            let type = RecordType(rawValue: try reader.uint16(bytes))
            guard type != .opt, type != .tsig else { throw error }
            try reader.skip(6)
            let count = Int(try reader.uint16(bytes))
            _ = try reader.limited(to: count)
            try reader.skip(count)
            return nil
        }
    }

    /// Updates delete by records of class ANY or NONE, most of them empty (RFC 2136 sections 2.4 and 2.5).
    private func updateData(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, _ type: RecordType, _ recordClass: RecordClass,
        in section: Section, at start: Int
    ) throws(WireError) -> RecordData {
        guard let zone = questions.first else { throw WireError(.updateInvalid, at: start) }
        let isDeletion = recordClass.isMeta
        if recordClass == .any || (isDeletion && section == .answer) {
            guard reader.remaining == 0 else { throw WireError(.updateInvalid, at: reader.offset) }
            return RecordData(validated: [], type: type, recordClass: recordClass)
        }
        let layoutClass = isDeletion ? zone.recordClass : recordClass
        return try RecordData(type: type, recordClass: layoutClass, from: bytes, &reader)
    }

    /// Reads the next record if it is an OPT record; otherwise leaves the reader where it is.
    private mutating func readOPT(_ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) -> Bool {
        guard let header = try OPTHeader(bytes, &reader, isFirst: edns == nil) else { return false }
        var optionReader = header.options
        var options: [EDNSOption] = []
        while optionReader.remaining > 0 { options.append(try EDNSOption(bytes, &optionReader)) }
        edns = EDNS(
            version: header.version, udpSize: header.udpSize, dnssecOK: header.flags & 0x8000 != 0,
            reservedFlags: header.flags & 0x7FFF, options: options)
        responseCode = ResponseCode(rawValue: responseCode.rawValue | UInt16(header.upperCode) << 4)
        return true
    }

    /// OPT may stand only where it is looked for, TSIG only at the very end and in class ANY.
    static func checkPlace(
        of type: RecordType, _ recordClass: RecordClass, mayBeSigned: Bool, at start: Int
    ) throws(WireError) {
        if type == .opt { throw WireError(.optMisplaced, at: start) }
        if type == .tsig, !mayBeSigned || recordClass != .any { throw WireError(.tsigMisplaced, at: start) }
    }

    /// A time to live with its highest bit set means zero (RFC 2181 section 8).
    static func soundTTL(_ ttl: UInt32) -> UInt32 { ttl > UInt32(Int32.max) ? 0 : ttl }
}
