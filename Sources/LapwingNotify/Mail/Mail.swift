import CMailTransfer
import Dispatch
import Glibc
package import LapwingCore

/// Mail over SMTP, through libcurl.
package enum Mail {
    /// Seconds until a relay must have taken a message.
    static let timeout = 60
    private static let queue = DispatchQueue(label: "lapwing.mail", attributes: .concurrent)

    /// Hands the message to the relay, and waits until it has taken it or the time is over.
    package static func send(_ message: NoticeMessage, over relay: Channel.MailRelay) async -> Receipt {
        let mail = MailMessage(message, from: relay.from, to: relay.to).text
        // The transfer blocks, so it gets a thread that nobody else waits for.
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: transfer(mail, over: relay)) }
        }
    }

    private static func transfer(_ message: String, over relay: Channel.MailRelay) -> Receipt {
        let receipt = transfer(message, over: relay, isPartial: false)
        // One recipient who is not there any more must not keep it from all others.
        guard case .refused(let reason) = receipt, relay.to.count > 1 else { return receipt }
        guard case .delivered(let words) = transfer(message, over: relay, isPartial: true) else { return receipt }
        return .delivered("\(words), but not for all: \(reason)")
    }

    private static func transfer(_ message: String, over relay: Channel.MailRelay, isPartial: Bool) -> Receipt {
        let recipients = relay.to.compactMap { strdup(MailAddress.bare($0)) }
        defer { recipients.forEach { free($0) } }
        var response = 0
        var error = [CChar](repeating: 0, count: 256)
        let code = recipients.map { UnsafePointer<CChar>?($0) }.withUnsafeBufferPointer { to in
            mail_transfer_send(
                relay.url, MailAddress.bare(relay.from), to.baseAddress, to.count, relay.user, relay.password, message,
                message.utf8.count, timeout, isPartial, &response, &error, error.count)
        }
        if code == 0 { return .delivered("SMTP \(response)") }
        let text = String(decoding: error.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).visible
        let reason = response > 0 ? "SMTP \(response): \(text)" : text
        // A relay that says 5xx to the message will say so again (RFC 5321 §4.2.1).
        return (500..<600).contains(response) ? .refused(reason) : .tryAgain(reason: reason, after: nil)
    }
}
