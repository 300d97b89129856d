/// A reply as parsed by blackbox_exporter's DNS library, which is more lenient than a strict parser.
package struct Reply: Hashable, Sendable {
    /// The message ID.
    package var id: UInt16
    /// The second 16 bits of the header, including the response code.
    package var flags: UInt16
    /// Includes the upper bits of an OPT record, if there is one.
    package var responseCode: UInt16
    /// The question section.
    package var questions: [ReplyQuestion] = []
    /// The answer section.
    package var answers: [ReplyRecord] = []
    /// The authority section.
    package var authorities: [ReplyRecord] = []
    /// The additional section, including an OPT record.
    package var additionals: [ReplyRecord] = []

    /// The TC bit.
    package var isTruncated: Bool { flags & 0x0200 != 0 }
    /// The AD bit.
    package var isAuthenticated: Bool { flags & 0x0020 != 0 }
}

/// One entry of the question section; type and class are 0 if the message ends before them.
package struct ReplyQuestion: Hashable, Sendable {
    /// In presentation format, with a trailing dot.
    package var name: String
    /// The type as a number.
    package var type: UInt16 = 0
    /// The class as a number.
    package var recordClass: UInt16 = 0
}

/// One record of a reply, formatted as text.
package struct ReplyRecord: Hashable, Sendable {
    /// The type as a number.
    package var type: UInt16
    /// The class as a number.
    package var recordClass: UInt16
    /// In seconds.
    package var ttl: UInt32
    /// `owner TAB ttl TAB class TAB type TAB data`.
    package var text: String
    /// The serial of a SOA record; nil for any other record.
    package var serial: UInt32?
    /// The expiration of an RRSIG record, in seconds since 1970 modulo 2^32; nil for any other record.
    package var signatureEnd: UInt32?
}

extension Reply {
    /// Parses a message like `miekg/dns`.
    ///
    /// Bytes after the last record are ignored; section counts that exceed the actual records are tolerated as long as
    /// records are complete; a header alone is a reply.
    ///
    /// - Throws: `ReplyFault` where `miekg/dns` refuses the message.
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
        // A signature that cannot be verified makes the reply invalid, as in `miekg/dns` without a secret.
        if additionals.last?.type == 250 { throw .unknownSecret }
    }
}

extension Reply {
    /// The whole message in the format of `miekg/dns`, for the log.
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
