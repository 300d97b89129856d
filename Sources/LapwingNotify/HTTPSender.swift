package import AsyncHTTPClient
package import LapwingCore
import NIOCore
import NIOHTTP1

/// Sends notices over HTTP. Never throws: whatever happens is a receipt.
package struct HTTPSender: Sendable {
    /// Answers are only looked at for their status, and for a time to wait.
    static let largestAnswer = 64 << 10

    let client: HTTPClient

    package init(client: HTTPClient) {
        self.client = client
    }

    package func send(_ outgoing: OutgoingRequest) async -> Receipt {
        var request = HTTPClientRequest(url: outgoing.url)
        request.method = .POST
        for (name, value) in outgoing.headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: outgoing.body))
        do {
            let response = try await client.execute(request, timeout: .seconds(15))
            // The body is read so that the connection can be used again; what is too long is not worth keeping.
            _ = try? await response.body.collect(upTo: Self.largestAnswer)
            return Self.receipt(
                status: Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"))
        } catch {
            return .tryAgain(reason: "\(error)", after: nil)
        }
    }

    package static func receipt(status: Int, retryAfter: String?) -> Receipt {
        switch status {
        case 200..<300: .delivered("HTTP \(status)")
        case 408, 425, 429, 500..<600: .tryAgain(reason: "HTTP \(status)", after: retryAfter.flatMap { Int64($0) })
        default: .refused("HTTP \(status)")
        }
    }
}
