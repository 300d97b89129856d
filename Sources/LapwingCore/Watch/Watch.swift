package import DNSWire

/// One watched domain: its RRsets, the interval, and the expectations.
package struct Watch: Sendable, Hashable {
    /// Whether the domain is expected to be signed.
    package enum DNSSECPolicy: String, Sendable, Hashable, CaseIterable {
        /// The state found while the domain is learnt is normal.
        case auto
        /// An unsigned domain is a finding.
        case required
        /// Signatures are not looked at.
        case off
    }

    /// The times before the end of the registration at which it is reported, in seconds.
    package struct RegistrationThresholds: Sendable, Hashable {
        /// The end is a notice from then on; 60 days.
        package var notice: Int64 = 60 * 86_400
        /// It is a warning from then on; 30 days.
        package var warning: Int64 = 30 * 86_400
        /// It is critical from then on; 7 days.
        package var critical: Int64 = 7 * 86_400

        package init() {}
    }

    /// The registrable domain or zone apex that is watched.
    package var domain: Name
    /// The RRsets compared at every authoritative server and resolver.
    package var sets: [RecordSetKey]
    /// Seconds between rounds, 10 to 86,400.
    package var interval: Int64 = 300
    /// RRsets whose takeover would cause the greatest damage.
    package var sensitive: Set<RecordSetKey> = []
    /// The values that the owner expects; a set that differs is a finding from the first round on.
    package var expected: [RecordSetKey: RecordExpectation] = [:]
    /// The sources of the owner's records; nil if none are configured.
    package var declaration: Declaration?
    /// Names outside the domain that distinguish a failing resolver from a failing domain.
    package var controls: [RecordSetKey] = []
    /// TTLs at the authoritative servers below this many seconds are reported; 0 turns the rule off.
    package var lowTTL: UInt32 = 60
    /// The expected signing; ``DNSSECPolicy/auto`` by default.
    package var dnssec: DNSSECPolicy = .auto
    /// The times at which a coming end of the registration is reported.
    package var registration = RegistrationThresholds()
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

    /// All announced times of work.
    package var windows: [MaintenanceWindow] { announced.isEmpty ? maintenance : maintenance + announced }

    /// Returns the watch with the additional sets of announced changes.
    package func looking(at changes: [AnnouncedChange]) -> Watch {
        guard !changes.isEmpty else { return self }
        // These are asked for in every round.
        let apex: Set<RecordType> = [.ns, .ds, .soa, .dnskey]
        var seen = Set(sets)
        var watch = self
        watch.sets += changes.compactMap(\.key).filter { key in
            key.name.isSubdomain(of: domain) && !(key.name == domain && apex.contains(key.type))
                && seen.insert(key).inserted
        }.prefix(AnnouncedChange.limit)
        return watch
    }

    package init(domain: Name, sets: [RecordSetKey]) {
        self.domain = domain
        self.sets = sets
    }
}
