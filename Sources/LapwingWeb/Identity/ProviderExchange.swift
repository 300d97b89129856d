/// Sends one request to an identity provider and returns the response.
///
/// An implementation must not follow redirects, and must limit the size and the time of a response.
package typealias ProviderExchange = @Sendable (ProviderRequest) async throws(ProviderFault) -> ProviderAnswer

/// One request to a provider: a GET, or a POST of a form.
package struct ProviderRequest: Sendable {
    /// An address from the provider's own documents.
    package var url: String
    /// The content as `application/x-www-form-urlencoded`; nil for a GET.
    package var form: String?
    /// The `Authorization` header; nil for none.
    package var authorization: String?
}

/// The response of a provider.
package struct ProviderAnswer: Sendable {
    /// The HTTP status.
    package var status: Int
    /// The complete content.
    package var body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}
