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
