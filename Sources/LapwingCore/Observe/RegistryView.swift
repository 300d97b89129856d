package import DNSWire
package import RegistrationData

/// What the registry said when it was asked in this round.
package struct RegistryView: Sendable, Hashable, Codable {
    package enum Outcome: String, Sendable, Hashable, Codable {
        case registered
        /// The responsible server knows no such name.
        case available
        /// Asked too often; says nothing about the domain.
        case throttled
        /// Time-out, server error, nonsense; says nothing about the domain.
        case unavailable
        /// The answer is of a kind we cannot read; says nothing about the domain.
        case unknown
    }

    /// A date as the registry gives it: an instant, or a day without a time.
    package struct Moment: Sendable, Hashable, Codable {
        /// As published: `2027-03-02` or `2027-03-02T10:00:00Z`.
        package var text: String
        /// For reckoning; a day counts from its midnight UTC.
        package var at: Timestamp

        package init(text: String, at: Timestamp) {
            self.text = text
            self.at = at
        }
    }

    package enum Channel: String, Sendable, Hashable, Codable {
        case rdap, whois, manual
    }

    package var outcome: Outcome
    package var at: Timestamp
    /// Where the facts come from; nil when there are none.
    package var channel: Channel?
    package var server: String?
    package var registrar: String?
    /// The registrar's number at IANA.
    package var registrarID: String?
    package var created: Moment?
    package var updated: Moment?
    package var expires: Moment?
    /// How sure the reading of `expires` is; nil where that was not noted.
    package var endConfidence: Fact<RegistrationMoment>.Confidence?
    /// The registrar's own end date, where it differs from the registry's.
    package var registrarExpires: Moment?
    /// EPP status names (RFC 5731, RFC 3915), such as `clientTransferProhibited`; empty when none are given.
    package var statuses: Set<String> = []
    package var nameServers: [Name] = []
    /// Whether the delegation is signed, where the registry says so.
    package var secure: Bool?
    /// Human text about a failure: `HTTP 503`, `quota exceeded, retry after 60 s`.
    package var detail: String?
    /// Seconds the server wants to be left alone, where it said so.
    package var wait: Int64?

    package init(outcome: Outcome, at: Timestamp, channel: Channel? = nil) {
        self.outcome = outcome
        self.at = at
        self.channel = channel
    }

    package var saysSomething: Bool { outcome == .registered || outcome == .available }
}
