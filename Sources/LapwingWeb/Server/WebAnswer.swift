import HTTPTypes
import Hummingbird
import NIOCore

/// Builds the various kinds of responses.
enum WebAnswer {
    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache", .vary: "Cookie"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    static func text(
        _ text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    static func json(
        _ text: String, status: HTTPResponse.Status = .ok, type: String = "application/json"
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-cache"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    static func redirect(_ place: String) -> Response { Response(status: .seeOther, headers: [.location: place]) }

    static func file(_ file: StaticFiles.File) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: file.contentType, .cacheControl: "public, max-age=31536000, immutable"],
            body: .init(byteBuffer: ByteBuffer(string: file.body)))
    }

    /// A badge, which embedding sites may cache for a minute.
    static func badge(_ picture: String) -> Response {
        var response = text(picture, type: "image/svg+xml")
        response.headers[.cacheControl] = "max-age=60"
        return response
    }

    /// An error of the API, RFC 9457.
    static func problem(_ status: HTTPResponse.Status, _ detail: String) -> Response {
        let object = JSONText.object([
            ("type", .text("about:blank")), ("title", .text(status.reasonPhrase)), ("status", .number(status.code)),
            ("detail", .text(detail)),
        ])
        return json(object.description, status: status, type: "application/problem+json")
    }
}
