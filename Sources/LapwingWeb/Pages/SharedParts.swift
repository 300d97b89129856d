package import DNSWire
package import LapwingCore

/// The properties that several domains share, with their domains: the operator of their name servers, a name server,
/// the mail operator, the registrar, the public suffix, a tag.
package struct SharedParts: Sendable {
    /// The kind of a shared property. The raw value appears in addresses and in the API.
    package enum Kind: String, CaseIterable, Sendable {
        case dnsOperator = "dns"
        case nameServer = "server"
        case mail
        case registrar
        case suffix
        case tag
    }

    /// One shared property.
    package struct Key: Hashable, Sendable {
        /// The sort of thing.
        package var kind: Kind
        /// The name of the thing, such as `ns1.example.net` or the text of a tag; unique within its kind.
        package var name: String

        package init(_ kind: Kind, _ name: String) {
            self.kind = kind
            self.name = name
        }

        /// Parses ``text``; nil for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
            self.init(kind, String(parts[1]))
        }

        /// Kind and name as one text for addresses.
        package var text: String { "\(kind.rawValue):\(name)" }
    }

    /// One shared property, with the states of its domains.
    package struct Part: Sendable {
        /// The thing that the domains share.
        package var key: Key
        /// The number of domains with this property.
        package var count = 0
        /// How many of them are failing.
        package var failing = 0
        /// How many have warnings.
        package var warned = 0
        /// How many are in an unknown state.
        package var unknown = 0

        /// The state of the whole: healthy only if all of its domains are known to be.
        package var condition: DomainCondition {
            failing > 0 ? .failing : warned > 0 ? .warning : unknown > 0 ? .learning : .healthy
        }
    }

    /// The rules of a public suffix list, by which names are split.
    package struct Naming: Sendable {
        /// Whether the public registers names directly below this one.
        package var isSuffix: @Sendable (Name) -> Bool
        /// The registered domain that contains a name; nil for a public suffix.
        package var registered: @Sendable (Name) -> Name?

        package init(isSuffix: @escaping @Sendable (Name) -> Bool, registered: @escaping @Sendable (Name) -> Name?) {
            self.isSuffix = isSuffix
            self.registered = registered
        }
    }

    /// Rows of the roster by their properties.
    private var rows: [Key: [Int32]] = [:]
    /// The number of domains whose properties are known.
    package private(set) var known = 0

    /// - Parameters:
    ///   - roster: the domains.
    ///   - facts: the known facts of each domain, in the order of the roster's rows.
    package init(_ roster: BoardRoster, facts: [SharedFacts?], naming: Naming) {
        // Many domains have exactly the same list of hosts.
        var operators: [[Name]: [String]] = [:]
        var mail: [[Name]: Set<String>] = [:]
        for (number, row) in roster.rows.enumerated() {
            let number = Int32(number)
            for tag in Set(row.tags) { rows[Key(.tag, tag), default: []].append(number) }
            if let suffix = naming.registered(row.domain)?.parent, !suffix.isRoot {
                rows[Key(.suffix, Shown.name(suffix)), default: []].append(number)
            }
            guard let facts = facts[Int(number)] else { continue }
            known += 1
            let names =
                operators[facts.nameServers]
                ?? NameServerHosts.operators(of: facts.nameServers, isSuffix: naming.isSuffix).map(\.name)
            operators[facts.nameServers] = names
            for name in names { rows[Key(.dnsOperator, name), default: []].append(number) }
            for host in facts.nameServers {
                rows[Key(.nameServer, Shown.name(host)), default: []].append(number)
            }
            let takers =
                mail[facts.mailHosts] ?? Set(facts.mailHosts.map { Shown.name(naming.registered($0) ?? $0) })
            mail[facts.mailHosts] = takers
            for taker in takers { rows[Key(.mail, taker), default: []].append(number) }
            if let registrar = facts.registrar, !registrar.isEmpty {
                rows[Key(.registrar, Shown.text(registrar, limit: 100)), default: []].append(number)
            }
        }
        // A property of only one domain is not shared; a tag names a group on purpose, however small.
        rows = rows.filter { $0.value.count > 1 || $0.key.kind == .tag }
    }

    /// The rows of the domains with this property; empty if there are none.
    package func rows(of key: Key) -> [Int32] { rows[key] ?? [] }

    /// Returns all shared properties by kind, the worst first: by failing domains, by domains with warnings, and by
    /// their total number.
    ///
    /// - Parameters:
    ///   - conditions: the state of each row of the roster.
    ///   - marks: the rows to include; nil for all.
    package func parts(_ conditions: [DomainCondition], among marks: [Bool]? = nil) -> [Kind: [Part]] {
        var parts: [Kind: [Part]] = [:]
        for (key, rows) in rows {
            var part = Part(key: key)
            for row in rows where marks?[Int(row)] ?? true {
                part.count += 1
                switch conditions[Int(row)] {
                case .failing: part.failing += 1
                case .warning: part.warned += 1
                case .learning: part.unknown += 1
                case .healthy: break
                }
            }
            if part.count > 1 || part.count == 1 && key.kind == .tag { parts[key.kind, default: []].append(part) }
        }
        return parts.mapValues { parts in
            parts.sorted {
                ($1.failing, $1.warned, $1.count, $0.key.name) < ($0.failing, $0.warned, $0.count, $1.key.name)
            }
        }
    }
}
