import CMailTransfer
import Dispatch
import Glibc
package import LapwingCore

/// Mail over SMTP, through libcurl.
package enum Mail {
    /// Seconds within which a relay must accept a message.
    static let timeout = 60
    private static let queue = DispatchQueue(label: "lapwing.mail", attributes: .concurrent)

    /// Sends the message to the relay for the recipients of the notice, and waits until it is accepted or the time is
    /// up.
    ///
    /// - Parameter attachments: the files for mails; nil for none.
    package static func send(
        _ message: NoticeMessage, over relay: Channel.MailRelay, with attachments: MailAttachments? = nil
    ) async -> Receipt {
        let recipients = message.notice.recipients.map { wanted in relay.to.filter(wanted.contains) } ?? relay.to
        guard !recipients.isEmpty else { return .refused("is no recipient of the channel any more") }
        // The transfer blocks, and so does rendering a file, so they use a thread for which no other task waits.
        let outcome = await withCheckedContinuation { continuation in
            queue.async {
                let file = attachments?.file(of: message.notice)
                let mail = MailMessage(message, from: relay.from, to: relay.to, file: file).text
                continuation.resume(returning: transfer(mail, to: recipients, over: relay))
            }
        }
        let receipt = receipt(outcome, recipients, isForSome: message.notice.recipients != nil)
        if case .delivered = receipt, message.notice.recipients == nil { attachments?.forget(message.notice) }
        return receipt
    }

    // MARK: Replies of the relay

    /// The result of one transfer.
    struct Outcome: Sendable {
        /// The relay's reply to a recipient.
        struct Reply: Sendable, Hashable {
            /// 0 if there was none.
            var code: Int
            var text: String
        }

        /// Whether the relay accepted the message for the accepted recipients.
        var isTaken: Bool
        /// The last reply code, 0 for none.
        var response: Int
        /// The error in words.
        var error: String
        /// One per recipient, in order.
        var replies: [Reply]
    }

    /// - Parameter isForSome: whether the notice is for some recipients only, so that a fault of one is not a fault of
    ///   the channel.
    static func receipt(_ outcome: Outcome, _ recipients: [String], isForSome: Bool) -> Receipt {
        let reason = outcome.response > 0 ? "SMTP \(outcome.response): \(outcome.error)" : outcome.error
        // With a single recipient, the reply to the message decides.
        if outcome.isTaken, recipients.count == 1 { return .delivered("SMTP \(outcome.response)") }
        var division = Receipt.Division(taken: outcome.isTaken ? "SMTP \(outcome.response)" : nil)
        let isAnyAccepted = outcome.replies.contains { (200..<300).contains($0.code) }
        for (recipient, reply) in zip(recipients, outcome.replies) {
            let words = "\(recipient): SMTP \(reply.code) \(reply.text)"
            switch reply.code {
            case 200..<300 where outcome.isTaken: break
            // A relay that replies 5xx to the message would do so again (RFC 5321 §4.2.1).
            case 200..<300 where (500..<600).contains(outcome.response):
                division.refused.append(.init(recipient, "\(recipient): \(reason)"))
            case 200..<300: division.later.append(.init(recipient, "\(recipient): \(reason)"))
            // More recipients than the relay accepts at once (RFC 5321 §4.5.3.1.10).
            case 552 where isAnyAccepted: division.later.append(.init(recipient, words))
            case 500..<600: division.refused.append(.init(recipient, words))
            case 0: division.later.append(.init(recipient, "\(recipient): the relay said nothing of it"))
            default: division.later.append(.init(recipient, words))
            }
        }
        // Without a reply for any recipient, the relay or the path to it is at fault; the same holds if the relay
        // aborts.
        let isAnswered = outcome.replies.allSatisfy { $0.code != 0 }
        guard outcome.isTaken || isAnswered && outcome.response >= 400 else {
            let isRefused = (500..<600).contains(outcome.response) && outcome.replies.allSatisfy { $0.code == 0 }
            return isRefused ? .refused(reason) : .tryAgain(reason: reason, after: nil)
        }
        return division.receipt(isForSome: isForSome)
    }

    private static func transfer(_ message: String, to recipients: [String], over relay: Channel.MailRelay) -> Outcome {
        let addresses = recipients.compactMap { strdup(MailAddress.bare($0)) }
        defer { addresses.forEach { free($0) } }
        var response = 0
        var error = [CChar](repeating: 0, count: 256)
        var replies = [mail_reply](repeating: mail_reply(), count: addresses.count)
        let code = addresses.map { UnsafePointer<CChar>?($0) }.withUnsafeBufferPointer { to in
            mail_transfer_send(
                relay.url, MailAddress.bare(relay.from), to.baseAddress, to.count, relay.user, relay.password, message,
                message.utf8.count, timeout, &replies, &response, &error, error.count)
        }
        return Outcome(
            isTaken: code == 0, response: response, error: text(error),
            replies: replies.map { reply in
                withUnsafeBytes(of: reply.text) { bytes in
                    Outcome.Reply(code: Int(reply.code), text: text(bytes.map { CChar(bitPattern: $0) }))
                }
            })
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).visible
    }
}
