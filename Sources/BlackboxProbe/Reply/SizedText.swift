import DNSWire

/// Formats types whose data has fields with a length prefix.
///
/// Data may end before such a length and directly after it, but not after the field, unless it is the last one.
enum SizedText {
    /// Returns the prefix of a line for a type without a presentation format.
    static func mark(_ type: UInt16) -> String {
        switch type {
        case 249: ";"
        case 250: "\n;; TSIG PSEUDOSECTION:\n; "
        default: ""
        }
    }

    /// Returns the data of such a type, or nil for any other.
    static func text(_ type: UInt16, _ data: inout ReplyCursor) throws(ReplyFault) -> String? {
        switch type {
        case 50: try hashedDenial(&data)
        case 51: try RecordText.text([.byte, .byte, .short], &data) + " " + salt(try lastField(&data))
        case 55: try hostIdentity(&data)
        case 249: try transactionKey(&data)
        case 250: try transactionSignature(&data)
        default: nil
        }
    }

    /// Formats NSEC3 (RFC 5155).
    private static func hashedDenial(_ data: inout ReplyCursor) throws(ReplyFault) -> String {
        var text = try RecordText.text([.byte, .byte, .short], &data)
        guard let salt = try field(&data) else { return text + " - " }
        text += " " + self.salt(salt)
        let length = Int(try data.byte())
        guard !data.isAtEnd else { return text + " " }
        text += " " + Presentation.base32(try data.bytes(length))
        return text + (try RecordText.typeList(&data)).map { " " + Mnemonics.type($0) }.joined()
    }

    /// Formats HIP (RFC 8005).
    private static func hostIdentity(_ data: inout ReplyCursor) throws(ReplyFault) -> String {
        let tagLength = data.isAtEnd ? 0 : Int(try data.byte())
        let algorithm = data.isAtEnd ? 0 : try data.byte()
        let keyLength = data.isAtEnd ? 0 : Int(try data.short())
        guard !data.isAtEnd else { return "\(algorithm)  " }
        var text = "\(algorithm) " + Presentation.hex(try data.bytes(tagLength))
        text += " " + Presentation.base64(try data.bytes(keyLength))
        while !data.isAtEnd { text += " " + (try data.name()) }
        return text
    }

    /// Formats TKEY (RFC 2930).
    private static func transactionKey(_ data: inout ReplyCursor) throws(ReplyFault) -> String {
        let text = " " + (try RecordText.text([.name, .time, .time, .short, .short], &data))
        let length = data.isAtEnd ? 0 : try data.short()
        guard !data.isAtEnd else { return "\(text) \(length)  0 " }
        return "\(text) \(length) " + Presentation.hex(try data.bytes(Int(length))) + " " + (try other(&data))
    }

    /// Formats TSIG (RFC 8945).
    private static func transactionSignature(_ data: inout ReplyCursor) throws(ReplyFault) -> String {
        var text = " " + (data.isAtEnd ? "" : try data.name())
        let signed = data.isAtEnd ? [] : try data.bytes(6)
        text += " " + CivilDate.compactText(signed.reduce(0) { $0 << 8 | Int64($1) })
        let fudge = data.isAtEnd ? 0 : try data.short()
        let length = data.isAtEnd ? 0 : try data.short()
        text += " \(fudge) \(length) "
        guard !data.isAtEnd else { return text + " 0 0 0 " }
        text += Presentation.hex(try data.bytes(Int(length)), uppercase: true)
        let number = try data.short()
        let error = data.isAtEnd ? 0 : try data.short()
        return "\(text) \(number) \(error) " + (data.isAtEnd ? "0 " : try other(&data))
    }

    /// Formats the other data at the end, with its length.
    private static func other(_ data: inout ReplyCursor) throws(ReplyFault) -> String {
        let length = try data.short()
        return "\(length) " + (data.isAtEnd ? "" : Presentation.hex(try data.bytes(Int(length))))
    }

    /// Reads a field with a length prefix of one byte; nil if the data ends before the field.
    private static func field(_ data: inout ReplyCursor) throws(ReplyFault) -> ArraySlice<UInt8>? {
        let length = data.isAtEnd ? 0 : Int(try data.byte())
        return data.isAtEnd ? nil : try data.bytes(length)
    }

    private static func lastField(_ data: inout ReplyCursor) throws(ReplyFault) -> ArraySlice<UInt8> {
        try field(&data) ?? []
    }

    private static func salt(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.isEmpty ? "-" : Presentation.hex(bytes, uppercase: true)
    }
}
