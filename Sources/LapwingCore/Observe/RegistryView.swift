package import DNSWire
package import RegistrationData

/// What the registry said when it was asked in this round.
package struct RegistryView: Sendable, Hashable, Codable {
    /// What a look-up came to.
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

    /// A DS record at the registry, or a key of which it makes one.
    package struct Signer: Sendable, Hashable, Codable {
        /// The tag of the key.
        package var tag: UInt16
        /// The algorithm's number in IANA's registry.
        package var algorithm: UInt8
        /// The record as text; nil where the registry has the key.
        package var text: String?

        package init(tag: UInt16, algorithm: UInt8, text: String? = nil) {
            self.tag = tag
            self.algorithm = algorithm
            self.text = text
        }
    }

    /// By which protocol the facts were fetched, or that a person entered them.
    package enum Channel: String, Sendable, Hashable, Codable {
        case rdap, whois, manual
    }

    /// What the look-up came to.
    package var outcome: Outcome
    /// When it was made.
    package var at: Timestamp
    /// Where the facts come from; nil when there are none.
    package var channel: Channel?
    /// The server that answered: a host name, or the URL's host for RDAP.
    package var server: String?
    /// The registrar's name as the registry publishes it.
    package var registrar: String?
    /// The registrar's number at IANA.
    package var registrarID: String?
    /// When the domain was registered.
    package var created: Moment?
    /// When the registration was last changed, by the registry's account.
    package var updated: Moment?
    /// When the registration ends.
    package var expires: Moment?
    /// How sure the reading of `expires` is; nil where that was not noted.
    package var endConfidence: Fact<RegistrationMoment>.Confidence?
    /// The registrar's own end date, where it differs from the registry's.
    package var registrarExpires: Moment?
    /// EPP status names (RFC 5731, RFC 3915), such as `clientTransferProhibited`; empty when none are given.
    package var statuses: Set<String> = []
    /// The name servers that the registry lists.
    package var nameServers: [Name] = []
    /// The addresses that the registry lists for name servers; nil where it lists none.
    package var glue: [Name: [IPAddress]]?
    /// Whether the delegation is signed, where the registry says so.
    package var secure: Bool?
    /// The DS set at the registry; nil where it does not show one, or not all of it could be read.
    package var signers: [Signer]?
    /// To when the registry's answers are up to date, where it says so.
    package var refreshed: Moment?
    /// Human text about a failure: `HTTP 503`, `quota exceeded, retry after 60 s`.
    package var detail: String?
    /// Seconds the server wants to be left alone, where it said so.
    package var wait: Int64?

    package init(outcome: Outcome, at: Timestamp, channel: Channel? = nil) {
        self.outcome = outcome
        self.at = at
        self.channel = channel
    }

    /// Whether it says that the domain is registered, or that it is not.
    package var saysSomething: Bool { outcome == .registered || outcome == .available }
}
