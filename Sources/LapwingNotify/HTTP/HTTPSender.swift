package import AsyncHTTPClient
import Foundation
package import LapwingCore
package import LapwingOutgoing
import NIOCore
import NIOHTTP1

/// Sends notices over HTTP. Never throws: the receipt contains every failure.
package struct HTTPSender: Sendable {
    /// Responses are used only for their status, and for a time to wait.
    static let largestAnswer = 64 << 10
    static let timeout: TimeAmount = .seconds(15)
    /// The time limit for the rest of a response whose status is known.
    private static let patience: Duration = .seconds(2)

    private let client: @Sendable (_ url: String) -> HTTPClient

    /// The client must not follow redirects: a notice, a token and a signature are for one receiver only.
    package init(client: HTTPClient) {
        self.client = { _ in client }
    }

    package init(clients: OutgoingClients) {
        client = { clients.client(for: $0) }
    }

    /// Sends one request and returns the response as a receipt.
    package func send(_ outgoing: OutgoingRequest) async -> Receipt {
        var request = HTTPClientRequest(url: outgoing.url)
        request.method = HTTPMethod(rawValue: outgoing.method.rawValue)
        for (name, value) in outgoing.headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: outgoing.body))
        do {
            let response = try await client(outgoing.url).execute(request, timeout: Self.timeout)
            let status = Int(response.status.code)
            // The body is read so that the connection can be reused; a long or slow one is not worth it.
            let body = await Self.collect(response.body)
            if let refusal = OutgoingHTTP.refusal(status: status, headers: response.headers, by: "the receiver") {
                // Not followed, but tried again: an interposed login page may disappear, and the address may be
                // corrected.
                return .tryAgain(reason: refusal, after: nil)
            }
            if let meaning = outgoing.meanings[status] { return meaning }
            return Self.receipt(status: status, retryAfter: response.headers.first(name: "Retry-After"), body: body)
        } catch {
            return .tryAgain(reason: Self.words(error, outgoing.url), after: nil)
        }
    }

    /// Sends a request without a body; true if the response was a 2xx.
    package func get(_ url: String) async -> Bool {
        var request = HTTPClientRequest(url: url)
        request.method = .GET
        guard let response = try? await client(url).execute(request, timeout: Self.timeout) else { return false }
        _ = await Self.collect(response.body)
        return (200..<300).contains(response.status.code)
    }

    static func receipt(status: Int, retryAfter: String?, body: [UInt8] = [], now: Date = Date()) -> Receipt {
        switch status {
        case 200..<300: .delivered("HTTP \(status)")
        case 408, 425, 429, 500..<600:
            .tryAgain(reason: "HTTP \(status)", after: RetryWish.seconds(header: retryAfter, body: body, now: now))
        default: .refused("HTTP \(status)" + words(body))
        }
    }

    /// Returns the beginning of a receiver's refusal, in printable characters.
    private static func words(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(200), as: UTF8.self).visible
        return text.isEmpty ? "" : ": \(text)"
    }

    /// Returns the reason for a failure, without the address, which may contain a secret.
    private static func words(_ error: any Error, _ url: String) -> String {
        ConnectionFailure.reason(error).replacing(url, with: "the receiver")
    }

    private static func collect(_ body: HTTPClientResponse.Body) async -> [UInt8] {
        await withTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { (try? await body.collect(upTo: largestAnswer)).map { Array($0.readableBytesView) } }
            group.addTask {
                try? await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next().flatMap(\.self) ?? []
        }
    }
}
