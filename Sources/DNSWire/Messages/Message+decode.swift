extension Message {
    /// The bytes of the header.
    static let headerLength = 12

    /// Reads a whole message; bytes after its last record are an error.
    public init(decoding bytes: [UInt8]) throws(WireError) { try self.init(decoding: bytes.span) }

    /// Reads a whole message; bytes after its last record are an error.
    public init(decoding bytes: Span<UInt8>) throws(WireError) {
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
        for _ in 0..<questionCount {
            let name = try reader.name(from: bytes)
            let type = RecordType(rawValue: try reader.uint16(bytes))
            let recordClass = RecordClass(rawValue: try reader.uint16(bytes))
            questions.append(Question(name: name, type: type, recordClass: recordClass))
        }
        for _ in 0..<answerCount { answers.append(try record(bytes, &reader, isLast: false)) }
        for _ in 0..<authorityCount {
            authorities.append(try record(bytes, &reader, isLast: false))
        }
        for index in 0..<additionalCount {
            let isLast = index == additionalCount - 1
            if try readOPT(bytes, &reader) { continue }
            additionals.append(try record(bytes, &reader, isLast: isLast))
        }
        guard reader.remaining == 0 else { throw WireError(.trailingBytes, at: reader.offset) }
    }

    private func record(
        _ bytes: Span<UInt8>, _ reader: inout WireReader, isLast: Bool
    ) throws(WireError) -> Record {
        let start = reader.offset
        let name = try reader.name(from: bytes)
        let type = RecordType(rawValue: try reader.uint16(bytes))
        let recordClass = RecordClass(rawValue: try reader.uint16(bytes))
        let ttl = try reader.uint32(bytes)
        let count = Int(try reader.uint16(bytes))
        if type == .opt { throw WireError(.optMisplaced, at: start) }
        if type == .tsig, !isLast || recordClass != .any { throw WireError(.tsigMisplaced, at: start) }
        var dataReader = try reader.limited(to: count)
        try reader.skip(count)
        // Updates delete by records of class ANY or NONE that may be empty (RFC 2136 section 2.5).
        if count == 0, opCode == .update, recordClass == .any || recordClass == .none {
            let data = RecordData(validated: [], type: type, recordClass: recordClass)
            return Record(name: name, recordClass: recordClass, ttl: ttl, data: data)
        }
        let data = try RecordData(type: type, recordClass: recordClass, from: bytes, &dataReader)
        return Record(name: name, recordClass: recordClass, ttl: ttl, data: data)
    }

    /// Reads the next record if it is an OPT record; otherwise leaves the reader where it is.
    private mutating func readOPT(_ bytes: Span<UInt8>, _ reader: inout WireReader) throws(WireError) -> Bool {
        let start = reader.offset
        var ahead = reader
        let name = try ahead.name(from: bytes)
        guard RecordType(rawValue: try ahead.uint16(bytes)) == .opt else { return false }
        guard name.isRoot, edns == nil else { throw WireError(.optMisplaced, at: start) }
        let size = try ahead.uint16(bytes)
        let word = try ahead.uint32(bytes)
        let count = Int(try ahead.uint16(bytes))
        var options = try ahead.limited(to: count)
        try ahead.skip(count)
        reader = ahead
        edns = EDNS(
            version: UInt8(truncatingIfNeeded: word >> 16), udpSize: size, dnssecOK: word & 0x8000 != 0,
            reservedFlags: UInt16(truncatingIfNeeded: word & 0x7FFF), options: [])
        while options.remaining > 0 {
            let code = try options.uint16(bytes)
            let length = Int(try options.uint16(bytes))
            edns?.options.append(EDNSOption(code: code, data: try options.bytes(length, from: bytes)))
        }
        responseCode = ResponseCode(rawValue: responseCode.rawValue | UInt16(truncatingIfNeeded: word >> 24) << 4)
        return true
    }
}
