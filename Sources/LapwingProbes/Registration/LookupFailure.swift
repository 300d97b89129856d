/// The reason why a look-up has no result; none of these says anything about the domain itself.
package enum LookupFailure: Error, Hashable, Sendable {
    /// No server is known for the domain.
    case noServer
    case timeout
    /// The network or the server's host refused.
    case unreachable(String)
    /// The certificate is for another host, or not signed by a trusted authority.
    case certificate(String)
    /// An HTTP status without a result.
    case status(Int)
    /// A rate limit, with the seconds to wait if the server stated them.
    case limited(retryAfter: Int?)
    /// The response is larger than the limit.
    case tooLarge
    /// The body is not an RDAP object: HTML, broken JSON.
    case malformed(String)
    case redirectLoop
    case tooManyRedirects
    /// A redirect from HTTPS to HTTP, or to another scheme.
    case insecureRedirect
    /// A server, a redirect or a referral with an address outside the public Internet.
    case privateAddress
    /// The response is about another domain.
    case otherDomain(String)
    /// The service reported that it could not answer.
    case unavailable
    /// The query was refused as malformed.
    case refused
    /// The text could not be parsed.
    case notUnderstood

    /// The message for users.
    package var text: String {
        switch self {
        case .noServer: "no server known"
        case .timeout: "no answer in time"
        case .unreachable(let reason): "unreachable: \(reason)"
        case .certificate(let reason): "certificate refused: \(reason)"
        case .status(let code): "HTTP \(code)"
        case .limited(let wait?): "too many queries, wait \(wait) s"
        case .limited(nil): "too many queries"
        case .tooLarge: "the answer is too large"
        case .malformed(let what): "not an RDAP answer: \(what)"
        case .redirectLoop: "the redirects go in a circle"
        case .tooManyRedirects: "too many redirects"
        case .insecureRedirect: "redirected away from https"
        case .privateAddress: "refused: a private address"
        case .otherDomain(let name): "the answer is about \(name)"
        case .unavailable: "the service could not answer"
        case .refused: "the query was refused"
        case .notUnderstood: "the answer could not be understood"
        }
    }
}
