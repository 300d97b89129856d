extension Message {
    /// The message as bytes, names compressed.
    ///
    /// Where it would be longer than the limit, records are left out from the end, whole sets at a time, and the
    /// truncation flag is set (RFC 2181 section 9); OPT stays.
    ///
    /// - Parameter limit: the largest size in bytes; more than 65535 counts as 65535.
    /// - Throws: `WireError` with the code `tooLarge` if the questions and OPT alone do not fit, or a number is too
    ///   large for its field.
    public func encoded(limit: Int = 65535) throws(WireError) -> [UInt8] {
        guard questions.count <= 0xFFFF, responseCode.rawValue <= 0xFFF, opCode.rawValue <= 15 else {
            throw WireError(.tooLarge, at: 0)
        }
        var writer = WireWriter()
        writer.uint16(id)
        writer.uint16(flags.rawValue & Flags.mask | opCode.rawValue << 11 | responseCode.rawValue & 15)
        for _ in 0..<4 { writer.uint16(0) }
        for question in questions {
            writer.name(question.name.wire[...], compress: true)
            writer.uint16(question.type.rawValue)
            writer.uint16(question.recordClass.rawValue)
        }
        writer.replace(at: 4, with: UInt16(questions.count))
        // A signature of the message must stay its last record.
        let signature = additionals.last.flatMap { $0.type == .tsig ? $0 : nil }
        let trailer = try optRecord() + signatureRecord(signature)
        let trailerCount = (edns == nil ? 0 : 1) + (signature == nil ? 0 : 1)
        let others = signature == nil ? additionals : additionals.dropLast()
        let room = min(limit, 0xFFFF) - trailer.count
        guard writer.count <= room else { throw WireError(.tooLarge, at: writer.count) }
        var isWhole = true
        for (section, records) in [answers, authorities, others].enumerated() {
            var count = 0
            if isWhole { (count, isWhole) = try Self.write(records, to: &writer, room: room) }
            if section == 2 { count += trailerCount }
            guard let count = UInt16(exactly: count) else { throw WireError(.tooLarge, at: writer.count) }
            writer.replace(at: 6 + section * 2, with: count)
        }
        if !isWhole {
            let word = (flags.rawValue | Flags.truncated.rawValue) & Flags.mask
            writer.replace(at: 2, with: word | opCode.rawValue << 11 | responseCode.rawValue & 15)
        }
        writer.append(trailer)
        return writer.bytes
    }

    /// Writes as many whole sets as there is room for; says how many records that were, and whether it was all.
    private static func write(
        _ records: [Record], to writer: inout WireWriter, room: Int
    ) throws(WireError) -> (count: Int, isWhole: Bool) {
        var setStart = (count: 0, bytes: writer.count)
        for (index, record) in records.enumerated() {
            let previous = index > 0 ? records[index - 1] : nil
            if previous?.type != record.type || previous?.name != record.name { setStart = (index, writer.count) }
            try write(record, to: &writer)
            if writer.count > room {
                writer.cut(to: setStart.bytes)
                return (setStart.count, false)
            }
        }
        return (records.count, true)
    }

    private static func write(_ record: Record, to writer: inout WireWriter) throws(WireError) {
        writer.name(record.name.wire[...], compress: true)
        writer.uint16(record.type.rawValue)
        writer.uint16(record.recordClass.rawValue)
        writer.uint32(record.ttl)
        let place = writer.count
        writer.uint16(0)
        try record.data.write(to: &writer)
        writer.replace(at: place, with: UInt16(truncatingIfNeeded: writer.count - place - 2))
    }

    private func signatureRecord(_ record: Record?) throws(WireError) -> [UInt8] {
        guard let record else { return [] }
        var writer = WireWriter()
        try Self.write(record, to: &writer)
        return writer.bytes
    }

    private func optRecord() throws(WireError) -> [UInt8] {
        guard let edns else {
            guard responseCode.rawValue <= 15 else { throw WireError(.tooLarge, at: 0) }
            return []
        }
        var writer = WireWriter()
        writer.uint8(0)
        writer.uint16(RecordType.opt.rawValue)
        writer.uint16(edns.udpSize)
        let upper = UInt32(responseCode.rawValue >> 4) << 24 | UInt32(edns.version) << 16
        writer.uint32(upper | (edns.dnssecOK ? 0x8000 : 0) | UInt32(edns.reservedFlags & 0x7FFF))
        let place = writer.count
        writer.uint16(0)
        for option in edns.options {
            guard option.data.count <= 0xFFFF else { throw WireError(.tooLarge, at: 0) }
            writer.uint16(option.code)
            writer.uint16(UInt16(option.data.count))
            writer.append(option.data)
        }
        guard let count = UInt16(exactly: writer.count - place - 2) else { throw WireError(.tooLarge, at: 0) }
        writer.replace(at: place, with: count)
        return writer.bytes
    }
}

extension RecordData {
    /// Writes the data, compressing the names of the types of RFC 1035.
    func write(to writer: inout WireWriter) throws(WireError) {
        guard let layout, layout.fields.contains(.name(.compressed)), !bytes.isEmpty else {
            writer.append(bytes)
            return
        }
        var reader = WireReader(bytes.span)
        for field in layout.fields {
            var value: [UInt8] = []
            try field.read(bytes.span, &reader, to: &value, allowPointers: false)
            if field == .name(.compressed) {
                writer.name(value[...], compress: true)
            } else {
                writer.append(value)
            }
        }
    }
}
