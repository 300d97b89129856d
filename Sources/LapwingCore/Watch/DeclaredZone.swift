package import DNSWire

/// The records of one domain as a source declares them, with their places in the source.
package struct DeclaredZone: Sendable, Hashable {
    /// The format of the source, in which changes to it are shown too.
    package enum Form: String, Sendable, Hashable {
        case zone, terraform
        case octoDNS = "octodns"
        case dnsControl = "dnscontrol"
    }

    /// The key in a resource that contains its values.
    package struct Attribute: Sendable, Hashable {
        /// The name of the key, such as `records`.
        package var name: String
        /// Whether it contains all values of a set, and not only one.
        package var isList: Bool

        package init(name: String, isList: Bool) {
            self.name = name
            self.isList = isList
        }
    }

    /// One record.
    package struct Entry: Sendable, Hashable {
        /// The data; nil if the provider computes the value for each query.
        package var data: RecordData?
        /// The TTL in seconds; nil if the source leaves it to a default.
        package var ttl: UInt32?
        /// The place, such as `zones/example.org.zone:14`.
        package var place: String
        /// The path in a document, such as `aws_route53_record.www`; empty if the line is sufficient.
        package var path: String
        /// The key that contains the value; nil if it is unknown, as in sources without resources.
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

    /// The domain whose records they are.
    package var domain: Name
    /// The source as the configuration or the user names it.
    package var source: String
    /// The format of the source.
    package var form: Form
    /// The commit that is checked out; nil if the source is not in a work tree of git.
    package var revision: String?
    /// Whether undeclared records must not exist.
    package var isComplete: Bool
    /// The RRsets, in the order of the source.
    package private(set) var keys: [RecordSetKey] = []
    private var sets: [RecordSetKey: [Entry]] = [:]
    private var owners: Set<Name> = []
    /// Owners of records and the names between them and the domain.
    private var names: Set<Name> = []
    /// Zone cuts: other zones answer at and below these names.
    private var cuts: Set<Name> = []

    package init(_ domain: Name, source: String, form: Form, revision: String? = nil, isComplete: Bool) {
        self.domain = domain
        self.source = source
        self.form = form
        self.revision = revision
        self.isComplete = isComplete
        names = [domain]
    }

    /// Adds a record; a record outside the domain is ignored.
    package mutating func add(_ entry: Entry, to key: RecordSetKey) {
        guard key.name.isSubdomain(of: domain) else { return }
        if sets[key] == nil { keys.append(key) }
        sets[key, default: []].append(entry)
        owners.insert(key.name)
        if key.type == .ns, key.name != domain { cuts.insert(key.name) }
        var name = key.name
        while names.insert(name).inserted, let parent = name.parent { name = parent }
    }

    /// Returns the records that are declared at the name itself.
    package func entries(_ key: RecordSetKey) -> [Entry] { sets[key] ?? [] }

    /// Returns the types of records that are declared at the name itself.
    package func types(at name: Name) -> [RecordType] { keys.lazy.filter { $0.name == name }.map(\.type) }
}

/// The declared content of one RRset.
package enum DeclaredSet: Sendable, Hashable {
    /// These records.
    case records([DeclaredZone.Entry])
    /// No records.
    case nothing
    /// Not comparable: the data of another name, a computed value, or no statement of the source.
    case open
}

extension DeclaredZone {
    /// Types that a signer generates.
    private static let ofSigning: Set<RecordType> = [
        .rrsig, .nsec, .nsec3, .nsec3param, .dnskey, .cds, .cdnskey, .zonemd, .sig, .nxt, .key,
    ]

    /// Returns the answer that a server of the zone would give according to the source (RFC 1034 section 4.3.2, RFC
    /// 4592).
    package func set(_ key: RecordSetKey) -> DeclaredSet {
        guard key.name.isSubdomain(of: domain), !Self.ofSigning.contains(key.type), !isBelowCut(key.name) else {
            return .open
        }
        // The DS is at the parent, and not every source lists the name servers.
        let isOfParent = key.type == .ds && key.name == domain
        let isOfServers = [.soa, .ns].contains(key.type) && key.name == domain
        if isOfParent || isOfServers && sets[key] == nil { return .open }
        if names.contains(key.name) { return set(key, at: key.name) }
        guard let encloser = encloser(of: key.name), let wildcard = try? encloser.prepending(label: [0x2A]),
            names.contains(wildcard)
        else { return isComplete ? .nothing : .open }
        return set(key, at: wildcard)
    }

    /// The RRsets with declared values that can be compared with served ones, those at the domain itself first.
    package var comparable: [RecordSetKey] {
        let able = keys.filter { if case .records = set($0) { true } else { false } }
        return able.filter { $0.name == domain } + able.filter { $0.name != domain }
    }

    private func set(_ key: RecordSetKey, at owner: Name) -> DeclaredSet {
        if let entries = sets[RecordSetKey(owner, key.type)] {
            return entries.contains { $0.data == nil } ? .open : .records(entries)
        }
        // The target of an alias is compared at the alias.
        if sets[RecordSetKey(owner, .cname)] != nil { return .open }
        // An alias in place of declared records is reported once, together with these records.
        if key.type == .cname, owners.contains(owner) { return .open }
        return isComplete ? .nothing : .open
    }

    /// Returns the closest encloser; nil if a DNAME redirects all names below it.
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
