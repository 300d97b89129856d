package import LapwingCore

/// An HTTP request that carries a notice.
package struct OutgoingRequest: Sendable {
    /// Methods that services ask for.
    package enum Method: String, Sendable {
        case post = "POST"
        case put = "PUT"
    }

    /// How it is sent.
    package var method: Method
    /// Where it is sent to; may hold a secret and is not logged.
    package var url: String
    /// In the order in which they are sent.
    package var headers: [(name: String, value: String)]
    /// What is sent, mostly JSON.
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
