/// A secret shared with a server, to sign messages with (RFC 8945).
public struct TransactionKey: Sendable {
    /// The name that both sides know the key by.
    public var name: Name
    /// The name of the algorithm, such as `hmac-sha256.`.
    public var algorithm: Name
    /// Computes the whole authentication code over bytes with the key's secret.
    public var authenticationCode: @Sendable ([UInt8]) -> [UInt8]

    /// A key; the closure holds the secret, so that this library needs no cryptography.
    public init(name: Name, algorithm: Name, authenticationCode: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.name = name
        self.algorithm = algorithm
        self.authenticationCode = authenticationCode
    }
}

/// Why the signature of a message is not accepted.
public enum TransactionFault: Error, Hashable, Sendable {
    /// The message has no signature, or too many of a stream went without.
    case notSigned
    /// The signature names another key or algorithm.
    case otherKey(name: Name, algorithm: Name)
    /// The authentication code is wrong.
    case wrongCode
    /// The authentication code is cut shorter than permitted.
    case shortCode
    /// The message was signed at a time too far from now; the time is in seconds since 1970.
    case wrongTime(signed: UInt64)
    /// The server refused the signature of the question.
    case refused(ResponseCode)
    /// The message could not be read.
    case malformed(WireError)
}
