import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A request that comes by no connection: what a trial and a fuzzer ask.
package struct PlainRequest: Sendable {
    /// `GET`, `POST`, or whatever somebody sends.
    package var method: String
    /// The path, and what follows a `?`.
    package var target: String
    /// Names and values; a name that is none is left out.
    package var headers: [(name: String, value: String)] = []
    /// What stands in the `Host` header.
    package var host = "localhost"
    /// The body as it is sent; empty for none.
    package var body: [UInt8] = []
    /// The address of whoever asks, without a port.
    package var peer = "127.0.0.1"

    package init(_ method: String, _ target: String) {
        self.method = method
        self.target = target
    }

    var request: Request {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let head = HTTPRequest(
            method: HTTPRequest.Method(method) ?? .trace, scheme: "http", authority: host, path: target,
            headerFields: fields)
        return Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
    }
}

/// What came of it.
package struct PlainAnswer: Sendable {
    /// 100 to 599.
    package var status: Int
    /// Where a browser goes next; nil where it stays.
    package var location: String?
    /// The whole body as text.
    package var body: String
}

/// Keeps what is written.
final class CollectedBody: ResponseBodyWriter {
    private let buffer = Mutex(ByteBuffer())

    var text: String { buffer.withLock { String(buffer: $0) } }

    func write(_ part: ByteBuffer) async throws {
        buffer.withLock { buffer in
            var part = part
            buffer.writeBuffer(&part)
        }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
