/// What one source says about the registration of one domain.
public struct Registration: Hashable, Sendable, Codable {
    /// What kind of answer it was.
    public var outcome: Outcome
    /// Whether the domain is registered; nil when the source says nothing of it.
    public var isRegistered: Bool?
    /// The name the answer speaks of, lower case, without a final dot; nil if it names none.
    public var domain: String?

    /// The registry's own end of the registration; nil if the answer has none, see ``expiry``.
    public var expires: Fact<RegistrationMoment>?
    /// The end as the registrar keeps it; earlier than `expires` while an automatic renewal is not yet paid. Nil if the
    /// answer has none.
    public var registrarExpires: Fact<RegistrationMoment>?
    /// When the domain was registered; nil if the answer does not say.
    public var created: Fact<RegistrationMoment>?
    /// When the registration was last changed; nil if the answer does not say.
    public var updated: Fact<RegistrationMoment>?
    /// Why there is an end of the registration, or why there is none.
    public var expiry = ExpiryState.absent

    /// The registrar's name; nil if the answer does not say.
    public var registrar: Fact<String>?
    /// The registrar's number at IANA; nil if the answer does not say.
    public var registrarID: String?
    /// EPP names (RFC 5731) where the text names one, else the registry's own words; nil if it names none.
    public var statuses: Fact<[String]>?
    /// The name servers in lower case, without a final dot, in the order of the answer; nil if it names none.
    public var nameServers: Fact<[String]>?
    /// The addresses that the source gives for name servers, as text, by their names as in ``nameServers``.
    public var nameServerAddresses: [String: [String]] = [:]
    /// Whether the parent zone holds DS records; nil when the source does not say.
    public var delegationSigned: Fact<Bool>?
    /// DS data as in presentation format: key tag, algorithm, digest type, digest.
    public var delegationSigners: [String] = []
    /// Keys given in place of DS data, as in presentation format: flags, protocol, algorithm, key.
    public var delegationKeys: [String] = []
    /// To when the source's data are up to date; nil if it does not say.
    public var refreshed: RegistrationMoment?
    /// What the statuses or words warn of.
    public var alarms: Set<RegistrationAlarm> = []

    /// Where the registrar's own answer is: an RDAP address or the name of a WHOIS server; nil if the answer does not
    /// say.
    public var referral: String?
    /// Seconds to wait; nil if no limit was named.
    public var retryAfter: Int?

    public init(outcome: Outcome) {
        self.outcome = outcome
    }

    /// What kind of answer it was; of the last four nothing about the domain follows.
    public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
        case registered, available, reserved
        /// A limit, or a client that is refused.
        case throttled
        /// The service failed.
        case unavailable
        /// The query was refused as malformed or as asking the wrong server.
        case invalid
        /// The answer could not be understood.
        case unknown
    }

    /// Why there is an end or none.
    public enum ExpiryState: String, Hashable, Sendable, Codable {
        case given
        /// The registry is known to publish no end: a state, not an error.
        case notPublished
        /// The answer names the field and leaves it empty.
        case saidToBeNone
        /// A date was given that could not be read without guessing.
        case unreadable
        /// The answer says nothing of it.
        case absent
    }
}

/// Conditions of a registration that stop a domain from working, or will.
public enum RegistrationAlarm: String, Hashable, Sendable, Codable, CaseIterable {
    case clientHold, serverHold, redemptionPeriod, pendingDelete, expired, suspended
}
