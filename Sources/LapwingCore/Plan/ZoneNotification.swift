package import DNSWire

/// A message by which a server says that a zone has changed (RFC 1996): the verdict on it, and the response.
///
/// It is a hint to look at the zone, never a fact: the serial in it is not read.
package struct ZoneNotification: Sendable {
    /// The verdict on one message.
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Accepted: the zone is looked at.
        case taken
        /// The sender's address is not allowed.
        case stranger
        /// The signature is missing or wrong.
        case unsigned
        /// The zone is not watched.
        case unknown
        /// Not a notification; nothing is answered.
        case unreadable
    }

    /// Whether the message leads to a look at the zone, and if not, why.
    package var verdict: Verdict
    /// The response; nil for none.
    package var answer: [UInt8]?
    /// The zone to look at; nil for none.
    package var zone: Name?

    /// Judges a message.
    ///
    /// - Parameters:
    ///   - key: the key that it must be signed with; nil if none is available.
    ///   - wantsKey: whether it must be signed.
    ///   - isWatched: whether a zone, by its folded name, is watched.
    ///   - seconds: the time in seconds since 1970.
    package init(
        _ bytes: [UInt8], from sender: IPAddress, allow: [AddressBlock], key: TransactionKey?, wantsKey: Bool,
        at seconds: UInt64, isWatched: (Name) -> Bool
    ) {
        verdict = .unreadable
        let message: Message
        do throws(WireError) {
            message = try Message(decoding: bytes)
        } catch {
            return
        }
        guard !message.flags.contains(.isResponse) else { return }
        guard message.opCode == .notify else {
            answer = Self.answer(message, .notImp)
            return
        }
        guard message.questions.count == 1, let question = message.questions.first, question.type == .soa,
            question.recordClass == .in
        else {
            answer = Self.answer(message, .formErr)
            return
        }
        guard allow.contains(where: { $0.contains(sender) }) else {
            verdict = .stranger
            answer = Self.answer(message, .refused)
            return
        }
        guard wantsKey else {
            take(message, question.name, isWatched)
            return
        }
        guard let key, let code = Self.check(bytes, message, key, at: seconds) else {
            verdict = .unsigned
            answer = Self.answer(message, .notAuth)
            return
        }
        take(message, question.name, isWatched)
        do throws(WireError) {
            answer = try answer.map { plain throws(WireError) in
                try key.sign(plain, at: seconds, requestCode: code).message
            }
        } catch {
            answer = nil
        }
    }

    private mutating func take(_ message: Message, _ zone: Name, _ isWatched: (Name) -> Bool) {
        guard isWatched(zone.folded) else {
            verdict = .unknown
            answer = Self.answer(message, .notAuth)
            return
        }
        verdict = .taken
        self.zone = zone.folded
        answer = Self.answer(message, .noError)
    }

    /// Returns the authentication code of a message with a valid signature; nil for any other.
    private static func check(
        _ bytes: [UInt8], _ message: Message, _ key: TransactionKey, at seconds: UInt64
    ) -> [UInt8]? {
        var check = TransactionCheck(key: key, requestCode: [])
        do throws(TransactionFault) {
            try check.check(bytes, at: seconds)
        } catch {
            return nil
        }
        return message.additionals.last.flatMap { TSIG($0.data) }?.mac
    }

    /// Returns the same id and question, marked as an authoritative answer (RFC 1996 §4.7).
    private static func answer(_ message: Message, _ code: ResponseCode) -> [UInt8]? {
        let answer = Message(
            id: message.id, flags: [.isResponse, .authoritative], opCode: message.opCode, responseCode: code,
            questions: message.questions)
        do throws(WireError) {
            return try answer.encoded(limit: 512)
        } catch {
            return nil
        }
    }
}
