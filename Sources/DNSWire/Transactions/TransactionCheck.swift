/// Checks the signatures of the answers to one signed question: of a single message or of a stream (RFC 8945).
public struct TransactionCheck: Sendable {
    /// How many messages of a stream may come without a signature of their own (RFC 8945 section 5.3.1).
    public static let maximumUnsigned = 99

    private let key: TransactionKey
    /// The code of the question, later of the last signed message.
    private var lastCode: [UInt8]
    private var isFirst = true
    private var unsigned: [UInt8] = []
    private var unsignedCount = 0

    /// A check of what answers the question with this authentication code; of a question itself, with none.
    public init(key: TransactionKey, requestCode: [UInt8]) {
        self.key = key
        lastCode = requestCode
    }

    /// Whether all messages so far were covered by a signature; ask at the end of a stream.
    public var isComplete: Bool { !isFirst && unsignedCount == 0 }

    /// Checks the next message at a time in seconds since 1970.
    ///
    /// - Throws: `TransactionFault` with the reason for which the message is not accepted.
    public mutating func check(_ message: [UInt8], at now: UInt64) throws(TransactionFault) {
        let found: (start: Int, name: Name, signature: TSIG)?
        do throws(WireError) {
            found = try Self.signature(of: message)
        } catch {
            throw .malformed(error)
        }
        guard let found else {
            guard !isFirst, unsignedCount < Self.maximumUnsigned else { throw .notSigned }
            unsigned += message
            unsignedCount += 1
            return
        }
        let signature = found.signature
        guard found.name == key.name, signature.algorithm == key.algorithm else {
            throw .otherKey(name: found.name, algorithm: signature.algorithm)
        }
        if signature.mac.isEmpty, signature.error != .noError { throw .refused(signature.error) }
        var input = TransactionKey.counted(lastCode) + unsigned
        input += Self.unsignedForm(message, start: found.start, id: signature.originalID)
        input += isFirst ? key.variables(of: signature) : TransactionKey.timers(of: signature)
        let code = key.authenticationCode(input)
        guard signature.mac.count <= code.count else { throw .wrongCode }
        guard signature.mac.count >= max(10, code.count / 2) else { throw .shortCode }
        guard Self.areEqual(signature.mac, code.prefix(signature.mac.count)) else { throw .wrongCode }
        let distance = now > signature.timeSigned ? now - signature.timeSigned : signature.timeSigned - now
        guard signature.error == .noError else { throw .refused(signature.error) }
        guard distance <= UInt64(signature.fudge) else { throw .wrongTime(signed: signature.timeSigned) }
        lastCode = signature.mac
        isFirst = false
        unsigned = []
        unsignedCount = 0
    }

    /// The message as it was before it was signed.
    private static func unsignedForm(_ message: [UInt8], start: Int, id: UInt16) -> [UInt8] {
        var writer = WireWriter()
        writer.append(message[..<start])
        writer.replace(at: 0, with: id)
        let count = UInt16(message[10]) << 8 | UInt16(message[11])
        writer.replace(at: 10, with: count &- 1)
        return writer.bytes
    }

    /// Compares in a time that does not depend on where the first difference is.
    private static func areEqual(_ left: [UInt8], _ right: ArraySlice<UInt8>) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The signature of a message and where its record begins; nil without one.
    private static func signature(
        of message: [UInt8]
    ) throws(WireError) -> (start: Int, name: Name, signature: TSIG)? {
        let decoded = try Message(decoding: message)
        guard let record = decoded.additionals.last, let signature = TSIG(record.data) else { return nil }
        let span = message.span
        var reader = WireReader(span)
        try reader.skip(Message.headerLength)
        for _ in decoded.questions {
            _ = try reader.name(from: span)
            try reader.skip(4)
        }
        var start = reader.offset
        while reader.remaining > 0 {
            start = reader.offset
            _ = try reader.name(from: span)
            try reader.skip(8)
            try reader.skip(Int(try reader.uint16(span)))
        }
        return (start, record.name, signature)
    }
}
