/// The validation status of an answer; the numbers are the values of `probe_dnssec_status`.
package enum ValidationStatus: Double, Sendable {
    case secure = 0
    case insecure = 1
    case bogus = 2
    case noVerdict = 3
}

/// The reason why a query over HTTPS failed.
package struct HTTPSFailure: Error, Sendable {
    /// The reason in words, for the debug page.
    package var reason: String

    package init(reason: String) { self.reason = reason }
}
