/// How a provider of identities is spoken to: one request, one answer.
///
/// It must follow no redirect, and bound what an answer may be in size and time.
package typealias ProviderExchange = @Sendable (ProviderRequest) async throws(ProviderFault) -> ProviderAnswer

/// One request to a provider: a GET, or a POST of a form.
package struct ProviderRequest: Sendable {
    /// An address of the provider's own documents.
    package var url: String
    /// As `application/x-www-form-urlencoded`; nil for a GET.
    package var form: String?
    /// The header `Authorization`; nil for none.
    package var authorization: String?
}

/// What a provider answered.
package struct ProviderAnswer: Sendable {
    /// The status of HTTP.
    package var status: Int
    /// The whole content.
    package var body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Why somebody is not let in by way of a provider, in a sentence for him.
package struct ProviderFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whose fault it is.
    package enum Kind: Sendable, Hashable {
        /// The provider is not reached, or does not say what it should.
        case provider
        /// What came proves nothing.
        case proof
        /// He is who he says, and may not come in.
        case stranger
    }

    /// Whose fault it is.
    package var kind: Kind
    /// The sentence.
    package var description: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        description = text
    }
}
