import DNSWire

/// The terms on which a domain is watched, apart from what it is called; most domains share those of the defaults.
package struct WatchTerms: Sendable, Hashable {
    /// Seconds between rounds, 10 to 86,400.
    package var interval: Int64 = 300
    /// The values that the owner expects; a set that differs is a finding from the first round on.
    package var expected: [RecordSetKey: RecordExpectation] = [:]
    /// The sources of the owner's records; nil if none are configured.
    package var declaration: Declaration?
    /// Names outside the domain that distinguish a failing resolver from a failing domain.
    package var controls: [RecordSetKey] = []
    /// TTLs at the authoritative servers below this many seconds are reported; 0 turns the rule off.
    package var lowTTL: UInt32 = 60
    /// The expected signing; ``Watch/DNSSECPolicy/auto`` by default.
    package var dnssec: Watch.DNSSECPolicy = .auto
    /// The times at which a coming end of the registration is reported.
    package var registration = Watch.RegistrationThresholds()
    /// Whether the registration is looked up at all.
    package var watchesRegistration = true
    /// Whether the registration renews itself, according to the owner.
    package var renewsItself = false
    /// Seconds for which all servers must be silent before it is reported, while hardly any resolver fails yet.
    package var outagePatience: Int64 = 120
    /// An end of the registration entered by hand, for registries that publish none.
    package var manualExpiry: Timestamp?
    /// The configured windows.
    package var maintenance: [MaintenanceWindow] = []
    /// Windows that people announced at run time, besides the configured ones.
    package var announced: [MaintenanceWindow] = []
    /// The user's tags for groups of domains, used by routes, clients, rights and calculated healths.
    package var tags: [String] = []
    /// The severities that the owner configured instead of those in the tables of the rules.
    package var severities = SeverityPolicy()
    /// Whether the domain's servers are asked once a day if they give the whole zone to anyone.
    package var asksForZone = false
    /// Stored outside the value, since hardly any domain has it.
    private indirect enum Transfer: Sendable, Hashable {
        case none
        case from(ZoneSource)
    }
    private var transferred = Transfer.none
    /// The source of the whole zone; nil if it is not fetched.
    package var transfer: ZoneSource? {
        get { if case .from(let source) = transferred { source } else { nil } }
        set { transferred = newValue.map(Transfer.from) ?? .none }
    }
    /// Seconds after the first complete round in which changes are learnt without being reported; 0 for no such time.
    package var learning: Int64 = 0

    package init() {}
}
