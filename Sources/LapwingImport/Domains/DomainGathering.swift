package import DNSWire
package import LapwingCore

/// Collects the domains of one input, and the entries that cannot be used.
package struct DomainGathering: Sendable {
    /// The largest number of domains in one input.
    package static let mostDomains = 1_000_000
    /// The largest number of RRsets of a domain, equal to the limit of the configuration.
    package static let mostSets = 1000
    /// The largest number of faults that are kept for one input; further ones are counted.
    static let mostFaults = 100_000

    /// The rules by which names are judged.
    package struct Rules: Sendable {
        /// Reads each text that is to be a domain, by the rule of all places where domains are entered.
        package var names: EnteredName
        /// Returns the registered domain that contains a name; nil for a public suffix.
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
    /// The form of the records that are being read.
    var form: DeclaredZone.Form?

    /// A domain that is not complete yet.
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

    /// Parses a domain; an invalid one is reported as a fault.
    mutating func domain(_ text: String, meansSuffix: Bool = false, _ place: ImportPlace) -> Name? {
        do throws(EnteredName.Refusal) {
            let name = try rules.names.read(text, meansSuffix: meansSuffix).folded
            return enter(name, place) ? name : nil
        } catch {
            note(ImportFault(place, "\(error)", entry: error.entered))
            return nil
        }
    }

    /// Adds the domain; false if the limit is reached.
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

    /// Changes an added domain.
    mutating func change(_ domain: Name, _ body: (inout ImportedDomain) -> Void) { domains[domain]?.change(body) }

    /// Records whether the input contains all records of an added domain.
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

    /// Adds a name to watch in an added domain.
    mutating func watch(_ name: Name, _ types: [RecordType], in domain: Name) {
        domains[domain]?.watch(name.folded, types)
    }

    /// Adds a host that a monitor checks: its registered domain, with the name in it.
    ///
    /// - Returns: the domain; nil after a fault.
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

    /// Adds a record of an added zone.
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

    /// Returns the domains in order, with names and types derived from the records.
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

    /// The types that are watched at the domain itself by default.
    static let usual: [RecordType] = [.a, .aaaa, .cname, .mx, .ns, .txt, .soa, .caa, .ds]

    /// Puts the domain's own name first, with the usual types and further ones of the source; returns nothing if no
    /// name was found.
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

    /// Limits the names to the number that a domain may have, dropping the least important ones.
    ///
    /// - Returns: the dropped names.
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

    /// The priority of a name: the domain, `www`, names for mail and services, then hosts.
    private static func weight(_ entry: ImportedDomain.WatchedName, isOwn: Bool) -> Int {
        if isOwn { return 0 }
        if entry.name.label(0) == Array("www".utf8) { return 1 }
        if entry.types.contains(where: { [.mx, .txt, .srv, .caa, .tlsa, .svcb, .https, .dname].contains($0) }) {
            return 2
        }
        return entry.types.contains(.ptr) ? 4 : 3
    }
}
