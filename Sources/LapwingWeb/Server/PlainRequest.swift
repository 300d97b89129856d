import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A request without a connection, for trials and the fuzzer.
package struct PlainRequest: Sendable {
    /// The method, such as `GET`; any text is possible.
    package var method: String
    /// The path and the query.
    package var target: String
    /// Names and values; an invalid name is omitted.
    package var headers: [(name: String, value: String)] = []
    /// The value of the `Host` header.
    package var host = "localhost"
    /// The body as it is sent; empty for none.
    package var body: [UInt8] = []
    /// The address of the client, without a port.
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

/// The response to a ``PlainRequest``.
package struct PlainAnswer: Sendable {
    /// 100 to 599.
    package var status: Int
    /// The `Location` header; nil if there is none.
    package var location: String?
    /// The whole body as text.
    package var body: String
}

/// Collects the body that is written.
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
