package import DNSWire

/// The records of one domain as a source says they are to be, with the places where it says so.
package struct DeclaredZone: Sendable, Hashable {
    /// In which form the source is written, and changes to it are shown.
    package enum Form: String, Sendable, Hashable {
        case zone, terraform
        case octoDNS = "octodns"
        case dnsControl = "dnscontrol"
    }

    /// The key of a resource under which its values stand.
    package struct Attribute: Sendable, Hashable {
        package var name: String
        /// Whether it has all values of a set, and not one.
        package var isList: Bool

        package init(name: String, isList: Bool) {
            self.name = name
            self.isList = isList
        }
    }

    /// One record.
    package struct Entry: Sendable, Hashable {
        /// Nil where the provider works the value out when it is asked.
        package var data: RecordData?
        /// In seconds; nil where the source leaves it to a default.
        package var ttl: UInt32?
        /// `zones/example.org.zone:14`
        package var place: String
        /// The path in a document, such as `aws_route53_record.www`; empty where the line says all.
        package var path: String
        package var attribute: Attribute?

        package init(
            data: RecordData?, ttl: UInt32? = nil, place: String, path: String = "", attribute: Attribute? = nil
        ) {
            self.data = data
            self.ttl = ttl
            self.place = place
            self.path = path
            self.attribute = attribute
        }
    }

    package var domain: Name
    /// As the configuration or the user names it.
    package var source: String
    package var form: Form
    /// The commit that is checked out where the source lies in a work tree of git.
    package var revision: String?
    /// Whether what is not declared is not to be there.
    package var isComplete: Bool
    /// In the order of the source.
    package private(set) var keys: [RecordSetKey] = []
    private var sets: [RecordSetKey: [Entry]] = [:]
    private var owners: Set<Name> = []
    /// Owners of records and the names between them and the domain.
    private var names: Set<Name> = []
    /// Below these, and at them, other zones answer.
    private var cuts: Set<Name> = []

    package init(_ domain: Name, source: String, form: Form, revision: String? = nil, isComplete: Bool) {
        self.domain = domain
        self.source = source
        self.form = form
        self.revision = revision
        self.isComplete = isComplete
        names = [domain]
    }

    /// Adds a record; one that is not in the domain is left out.
    package mutating func add(_ entry: Entry, to key: RecordSetKey) {
        guard key.name.isSubdomain(of: domain) else { return }
        if sets[key] == nil { keys.append(key) }
        sets[key, default: []].append(entry)
        owners.insert(key.name)
        if key.type == .ns, key.name != domain { cuts.insert(key.name) }
        var name = key.name
        while names.insert(name).inserted, let parent = name.parent { name = parent }
    }

    /// The records that are declared at the name itself.
    package func entries(_ key: RecordSetKey) -> [Entry] { sets[key] ?? [] }

    /// Types of which records are declared at the name itself.
    package func types(at name: Name) -> [RecordType] { keys.lazy.filter { $0.name == name }.map(\.type) }
}

/// What is declared of one RRset.
package enum DeclaredSet: Sendable, Hashable {
    /// These records.
    case records([DeclaredZone.Entry])
    /// None.
    case nothing
    /// Another name's, or whatever the provider works out; or the source says nothing of it.
    case open
}

extension DeclaredZone {
    /// Written anew by whoever signs the zone.
    private static let ofSigning: Set<RecordType> = [
        .rrsig, .nsec, .nsec3, .nsec3param, .dnskey, .cds, .cdnskey, .zonemd, .sig, .nxt, .key,
    ]

    /// What a server of the zone would answer as the source has it (RFC 1034 section 4.3.2, RFC 4592).
    package func set(_ key: RecordSetKey) -> DeclaredSet {
        guard key.name.isSubdomain(of: domain), !Self.ofSigning.contains(key.type), !isBelowCut(key.name) else {
            return .open
        }
        // The parent answers for the DS; who serves a zone is not said by every source.
        let isOfParent = key.type == .ds && key.name == domain
        let isOfServers = [.soa, .ns].contains(key.type) && key.name == domain
        if isOfParent || isOfServers && sets[key] == nil { return .open }
        if names.contains(key.name) { return set(key, at: key.name) }
        guard let encloser = encloser(of: key.name), let wildcard = try? encloser.prepending(label: [0x2A]),
            names.contains(wildcard)
        else { return isComplete ? .nothing : .open }
        return set(key, at: wildcard)
    }

    /// The RRsets of which values are declared that can be compared with what is served, the domain's own first.
    package var comparable: [RecordSetKey] {
        let able = keys.filter { if case .records = set($0) { true } else { false } }
        return able.filter { $0.name == domain } + able.filter { $0.name != domain }
    }

    private func set(_ key: RecordSetKey, at owner: Name) -> DeclaredSet {
        if let entries = sets[RecordSetKey(owner, key.type)] {
            return entries.contains { $0.data == nil } ? .open : .records(entries)
        }
        // Where an alias leads is compared at the alias.
        if sets[RecordSetKey(owner, .cname)] != nil { return .open }
        // An alias in the place of what is declared is told once, with what is declared.
        if key.type == .cname, owners.contains(owner) { return .open }
        return isComplete ? .nothing : .open
    }

    /// The nearest name above that is there; nil where a DNAME moves all that is below it.
    private func encloser(of name: Name) -> Name? {
        var name = name
        while let parent = name.parent, parent.isSubdomain(of: domain) {
            if sets[RecordSetKey(parent, .dname)] != nil { return nil }
            if names.contains(parent) { return parent }
            name = parent
        }
        return nil
    }

    private func isBelowCut(_ name: Name) -> Bool {
        guard !cuts.isEmpty else { return false }
        var current: Name? = name
        while let candidate = current, candidate.labelCount > domain.labelCount {
            if cuts.contains(candidate) { return true }
            current = candidate.parent
        }
        return false
    }
}
