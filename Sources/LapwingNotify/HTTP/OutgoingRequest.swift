package import LapwingCore

/// An HTTP request that carries a notice.
package struct OutgoingRequest: Sendable {
    /// The methods that services use.
    package enum Method: String, Sendable {
        case post = "POST"
        case put = "PUT"
    }

    /// The method.
    package var method: Method
    /// The URL; may contain a secret and is not logged.
    package var url: String
    /// In the order of sending.
    package var headers: [(name: String, value: String)]
    /// The content, usually JSON.
    package var body: [UInt8]
    /// Receipts for statuses whose meaning depends on the service.
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

    /// Makes a request with a value as JSON.
    package init(
        _ method: Method = .post, json url: String, headers: [(name: String, value: String)] = [],
        _ value: some Encodable, meanings: [Int: Receipt] = [:]
    ) throws {
        self.init(
            method, url: url, headers: [("Content-Type", "application/json")] + headers,
            body: try JSON.encode(value), meanings: meanings)
    }
}
