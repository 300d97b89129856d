package import DNSWire

/// One watched domain: its RRsets, and the terms on which it is watched.
@dynamicMemberLookup
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
    private var sensitivity = Sensitivity.nothing
    private var terms: Boxed<WatchTerms>

    private static let standard = Boxed(WatchTerms())

    package init(domain: Name, sets: [RecordSetKey], terms: Boxed<WatchTerms>? = nil) {
        self.domain = domain
        self.sets = sets
        self.terms = terms ?? Self.standard
    }

    /// The terms, as if they were members of the watch itself.
    package subscript<Part>(dynamicMember path: WritableKeyPath<WatchTerms, Part>) -> Part {
        get { terms[dynamicMember: path] }
        set { terms[dynamicMember: path] = newValue }
    }

    /// Stored without sets of their own for most of a million domains.
    private enum Sensitivity: Sendable, Hashable {
        case nothing
        case nameServersAndMail
        case sets(Set<RecordSetKey>)
    }

    /// RRsets whose takeover would cause the greatest damage.
    package var sensitive: Set<RecordSetKey> {
        get {
            switch sensitivity {
            case .nothing: []
            case .nameServersAndMail: [RecordSetKey(domain, .ns), RecordSetKey(domain, .mx)]
            case .sets(let sets): sets
            }
        }
        set {
            let isUsual = newValue == [RecordSetKey(domain, .ns), RecordSetKey(domain, .mx)]
            sensitivity = isUsual ? .nameServersAndMail : newValue.isEmpty ? .nothing : .sets(newValue)
        }
    }

    /// Whether the takeover of an RRset would cause the greatest damage.
    package func isSensitive(_ key: RecordSetKey) -> Bool {
        switch sensitivity {
        case .nothing: false
        case .nameServersAndMail: (key.type == .ns || key.type == .mx) && key.name == domain
        case .sets(let sets): sets.contains(key)
        }
    }

    /// All announced times of work.
    package var windows: [MaintenanceWindow] {
        self.announced.isEmpty ? self.maintenance : self.maintenance + self.announced
    }

    /// Takes equal terms from a pool, or adds its own to it, so that a million domains have them in memory once.
    package mutating func shareTerms(among pool: inout Set<Boxed<WatchTerms>>) {
        terms = pool.insert(terms).memberAfterInsert
    }

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
}
