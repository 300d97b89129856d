/// What validation from the root says of an answer; the numbers are those of `probe_dnssec_status`.
package enum ValidationStatus: Double, Sendable {
    case secure = 0
    case insecure = 1
    case bogus = 2
    case noVerdict = 3
}

/// Why a server was not reached over HTTPS.
package struct HTTPSFailure: Error, Sendable {
    /// In words, for the debug page.
    package var reason: String

    package init(reason: String) { self.reason = reason }
}
