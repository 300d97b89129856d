import DNSWire

/// A server's response over HTTPS, which may be a reply to a query (RFC 8484, section 4.2).
package struct HTTPSReply: Sendable {
    /// The media type of queries and replies.
    static let mediaType = "application/dns-message"
    /// The largest body in bytes: that of the largest message.
    static let longestBody = 65535

    private let status: Int
    private let contentType: String?

    /// - Parameter contentType: the `Content-Type` header; nil if it is missing.
    package init(status: Int, contentType: String?) {
        self.status = status
        self.contentType = contentType
    }

    /// The reason why its body is not a message, according to the headers; nil if it may be one.
    var refusal: ExchangeFailure? {
        guard status == 200 else { return .http("status \(status)") }
        // Parameters follow a semicolon; the type is case-insensitive (RFC 9110, section 8.3.1).
        let type = contentType?.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        return type == Self.mediaType ? nil : .http("the reply is not a DNS message")
    }

    /// Returns the body if it is a reply to the query.
    ///
    /// - Parameter questionEnd: the end of the query's question section, in bytes from its start.
    package func reply(
        _ body: [UInt8], to query: [UInt8], questionEnd: Int, exactCase: Bool
    ) -> Result<[UInt8], ExchangeFailure> {
        if let refusal { return .failure(refusal) }
        guard body.count <= Self.longestBody else { return .failure(.http("the reply is too long")) }
        guard body.count >= 12 else { return .failure(.malformed(WireError(.truncated, at: body.count))) }
        let verdict = body.withUnsafeBytes { body in
            query.withUnsafeBytes { query in
                QuestionCheck.verdict(reply: body, query: query, questionEnd: questionEnd, exactCase: exactCase)
            }
        }
        return verdict == .answers ? .success(body) : .failure(.http("the reply is to another question"))
    }
}
