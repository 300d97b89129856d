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

/// The reason why a log-in at a provider failed, as a sentence for the user.
package struct ProviderFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The party at fault.
    package enum Kind: Sendable, Hashable {
        /// The provider is unreachable, or its response is not valid.
        case provider
        /// The credentials that were returned prove nothing.
        case proof
        /// The user is identified but not admitted.
        case stranger
    }

    /// The party at fault.
    package var kind: Kind
    /// The sentence.
    package var description: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        description = text
    }
}
