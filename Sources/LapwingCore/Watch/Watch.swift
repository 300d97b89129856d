package import DNSWire

/// One domain to look after: what to look at, how often, what is known beforehand.
package struct Watch: Sendable, Hashable {
    /// Whether the domain is expected to be signed.
    package enum DNSSECPolicy: String, Sendable, Hashable, CaseIterable {
        /// Whatever is found when the domain is learnt is what is normal.
        case auto
        /// An unsigned domain is a finding.
        case required
        /// Signatures are not looked at.
        case off
    }

    /// Seconds before the end of the registration at which it is reported.
    package struct RegistrationThresholds: Sendable, Hashable {
        /// From then on it is a notice; 60 days.
        package var notice: Int64 = 60 * 86_400
        /// From then on it is a warning; 30 days.
        package var warning: Int64 = 30 * 86_400
        /// From then on it is critical; 7 days.
        package var critical: Int64 = 7 * 86_400

        package init() {}
    }

    /// The registrable domain or zone apex that is watched.
    package var domain: Name
    /// The RRsets compared at every authority and resolver.
    package var sets: [RecordSetKey]
    /// Seconds between rounds, 10 to 86,400.
    package var interval: Int64 = 300
    /// RRsets whose change under foreign control hurts most.
    package var sensitive: Set<RecordSetKey> = []
    /// What the owner says the values are; a set that differs is a finding from the first round on.
    package var expected: [RecordSetKey: RecordExpectation] = [:]
    /// Where the owner's records are written down; nil where that is not said.
    package var declaration: Declaration?
    /// Names outside the domain by which a sick resolver is told from a sick domain.
    package var controls: [RecordSetKey] = []
    /// Authoritative TTLs below this many seconds are reported; 0 turns the rule off.
    package var lowTTL: UInt32 = 60
    /// What is expected of signing; ``DNSSECPolicy/auto`` when nothing is said.
    package var dnssec: DNSSECPolicy = .auto
    /// When an end of the registration that comes near is reported, in seconds.
    package var registration = RegistrationThresholds()
    /// Whether the registration is looked up at all.
    package var watchesRegistration = true
    /// The owner says that the registration renews itself.
    package var renewsItself = false
    /// Seconds for which all servers must be silent before it is reported, where hardly any resolver fails yet.
    package var outagePatience: Int64 = 120
    /// An end of the registration entered by hand, for registries that publish none.
    package var manualExpiry: Timestamp?
    /// Windows of the configuration.
    package var maintenance: [MaintenanceWindow] = []
    /// Windows that people announced meanwhile, beside those of the configuration.
    package var announced: [MaintenanceWindow] = []
    /// The user's words for groups of domains; routes and silences go by them.
    package var tags: [String] = []
    /// How severe the owner takes findings to be, where that is not as the tables of the rules have it.
    package var severities = SeverityPolicy()
    /// Whether the domain's servers are asked, once a day, if they give the whole zone to anybody.
    package var asksForZone = false
    /// Outside of the value, as hardly any domain has it.
    private indirect enum Transfer: Sendable, Hashable {
        case none
        case from(ZoneSource)
    }
    private var transferred = Transfer.none
    /// Where the whole zone is fetched from; nil where it is not.
    package var transfer: ZoneSource? {
        get { if case .from(let source) = transferred { source } else { nil } }
        set { transferred = newValue.map(Transfer.from) ?? .none }
    }
    /// Seconds after the first complete round in which changes are learnt without a word; 0 to be told from then on.
    package var learning: Int64 = 0

    /// All times in which work is announced.
    package var windows: [MaintenanceWindow] { announced.isEmpty ? maintenance : maintenance + announced }

    /// The watch with the sets of announced changes that are not watched otherwise.
    package func looking(at changes: [AnnouncedChange]) -> Watch {
        guard !changes.isEmpty else { return self }
        // These are looked at in every round.
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
