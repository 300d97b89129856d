package import DNSWire
package import LapwingCore

/// What several domains have in common: who runs their name servers, a name server, who takes their mail, the registrar, the
/// public suffix, a tag; and which domains these are.
package struct SharedParts: Sendable {
    /// What sort of thing is shared. The raw value is that of addresses and of the API.
    package enum Kind: String, CaseIterable, Sendable {
        case dnsOperator = "dns"
        case nameServer = "server"
        case mail
        case registrar
        case suffix
        case tag
    }

    /// One thing that is shared.
    package struct Key: Hashable, Sendable {
        /// The sort of thing.
        package var kind: Kind
        /// The name of the thing, such as `ns1.example.net` or the text of a tag; unique within its kind.
        package var name: String

        package init(_ kind: Kind, _ name: String) {
            self.kind = kind
            self.name = name
        }

        /// What ``text`` gave; nil for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
            self.init(kind, String(parts[1]))
        }

        /// One text for both, for addresses.
        package var text: String { "\(kind.rawValue):\(name)" }
    }

    /// One thing that is shared, with how its domains are.
    package struct Part: Sendable {
        /// The thing that the domains share.
        package var key: Key
        /// Domains that have it.
        package var count = 0
        /// How many of them are failing.
        package var failing = 0
        /// How many have warnings.
        package var warned = 0
        /// How many are not known.
        package var unknown = 0

        /// How it is: well only where all of its domains are known to be.
        package var condition: DomainCondition {
            failing > 0 ? .failing : warned > 0 ? .warning : unknown > 0 ? .learning : .healthy
        }
    }

    /// How names are taken apart: by the rules of a list of public suffixes.
    package struct Naming: Sendable {
        /// Whether strangers register names directly below this one.
        package var isSuffix: @Sendable (Name) -> Bool
        /// The registered domain that a name is in; nil for a public suffix.
        package var registered: @Sendable (Name) -> Name?

        package init(isSuffix: @escaping @Sendable (Name) -> Bool, registered: @escaping @Sendable (Name) -> Name?) {
            self.isSuffix = isSuffix
            self.registered = registered
        }
    }

    /// Rows of the roster by what they have.
    private var rows: [Key: [Int32]] = [:]
    /// Domains of which it is known what they have.
    package private(set) var known = 0

    /// - Parameters:
    ///   - roster: the domains.
    ///   - facts: what is known of each, in the order of the roster's rows.
    package init(_ roster: BoardRoster, facts: [SharedFacts?], naming: Naming) {
        // Most domains have the very list of hosts that many others have.
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
        // What one domain alone has is shared with nobody; a tag is somebody's word for a group, however small.
        rows = rows.filter { $0.value.count > 1 || $0.key.kind == .tag }
    }

    /// The rows of the domains that have this; empty where none has.
    package func rows(of key: Key) -> [Int32] { rows[key] ?? [] }

    /// All that is shared, of each kind what is worst first: by domains that fail, that have warnings, and by their number.
    ///
    /// - Parameters:
    ///   - conditions: of each row of the roster.
    ///   - marks: the rows that count; nil for all.
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
