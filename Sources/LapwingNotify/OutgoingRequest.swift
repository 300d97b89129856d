/// An HTTP request that carries a notice.
package struct OutgoingRequest: Sendable, Hashable {
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(url: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.url = url
        self.headers = headers
        self.body = body
    }

    package static func == (one: OutgoingRequest, other: OutgoingRequest) -> Bool {
        one.url == other.url && one.body == other.body && one.headers.elementsEqual(other.headers, by: ==)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(url)
        hasher.combine(body)
    }
}
