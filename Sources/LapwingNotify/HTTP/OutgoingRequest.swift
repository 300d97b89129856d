package import LapwingCore

/// An HTTP request that carries a notice.
package struct OutgoingRequest: Sendable {
    package enum Method: String, Sendable {
        case post = "POST"
        case put = "PUT"
    }

    package var method: Method
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// What answers mean whose status does not say it by itself.
    package var meanings: [Int: Receipt]

    package init(
        _ method: Method = .post, url: String, headers: [(name: String, value: String)], body: [UInt8],
        meanings: [Int: Receipt] = [:]
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.meanings = meanings
    }

    /// A request with a value as JSON.
    package init(
        _ method: Method = .post, json url: String, headers: [(name: String, value: String)] = [],
        _ value: some Encodable, meanings: [Int: Receipt] = [:]
    ) throws {
        self.init(
            method, url: url, headers: [("Content-Type", "application/json")] + headers,
            body: try JSON.encode(value), meanings: meanings)
    }
}
