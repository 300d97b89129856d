/// Why a look-up gave no answer about the domain; none of these says anything of the domain itself.
package enum LookupFailure: Error, Hashable, Sendable {
    /// No server is known for the domain.
    case noServer
    case timeout
    /// The network or the server's host refused.
    case unreachable(String)
    /// The certificate is not the server's, or nobody known has signed it.
    case certificate(String)
    /// An HTTP status that is no answer.
    case status(Int)
    /// A limit, with the seconds to wait where they were reported.
    case limited(retryAfter: Int?)
    /// More bytes than an answer may have.
    case tooLarge
    /// A body that is no RDAP object: HTML, broken JSON.
    case malformed(String)
    case redirectLoop
    case tooManyRedirects
    /// A redirect from https to http, or to another scheme.
    case insecureRedirect
    /// A server, a redirect or a referral at an address that is not on the Internet.
    case privateAddress
    /// The answer speaks of another domain.
    case otherDomain(String)
    /// The service said that it could not answer.
    case unavailable
    /// The query was refused as malformed.
    case refused
    /// Text that could not be understood.
    case notUnderstood

    /// What a person reads.
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
