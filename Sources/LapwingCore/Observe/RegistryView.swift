package import DNSWire
package import RegistrationData

/// The registry's answer in this round.
package struct RegistryView: Sendable, Hashable, Codable {
    /// The result of a look-up.
    package enum Outcome: String, Sendable, Hashable, Codable {
        case registered
        /// The responsible server knows no such name.
        case available
        /// Asked too often; says nothing about the domain.
        case throttled
        /// A time-out, a server error or an invalid response; says nothing about the domain.
        case unavailable
        /// An answer in an unknown form; says nothing about the domain.
        case unknown
    }

    /// A date as the registry publishes it: an instant, or a day without a time.
    package struct Moment: Sendable, Hashable, Codable {
        /// As published: `2027-03-02` or `2027-03-02T10:00:00Z`.
        package var text: String
        /// The moment for calculations; a day counts from its midnight UTC.
        package var at: Timestamp

        package init(text: String, at: Timestamp) {
            self.text = text
            self.at = at
        }
    }

    /// A DS record at the registry, or a key from which the registry makes one.
    package struct Signer: Sendable, Hashable, Codable {
        /// The tag of the key.
        package var tag: UInt16
        /// The algorithm's number in IANA's registry.
        package var algorithm: UInt8
        /// The record as text; nil if the registry has the key instead.
        package var text: String?

        package init(tag: UInt16, algorithm: UInt8, text: String? = nil) {
            self.tag = tag
            self.algorithm = algorithm
            self.text = text
        }
    }

    /// The protocol by which the facts were fetched, or manual entry.
    package enum Channel: String, Sendable, Hashable, Codable {
        case rdap, whois, manual
    }

    /// The result of the look-up.
    package var outcome: Outcome
    /// When it was made.
    package var at: Timestamp
    /// The origin of the facts; nil if there are none.
    package var channel: Channel?
    /// The server that answered or, after a failure, the first that was asked: a host name, or the URL's host for RDAP.
    /// Nil if none was asked.
    package var server: String?
    /// The registrar's name as the registry publishes it; nil if it does not.
    package var registrar: String?
    /// The registrar's number at IANA; nil if the registry does not give it.
    package var registrarID: String?
    /// When the domain was registered; nil if the registry does not say.
    package var created: Moment?
    /// When the registration was last changed, according to the registry; nil if it does not say.
    package var updated: Moment?
    /// When the registration ends; nil if no source gives an end.
    package var expires: Moment?
    /// The confidence in the reading of `expires`; nil if it was not recorded.
    package var endConfidence: Fact<RegistrationMoment>.Confidence?
    /// The registrar's own end date; nil if it equals the registry's, or is unknown.
    package var registrarExpires: Moment?
    /// EPP status names (RFC 5731, RFC 3915), such as `clientTransferProhibited`; empty if none are given.
    package var statuses: Set<String> = []
    /// The name servers that the registry lists.
    package var nameServers: [Name] = []
    /// The addresses that the registry lists for name servers; nil if it lists none.
    package var glue: [Name: [IPAddress]]?
    /// Whether the delegation is signed; nil if the registry does not say.
    package var secure: Bool?
    /// The DS set at the registry; nil if it shows none, or if not all of it could be parsed.
    package var signers: [Signer]?
    /// The time up to which the registry's data is current; nil if it does not say.
    package var refreshed: Moment?
    /// A description of a failure: `HTTP 503`, `quota exceeded, retry after 60 s`; nil for any other outcome.
    package var detail: String?
    /// Seconds for which the server asks not to be queried; nil if it does not ask for that.
    package var wait: Int64?

    package init(outcome: Outcome, at: Timestamp, channel: Channel? = nil) {
        self.outcome = outcome
        self.at = at
        self.channel = channel
    }

    /// Whether it shows that the domain is registered, or that it is not.
    package var saysSomething: Bool { outcome == .registered || outcome == .available }
}
