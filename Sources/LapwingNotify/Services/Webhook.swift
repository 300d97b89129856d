import Foundation
package import LapwingCore
import LapwingCrypto

/// The webhook: the notice as JSON, signed if there is a secret.
package enum Webhook {
    /// - Parameter now: part of the signature, so that a recorded request cannot be replayed later.
    package static func request(
        _ message: NoticeMessage, url: String, secret: [UInt8]?, at now: Timestamp
    ) throws -> OutgoingRequest {
        let body = try JSON.encode(NoticeBody(message))
        var headers = [("Content-Type", "application/json"), ("Idempotency-Key", message.notice.id)]
        if let secret {
            let signed = Array("\(now.seconds).".utf8) + body
            let code = hmacSHA256(key: secret, signed)
            headers.append(("X-Lapwing-Signature", "t=\(now.seconds),v1=\(Hexadecimal.text(code))"))
        }
        return OutgoingRequest(url: url, headers: headers, body: body)
    }
}
