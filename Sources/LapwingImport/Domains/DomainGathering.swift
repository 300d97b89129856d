package import DNSWire
package import LapwingCore

/// Takes the domains of one input as they are found, and what cannot be taken.
package struct DomainGathering: Sendable {
    /// Domains of one input.
    package static let mostDomains = 1_000_000
    /// Record sets of a domain: what the configuration allows.
    package static let mostSets = 1000
    /// Places that are told of one input; the rest is counted.
    static let mostFaults = 100_000

    /// How names are judged.
    package struct Rules: Sendable {
        /// Reads each text that is to be a domain, by the rule of all places where domains are entered.
        package var names: EnteredName
        /// The registered domain that a name is in; nil for a public suffix.
        package var registered: @Sendable (Name) -> Name?

        package init(names: EnteredName, registered: @escaping @Sendable (Name) -> Name?) {
            self.names = names
            self.registered = registered
        }
    }

    let rules: Rules
    private var order: [Name] = []
    private var domains: [Name: Draft] = [:]
    private(set) var faults: [ImportFault] = []
    private(set) var faultCount = 0
    /// The form in which the records that come now are written.
    var form: DeclaredZone.Form?

    /// A domain as far as it is read.
    private struct Draft {
        var domain: ImportedDomain
        var names: [Name] = []
        var types: [Name: [RecordType]] = [:]

        mutating func change(_ body: (inout ImportedDomain) -> Void) { body(&domain) }

        mutating func watch(_ name: Name, _ more: [RecordType]) {
            if types[name] == nil {
                names.append(name)
                types[name] = []
            }
            for type in more where types[name]?.contains(type) == false { types[name]?.append(type) }
        }
    }

    init(_ rules: Rules) {
        self.rules = rules
    }

    mutating func note(_ fault: ImportFault) {
        faultCount += 1
        if faults.count < Self.mostFaults { faults.append(fault) }
    }

    mutating func refuse(_ reason: String, _ place: ImportPlace) { note(ImportFault(place, reason)) }
    mutating func leaveOut(_ reason: String, _ place: ImportPlace) {
        note(ImportFault(place, reason, weight: .leftOut))
    }

    /// A domain as somebody wrote it; a fault is noted where it is none.
    mutating func domain(_ text: String, meansSuffix: Bool = false, _ place: ImportPlace) -> Name? {
        do throws(EnteredName.Refusal) {
            let name = try rules.names.read(text, meansSuffix: meansSuffix).folded
            return enter(name, place) ? name : nil
        } catch {
            note(ImportFault(place, "\(error)", entry: error.entered))
            return nil
        }
    }

    /// Whether the domain is taken: there is a bound.
    private mutating func enter(_ name: Name, _ place: ImportPlace) -> Bool {
        if domains[name] != nil { return true }
        guard order.count < Self.mostDomains else {
            refuse("more than \(Self.mostDomains) domains", place)
            return false
        }
        order.append(name)
        domains[name] = Draft(domain: ImportedDomain(name, at: place))
        return true
    }

    func has(_ domain: Name) -> Bool { domains[domain] != nil }

    /// Changes what is known of a domain that was entered.
    mutating func change(_ domain: Name, _ body: (inout ImportedDomain) -> Void) { domains[domain]?.change(body) }

    /// Notes whether the input says all records of a domain that was entered.
    mutating func note(_ domain: Name, isWhole: Bool) {
        let form = form
        change(domain) { entry in
            entry.isWhole = isWhole
            entry.form = form
        }
    }

    mutating func tag(_ domain: Name, _ tags: [String]) {
        change(domain) { entry in
            for tag in tags where !tag.isEmpty && !entry.tags.contains(tag) && entry.tags.count < 64 {
                entry.tags.append(tag)
            }
        }
    }

    /// A name to look at in a domain that was entered.
    mutating func watch(_ name: Name, _ types: [RecordType], in domain: Name) {
        domains[domain]?.watch(name.folded, types)
    }

    /// A host that a monitor looks at: the domain in which it is registered, and the name in it.
    ///
    /// - Returns: the domain; nil where a fault was noted.
    mutating func host(_ text: String, _ types: [RecordType], _ place: ImportPlace) -> Name? {
        let name: Name
        do throws(EnteredName.Refusal) {
            name = try rules.names.read(text).folded
        } catch {
            refuse("\(error)", place)
            return nil
        }
        guard let domain = rules.registered(name)?.folded else {
            refuse("`\(text.prefix(80).description.visible)` is in no registered domain", place)
            return nil
        }
        guard enter(domain, place) else { return nil }
        watch(name, types, in: domain)
        return domain
    }

    /// A record of a zone that was entered.
    mutating func record(_ record: DeclaredRecord, in zone: Name) {
        guard record.name.folded.isSubdomain(of: zone) else {
            return refuse("\(record.name) is not in the zone \(zone)", record.place)
        }
        let form = form
        change(zone) { domain in
            domain.records.append(record)
            domain.form = domain.form ?? form
        }
    }

    /// What was found: domains in their order, names and types worked out from the records.
    mutating func finished() -> [ImportedDomain] {
        order.map { name in
            guard var draft = domains[name] else { return ImportedDomain(name, at: ImportPlace(file: "")) }
            let records = draft.domain.records
            if !records.isEmpty {
                for entry in ZoneWatch(zone: name, records: records).entries { draft.watch(entry.name, entry.types) }
            }
            draft.domain.watched = Self.watched(name, draft.names, draft.types)
            let excess = Self.cut(&draft.domain.watched)
            guard !excess.isEmpty else { return draft.domain }
            let places = Dictionary(records.map { ($0.name, $0.place) }) { first, _ in first }
            for name in excess {
                leaveOut(
                    "\(name) is not watched: a domain may have \(Self.mostSets) record sets",
                    places[name] ?? draft.domain.place)
            }
            return draft.domain
        }
    }

    /// The types of the domain itself that are looked at where nothing is said.
    static let usual: [RecordType] = [.a, .aaaa, .cname, .mx, .ns, .txt, .soa, .caa, .ds]

    /// The domain's own name comes first, with the usual types and what the source has besides; nothing where no name
    /// was found.
    private static func watched(
        _ domain: Name, _ names: [Name], _ types: [Name: [RecordType]]
    ) -> [ImportedDomain.WatchedName] {
        guard !names.isEmpty else { return [] }
        let further = (types[domain] ?? []).filter { !usual.contains($0) }
        var watched = [ImportedDomain.WatchedName(name: domain, types: further.isEmpty ? [] : usual + further)]
        for name in names where name != domain {
            watched.append(ImportedDomain.WatchedName(name: name, types: types[name] ?? []))
        }
        return watched
    }

    /// Cuts the names to what a domain may have, the least telling ones first.
    ///
    /// - Returns: the names that were cut.
    private static func cut(_ watched: inout [ImportedDomain.WatchedName]) -> [Name] {
        func sets(_ entry: ImportedDomain.WatchedName) -> Int { entry.types.isEmpty ? usual.count : entry.types.count }
        guard watched.reduce(0, { $0 + sets($1) }) > mostSets else { return [] }
        let weights = watched.enumerated().map { index, entry in (index, weight(entry, isOwn: index == 0)) }
        var room = mostSets
        var kept: Set<Int> = []
        for (index, _) in weights.sorted(by: { ($0.1, $0.0) < ($1.1, $1.0) }) where sets(watched[index]) <= room {
            room -= sets(watched[index])
            kept.insert(index)
        }
        let excess = watched.indices.filter { !kept.contains($0) }.map { watched[$0].name }
        watched = watched.indices.filter(kept.contains).map { watched[$0] }
        return excess
    }

    /// How early a name is taken: the domain, `www`, what mail and services hang on, then hosts.
    private static func weight(_ entry: ImportedDomain.WatchedName, isOwn: Bool) -> Int {
        if isOwn { return 0 }
        if entry.name.label(0) == Array("www".utf8) { return 1 }
        if entry.types.contains(where: { [.mx, .txt, .srv, .caa, .tlsa, .svcb, .https, .dname].contains($0) }) {
            return 2
        }
        return entry.types.contains(.ptr) ? 4 : 3
    }
}
