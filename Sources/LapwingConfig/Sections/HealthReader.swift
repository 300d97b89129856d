import DNSWire
import LapwingCore

/// Reads the calculated healths: freely chosen names, each with its domains and the number of them that must be
/// healthy.
struct HealthReader {
    /// The largest number of healths; each domain may be a member of all of them.
    private static let most = 1000

    private let domains: [Name: Name]
    private let tags: Set<String>

    init(_ watches: [Watch]) {
        domains = Dictionary(watches.map { ($0.domain, $0.domain) }, uniquingKeysWith: { first, _ in first })
        tags = Set(watches.flatMap(\.tags))
    }

    func healths(_ value: ValueReader) -> [CalculatedHealth] {
        guard let entries = value.entries() else { return [] }
        guard entries.count <= Self.most else {
            value.fault("\(value.path): \(entries.count) healths; at most \(Self.most) are taken")
            return []
        }
        var taken: Set<Name> = []
        return entries.compactMap { name, key, value in
            guard let health = health(name, key, value) else { return nil }
            guard domains[health.subject] == nil else {
                key.fault("\(value.path): `\(name)` is a watched domain; a health needs a name of its own")
                return nil
            }
            guard taken.insert(health.subject).inserted else {
                key.fault("\(value.path): `\(name)` is there already, in other letters")
                return nil
            }
            return health
        }
    }

    private func health(_ name: String, _ key: ValueReader, _ value: ValueReader) -> CalculatedHealth? {
        guard CalculatedHealth(name, needs: .all, members: .domains([])) != nil else {
            key.fault(
                "\(value.path): `\(name)` is no name for a health: 1 to 63 letters, digits, hyphens and underscores")
            return nil
        }
        guard let fields = value.fields(.health) else { return nil }
        for key in ["needs", "of"] where fields[key] == nil {
            value.fault("\(value.path): key `\(key)` is missing")
        }
        guard let of = fields["of"], let members = members(of) else { return nil }
        guard let needs = fields["needs"].flatMap({ need($0, members) }),
            var health = CalculatedHealth(name, needs: needs, members: members)
        else { return nil }
        health.failsAt =
            fields["fails_at"]?.choice(["warning", "critical"]).flatMap(Severity.init(rawValue:)) ?? health.failsAt
        health.severity = fields["severity"]?.choice(Severity.self) ?? health.severity
        health.tags = fields["tags"]?.strings(orSingle: true) ?? []
        return health
    }

    /// Reads `all`, or a number not greater than that of the members.
    private func need(_ value: ValueReader, _ members: CalculatedHealth.Members) -> CalculatedHealth.Need? {
        guard let text = value.string() else { return nil }
        if text == "all" { return .all }
        guard let count = Int(text), count > 0 else {
            value.fault("\(value.path): expected a number of domains from 1 on, or `all`, found `\(text)`")
            return nil
        }
        if case .domains(let names) = members, count > names.count {
            value.fault("\(value.path): \(count) of \(names.count) cannot be; at most \(names.count)")
            return nil
        }
        return .count(count)
    }

    private func members(_ value: ValueReader) -> CalculatedHealth.Members? {
        if value.isMapping { return tag(value) }
        guard let list = value.list() else { return nil }
        guard !list.isEmpty else {
            value.fault("\(value.path): no domain is named")
            return nil
        }
        var members: [Name] = []
        var taken: Set<Name> = []
        for entry in list {
            guard let text = entry.string() else { continue }
            guard let name = try? Name(text), let domain = domains[name] else {
                let all = domains.keys.lazy.map { "\($0)".dropLast() }.map(String.init)
                let hint = domains.count > 10_000 ? nil : Spelling.nearest(to: text, among: all)
                entry.fault(
                    "\(entry.path): `\(text)` is not among the domains\(hint.map { "; did you mean `\($0)`?" } ?? "")")
                continue
            }
            guard taken.insert(domain).inserted else {
                entry.fault("\(entry.path): `\(text)` is named twice")
                continue
            }
            members.append(domain)
        }
        // If some members are invalid, the possible number is not known.
        return taken.count == list.count ? .domains(members) : nil
    }

    private func tag(_ value: ValueReader) -> CalculatedHealth.Members? {
        guard let fields = value.fields(.healthMembers) else { return nil }
        guard let field = fields["tag"] else {
            value.fault("\(value.path): key `tag` is missing")
            return nil
        }
        guard let tag = field.string() else { return nil }
        guard tags.contains(tag) else {
            let hint = Spelling.nearest(to: tag, among: tags.sorted()).map { "; did you mean `\($0)`?" } ?? ""
            field.fault("\(field.path): no domain of the configuration has the tag `\(tag)`\(hint)")
            return nil
        }
        return .tag(tag)
    }
}
