extension TransactionKey {
    /// Signs a message: appends a TSIG record (RFC 8945 section 5.1).
    ///
    /// Returns the longer message and its authentication code, which an answer's signature covers as well. An answer
    /// is signed with the code of its question as `requestCode`.
    ///
    /// - Throws: `WireError` for a message without a whole header, or one that is too large with the record.
    public func sign(
        _ message: [UInt8], at seconds: UInt64, fudge: UInt16 = 300, requestCode: [UInt8] = [],
        error: ResponseCode = .noError, other: [UInt8] = []
    ) throws(WireError) -> (message: [UInt8], code: [UInt8]) {
        var reader = WireReader(message.span)
        let id = try reader.uint16(message.span)
        try reader.skip(8)
        let count = try reader.uint16(message.span)
        guard count < .max else { throw WireError(.tooLarge, at: 10) }
        var signature = TSIG(
            algorithm: algorithm, timeSigned: seconds, fudge: fudge, mac: [], originalID: id, error: error,
            other: other)
        var input = Self.counted(requestCode)
        input += message
        input += variables(of: signature)
        signature.mac = authenticationCode(input)
        let data = signature.data.bytes
        var writer = WireWriter()
        writer.append(message)
        writer.replace(at: 10, with: count + 1)
        writer.append(name.wire)
        writer.uint16(RecordType.tsig.rawValue)
        writer.uint16(RecordClass.any.rawValue)
        writer.uint32(0)
        guard let length = UInt16(exactly: data.count), writer.count + 2 + data.count <= 0xFFFF else {
            throw WireError(.tooLarge, at: message.count)
        }
        writer.uint16(length)
        writer.append(data)
        return (writer.bytes, signature.mac)
    }

    /// What of the record is signed besides the message (RFC 8945 section 4.3.3).
    func variables(of signature: TSIG) -> [UInt8] {
        var writer = WireWriter()
        writer.append(name.folded.wire)
        writer.uint16(RecordClass.any.rawValue)
        writer.uint32(0)
        writer.append(signature.algorithm.folded.wire)
        writer.append(Self.timers(of: signature))
        writer.uint16(signature.error.rawValue)
        writer.longCounted(signature.other)
        return writer.bytes
    }

    /// What of the record is signed in later messages of a stream.
    static func timers(of signature: TSIG) -> [UInt8] {
        var writer = WireWriter()
        writer.uint48(signature.timeSigned)
        writer.uint16(signature.fudge)
        return writer.bytes
    }

    /// The code of an earlier message as it is signed; nothing for none.
    static func counted(_ code: [UInt8]) -> [UInt8] {
        guard !code.isEmpty else { return [] }
        var writer = WireWriter()
        writer.longCounted(code)
        return writer.bytes
    }
}
