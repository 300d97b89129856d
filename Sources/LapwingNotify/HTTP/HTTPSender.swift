package import AsyncHTTPClient
import Foundation
package import LapwingCore
package import LapwingOutgoing
import NIOCore
import NIOHTTP1

/// Sends notices over HTTP. Never throws: whatever happens is a receipt.
package struct HTTPSender: Sendable {
    /// Answers are only looked at for their status, and for a time to wait.
    static let largestAnswer = 64 << 10
    static let timeout: TimeAmount = .seconds(15)
    /// What the rest of an answer may take whose status is known.
    private static let patience: Duration = .seconds(2)

    private let client: @Sendable (_ url: String) -> HTTPClient

    /// The client must not follow redirects: what carries a notice, a token or a signature is for one receiver.
    package init(client: HTTPClient) {
        self.client = { _ in client }
    }

    package init(clients: OutgoingClients) {
        client = { clients.client(for: $0) }
    }

    /// Makes one request and reads the answer as a receipt.
    package func send(_ outgoing: OutgoingRequest) async -> Receipt {
        var request = HTTPClientRequest(url: outgoing.url)
        request.method = HTTPMethod(rawValue: outgoing.method.rawValue)
        for (name, value) in outgoing.headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: outgoing.body))
        do {
            let response = try await client(outgoing.url).execute(request, timeout: Self.timeout)
            let status = Int(response.status.code)
            // The body is read so that the connection can be used again; what is long or slow is not worth it.
            let body = await Self.collect(response.body)
            if let refusal = OutgoingHTTP.refusal(status: status, headers: response.headers, by: "the receiver") {
                // Not followed, and not given up either: a login page in the way goes, an address is corrected.
                return .tryAgain(reason: refusal, after: nil)
            }
            if let meaning = outgoing.meanings[status] { return meaning }
            return Self.receipt(status: status, retryAfter: response.headers.first(name: "Retry-After"), body: body)
        } catch {
            return .tryAgain(reason: Self.words(error, outgoing.url), after: nil)
        }
    }

    /// Puts a question without a body; true when the answer was a 2xx.
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

    /// What a receiver says of a request that it does not take, in a few printable words.
    private static func words(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(200), as: UTF8.self).visible
        return text.isEmpty ? "" : ": \(text)"
    }

    /// What went wrong, without what may be a secret of the address.
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
