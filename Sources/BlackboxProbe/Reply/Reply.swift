/// A reply as blackbox_exporter's DNS library would see it, which forgives more than a strict reader.
package struct Reply: Hashable, Sendable {
    /// The number that ties it to its question.
    package var id: UInt16
    /// The second 16 bits of the header, the response code included.
    package var flags: UInt16
    /// With the upper bits of an OPT record, if there is one.
    package var responseCode: UInt16
    /// The question section.
    package var questions: [ReplyQuestion] = []
    /// The answer section.
    package var answers: [ReplyRecord] = []
    /// The authority section.
    package var authorities: [ReplyRecord] = []
    /// The additional section, an OPT record included.
    package var additionals: [ReplyRecord] = []

    /// The bit TC.
    package var isTruncated: Bool { flags & 0x0200 != 0 }
    /// The bit AD.
    package var isAuthenticated: Bool { flags & 0x0020 != 0 }
}

/// One entry of the question section; type and class are 0 where the message ends before them.
package struct ReplyQuestion: Hashable, Sendable {
    /// In presentation format, with a final dot.
    package var name: String
    /// The type as a number.
    package var type: UInt16 = 0
    /// The class as a number.
    package var recordClass: UInt16 = 0
}

/// One record of a reply, already as text.
package struct ReplyRecord: Hashable, Sendable {
    /// The type as a number.
    package var type: UInt16
    /// The class as a number.
    package var recordClass: UInt16
    /// In seconds.
    package var ttl: UInt32
    /// `owner TAB ttl TAB class TAB type TAB data`.
    package var text: String
    /// The serial of a SOA record.
    package var serial: UInt32?
    /// When the signature of an RRSIG record ends, in seconds since 1970 modulo 2^32.
    package var signatureEnd: UInt32?
}

/// Why a reply cannot be read.
package enum ReplyFault: Error, Hashable, Sendable {
    case short
    case overflow
    case badName
    case badLength
    case badData
    case unknownSecret
}

extension Reply {
    /// Reads a message the way `miekg/dns` does.
    ///
    /// Bytes after the last record are ignored; section counts larger than what follows are believed only as far as
    /// whole records go; a header alone is a reply.
    package init(_ message: [UInt8]) throws(ReplyFault) {
        guard message.count >= 12 else { throw .short }
        func number(_ offset: Int) -> UInt16 { UInt16(message[offset]) << 8 | UInt16(message[offset + 1]) }
        id = number(0)
        flags = number(2)
        responseCode = flags & 0xf
        if message.count == 12 { return }
        var cursor = ReplyCursor(message, at: 12)
        for _ in 0..<number(4) where !cursor.isAtEnd { questions.append(try cursor.question()) }
        answers = try cursor.records(number(6))
        authorities = try cursor.records(number(8))
        additionals = try cursor.records(number(10))
        if let option = additionals.last(where: { $0.type == 41 }) {
            responseCode |= UInt16(truncatingIfNeeded: option.ttl >> 24) << 4
        }
        // A signature that nobody can check makes the reply no reply, as in `miekg/dns` without a secret.
        if additionals.last?.type == 250 { throw .unknownSecret }
    }
}

extension Reply {
    /// The whole message as `miekg/dns` prints it for the log.
    var text: String {
        let operation = Mnemonics.operation(flags >> 11 & 15)
        let status = Mnemonics.responseCodeText[responseCode] ?? ""
        var text = ";; opcode: \(operation), status: \(status), id: \(id)\n;; flags:"
        for (name, bit) in Self.flagNames where flags & bit != 0 { text += " " + name }
        text += "; QUERY: \(questions.count), ANSWER: \(answers.count), AUTHORITY: \(authorities.count), "
        text += "ADDITIONAL: \(additionals.count)\n"
        let option = additionals.last { $0.type == 41 }
        if let option { text += option.text + "\n" }
        let rest = additionals.filter { $0.type != 41 }
        text += Self.section("QUESTION", questions.map(\.text), isShown: !questions.isEmpty)
        text += Self.section("ANSWER", answers.map(\.text), isShown: !answers.isEmpty)
        text += Self.section("AUTHORITY", authorities.map(\.text), isShown: !authorities.isEmpty)
        let hasMore = !additionals.isEmpty && (option == nil || additionals.count > 1)
        return text + Self.section("ADDITIONAL", rest.map(\.text), isShown: hasMore)
    }

    private static let flagNames: [(String, UInt16)] = [
        ("qr", 0x8000), ("aa", 0x0400), ("tc", 0x0200), ("rd", 0x0100), ("ra", 0x0080), ("z", 0x0040), ("ad", 0x0020),
        ("cd", 0x0010),
    ]

    private static func section(_ title: String, _ lines: [String], isShown: Bool) -> String {
        isShown ? "\n;; \(title) SECTION:\n" + lines.map { $0 + "\n" }.joined() : ""
    }
}

extension ReplyQuestion {
    fileprivate var text: String { ";\(name)\t\(Mnemonics.recordClass(recordClass))\t \(Mnemonics.type(type))" }
}
