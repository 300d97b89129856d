package import DNSWire
package import LapwingCore
package import LapwingStore

/// The store as a user sees it, without any data about domains that they may not see.
///
/// The pages and the API access the store only through this type, so that no handler can forget the restriction.
package struct SeenStore: Sendable {
    /// The visible domains of a user.
    struct Scope: Sendable {
        /// Whether a domain is visible; calculated healths are identified by their subjects.
        var sees: @Sendable (Name) -> Bool
        /// All visible domains, as `Name.description` writes them.
        var names: @Sendable () -> [String]
    }

    /// The largest number of changes that are searched for those of visible domains.
    private static let mostLooked = 50_000

    private let whole: Store
    /// Nil if all domains are visible.
    private let scope: Scope?

    init(_ store: Store, _ scope: Scope? = nil) {
        whole = store
        self.scope = scope
    }

    func narrowed(to scope: Scope) -> SeenStore { SeenStore(whole, scope) }

    /// For extensions of this type in other files. Its results may name domains that the user may not see.
    var wholeStore: Store { whole }

    func sees(_ domain: Name) -> Bool { scope?.sees(domain.folded) ?? true }

    /// Whether this process, rather than another worker, checks a domain.
    func isLookedAtHere(_ domain: Name) -> Bool { whole.has(domain) }

    /// Whether some domains are not visible.
    var isNarrow: Bool { scope != nil }

    var trouble: StoreTrouble? { whole.trouble }

    // MARK: Incidents

    func incident(_ id: String) throws -> Incident? {
        try whole.incident(id).flatMap { sees($0.domain) ? $0 : nil }
    }

    func incidents(
        of domain: Name? = nil, openOnly: Bool = false, after place: IncidentPlace? = nil, limit: Int = 500,
        isBrief: Bool = false
    ) throws -> [Incident] {
        var filter = IncidentFilter()
        filter.domain = domain
        filter.state = openOnly ? .open : .all
        return try incidents(filter, after: place, limit: limit, isBrief: isBrief)
    }

    func incidents(
        _ filter: IncidentFilter, after place: IncidentPlace? = nil, limit: Int = 500, isBrief: Bool = true
    ) throws -> [Incident] {
        try whole.incidents(narrowed(filter), after: place, limit: limit, isBrief: isBrief)
    }

    private func narrowed(_ filter: IncidentFilter) -> IncidentFilter {
        guard let scope else { return filter }
        var filter = filter
        let names = scope.names()
        filter.domains =
            filter.domains.map { wanted in
                let seen = Set(names)
                return wanted.filter(seen.contains)
            } ?? names
        return filter
    }

    func incidents(of domains: [Name], closedAfter moment: Timestamp) throws -> [Name: [Incident]] {
        try whole.incidents(of: domains.filter(sees), closedAfter: moment)
    }

    func members(ofCauseOf incident: Incident, limit: Int? = nil) throws -> [CauseMember] {
        guard scope != nil else { return try whole.members(ofCauseOf: incident, limit: limit) }
        let seen = try whole.members(ofCauseOf: incident).filter { sees($0.domain) }
        return limit.map { Array(seen.prefix($0)) } ?? seen
    }

    func countMembers(ofCauseOf incident: Incident) throws -> (all: Int, open: Int) {
        guard scope != nil else { return try whole.countMembers(ofCauseOf: incident) }
        let seen = try members(ofCauseOf: incident)
        return (seen.count, seen.count { $0.closedAt == nil })
    }

    func tellings(of incident: String) throws -> [(event: IncidentEvent, tellings: [Telling]?)] {
        try whole.tellings(of: incident)
    }

    func notices(of incident: String) throws -> [OutboxEntry] { try whole.notices(of: incident) }

    func events(after place: Int64, limit: Int = 200) throws -> [(place: Int64, event: IncidentEvent)] {
        try whole.events(after: place, limit: limit).filter { sees($0.event.domain) }
    }

    func channelRecords(latest: Int) throws -> [String: ChannelRecord] {
        // Notices name domains, so users with a limited view get none.
        isNarrow ? [:] : try whole.channelRecords(latest: latest)
    }

    // MARK: Domains

    func changes(of domain: Name? = nil, before place: Int64? = nil, limit: Int = 200) throws -> [StoredChange] {
        if let domain { return sees(domain) ? try whole.changes(of: domain, before: place, limit: limit) : [] }
        guard scope != nil else { return try whole.changes(before: place, limit: limit) }
        var found: [StoredChange] = []
        var (place, looked) = (place, 0)
        while found.count < limit, looked < Self.mostLooked {
            let page = try whole.changes(before: place, limit: 500)
            found += page.filter { sees($0.domain) }
            looked += page.count
            guard page.count == 500 else { break }
            place = page.last?.id
        }
        return Array(found.prefix(limit))
    }

    func records(of domain: Name) throws -> [HistoryEntry] { sees(domain) ? try whole.records(of: domain) : [] }

    func history(of domain: Name, since: Timestamp) throws -> [HistoryEntry] {
        sees(domain) ? try whole.history(of: domain, since: since) : []
    }

    func state(of domain: Name) throws -> WatchState? { sees(domain) ? try whole.state(of: domain) : nil }

    func registration(of domain: Name) throws -> RegistryView? {
        sees(domain) ? try whole.registration(of: domain) : nil
    }

    func registrationEnds(before end: Timestamp, limit: Int) throws -> [(Name, Timestamp)] {
        try whole.registrationEnds(before: end, limit: limit).filter { sees($0.0) }
    }

    func material(of watches: [Watch], period: ReportPeriod, at now: Timestamp) throws -> ReportMaterial {
        try whole.material(of: watches.filter { sees($0.domain) }, period: period, at: now)
    }

    /// About the root, and therefore visible to all.
    func pendingAnchors() throws -> [(tag: UInt16, until: Timestamp)] { try whole.pendingAnchors() }

    // MARK: Acts, silences, announcements

    func acts(of incident: String) throws -> [Act] { try whole.acts(of: incident) }

    func acts(about domain: Name, limit: Int) throws -> [Act] {
        sees(domain) ? try whole.acts(about: domain, limit: limit) : []
    }

    func notes(of incident: String) throws -> [(at: Timestamp, text: String)] { try whole.notes(of: incident) }

    func acknowledgements(of incident: String, at now: Timestamp) throws -> [Acknowledgement] {
        try whole.acknowledgements(of: incident, at: now)
    }

    /// Silences of all domains apply to a limited view too, but their reasons are omitted, since these may name other
    /// domains.
    func silences(at now: Timestamp) throws -> [Silence] {
        let all = try whole.silences(at: now)
        guard scope != nil else { return all }
        return all.compactMap { silence in
            if let domain = silence.domain { return sees(domain) ? silence : nil }
            guard silence.record == nil else { return nil }
            var silence = silence
            silence.reason = ""
            return silence
        }
    }

    /// Announced work, with the same restriction.
    func announcements(at now: Timestamp) throws -> [AnnouncedWindow] {
        let all = try whole.announcements(at: now)
        guard scope != nil else { return all }
        return all.compactMap { announced in
            if let domain = announced.domain { return sees(domain) ? announced : nil }
            guard announced.window.content == nil else { return nil }
            var announced = announced
            announced.window.reason = ""
            announced.person = ""
            return announced
        }
    }

    // MARK: Saved filters

    /// The filters for all users and those of one person; the caller decides by their queries which of them the user
    /// sees.
    func filters(of owner: String?) throws -> [SavedFilter] { try whole.filters(of: owner) }

    func add(_ filter: SavedFilter, by person: Person, at now: Timestamp) throws -> FilterOutcome {
        try whole.add(filter, by: person, at: now)
    }

    func change(nameOfFilter id: Int64, to name: String, by person: Person, at now: Timestamp) throws -> FilterOutcome {
        try whole.change(nameOfFilter: id, to: name, by: person, at: now)
    }

    func remove(filter id: Int64, by person: Person, at now: Timestamp) throws -> Bool {
        try whole.remove(filter: id, by: person, at: now)
    }

    // MARK: Acting

    func add(_ act: Act) throws { try whole.add(act) }

    func add(
        _ kind: Request.Kind, domain: Name, incident: String? = nil, text: String? = nil, by person: Person,
        at now: Timestamp
    ) throws {
        try whole.add(kind, domain: domain, incident: incident, text: text, by: person, at: now)
    }

    func add(_ silence: Silence, by person: Person, incident: String? = nil) throws -> Silence {
        try whole.add(silence, by: person, incident: incident)
    }

    func endSilence(_ id: Int64, by person: Person, at now: Timestamp) throws {
        try whole.endSilence(id, by: person, at: now)
    }

    func add(_ announced: AnnouncedWindow, from origin: String, at now: Timestamp) throws -> AnnouncedWindow {
        try whole.add(announced, from: origin, at: now)
    }

    func withdraw(announcement id: Int64, by person: Person, at now: Timestamp) throws -> Bool {
        try whole.withdraw(announcement: id, by: person, at: now)
    }

    func acknowledge(_ acknowledgement: Acknowledgement, domain: Name, from origin: String) throws {
        try whole.acknowledge(acknowledgement, domain: domain, from: origin)
    }

    func acknowledge(_ all: [(Acknowledgement, domain: Name)], from origin: String) throws {
        try whole.acknowledge(all, from: origin)
    }
}
