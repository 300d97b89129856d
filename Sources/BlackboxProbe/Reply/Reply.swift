/// A reply as blackbox_exporter's DNS library would see it, which forgives more than a strict reader.
package struct Reply: Hashable, Sendable {
    package var id: UInt16
    package var flags: UInt16
    /// With the upper bits of an OPT record, if there is one.
    package var responseCode: UInt16
    package var answers: [ReplyRecord] = []
    package var authorities: [ReplyRecord] = []
    package var additionals: [ReplyRecord] = []

    package var isTruncated: Bool { flags & 0x0200 != 0 }
    package var isAuthenticated: Bool { flags & 0x0020 != 0 }
}

/// One record of a reply, already as text.
package struct ReplyRecord: Hashable, Sendable {
    package var type: UInt16
    package var recordClass: UInt16
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
        for _ in 0..<number(4) where !cursor.isAtEnd { try cursor.skipQuestion() }
        answers = try cursor.records(number(6))
        authorities = try cursor.records(number(8))
        additionals = try cursor.records(number(10))
        if let option = additionals.last(where: { $0.type == 41 }) {
            responseCode |= UInt16(truncatingIfNeeded: option.ttl >> 24) << 4
        }
    }
}
