import DNSWire
import LapwingConfig
package import LapwingCore

extension DomainOptions {
    /// Returns the options that are needed for the domain to be watched in the same way.
    ///
    /// - Parameters:
    ///   - presets: the watches that would result without options, in addition to that of a configuration without
    ///     defaults.
    ///   - isSuffix: whether the public registers names directly below it.
    package init(of watch: Watch, presets: [Watch] = [], isSuffix: Bool = false) {
        self.init()
        let watch = watch.undeclared
        let presets = presets.map(\.undeclared)
        let usual = StandardWatch.watch(watch.domain)
        let all = [usual] + presets
        func differs(_ part: (Watch) -> AnyHashable) -> Bool { all.contains { part($0) != part(watch) } }
        if isSuffix { self["suffix"] = .text("true") }
        if differs({ $0.interval }) { self["interval"] = .text(DurationText.text(watch.interval)) }
        // An expected RRset is watched without being named.
        let named = watch.sets.filter { watch.expected[$0] == nil || usual.sets.contains($0) }
        if all.contains(where: { Set($0.sets) != Set(named) }) { self["names"] = Self.names(watch.domain, named, all) }
        if differs({ $0.sensitive }) {
            self["sensitive"] = .texts(watch.sensitive.map { Self.key($0, watch.domain) }.sorted())
        }
        if !watch.expected.isEmpty {
            let entries = watch.expected.map { key, expectation in
                (Self.key(key, watch.domain), DocumentValue(expectation))
            }
            self["expect"] = .mapping(entries.sorted { $0.0 < $1.0 })
        }
        if let declaration = watch.declaration, declaration.isOwn {
            self["declared"] = .texts(declaration.sources.map(Self.escaped))
        }
        if let expires = watch.manualExpiry {
            let text = expires.description
            self["expires"] = .text(text.hasSuffix("T00:00:00Z") ? String(text.prefix(10)) : text)
        }
        if differs({ $0.tags }) { self["tags"] = .texts(watch.tags.map(Self.escaped)) }
        if differs({ $0.controls }) {
            self["controls"] = .texts(watch.controls.map { DomainsText.plain($0.name) })
        }
        addTerms(of: watch, differs)
    }

    private mutating func addTerms(of watch: Watch, _ differs: ((Watch) -> AnyHashable) -> Bool) {
        if differs({ $0.lowTTL }) { self["ttl"] = .mapping([("low", .text(DurationText.text(Int64(watch.lowTTL))))]) }
        if differs({ $0.outagePatience }) {
            self["confirm"] = .mapping([("authority-outage", .text(DurationText.text(watch.outagePatience)))])
        }
        if differs({ $0.dnssec }) { self["dnssec"] = .text(watch.dnssec.rawValue) }
        if differs({ $0.watchesRegistration }), !differs({ $0.registration }) || !watch.watchesRegistration {
            self["registration"] = .text("\(watch.watchesRegistration)")
        } else if differs({ $0.registration }) {
            let terms = watch.registration
            self["registration"] = .mapping(
                [("notice", terms.notice), ("warning", terms.warning), ("critical", terms.critical)]
                    .map { ($0, .text(DurationText.text($1))) })
        }
        if differs({ $0.renewsItself }) { self["auto_renew"] = .text("\(watch.renewsItself)") }
        if differs({ $0.severities }) {
            self["severities"] = .mapping(
                watch.severities.said.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value.rawValue)) })
        }
    }

    /// Escapes dollar signs in the configuration's notation.
    package static func escaped(_ text: String) -> String { text.replacing("$", with: "$$") }

    /// Returns an RRset in the configuration's notation: `MX`, `www/A`.
    private static func key(_ key: RecordSetKey, _ domain: Name) -> String {
        let label = ImportedDomain.label(of: key.name, in: domain)
        return label == "@" ? "\(key.type)" : "\(label)/\(key.type)"
    }

    private static func names(_ domain: Name, _ sets: [RecordSetKey], _ all: [Watch]) -> DocumentValue {
        var order: [Name] = []
        var types: [Name: [RecordType]] = [:]
        for set in sets {
            if types[set.name] == nil { order.append(set.name) }
            types[set.name, default: []].append(set.type)
        }
        let ofApex: Set<RecordType> = [.soa, .ns, .ds]
        let usual = all.map { watch in Set(watch.sets.lazy.filter { $0.name == domain }.map(\.type)) }
        return .mapping(
            order.map { name in
                let found = types[name] ?? []
                let isUsual = usual.allSatisfy { Set(found) == (name == domain ? $0 : $0.subtracting(ofApex)) }
                return (
                    escaped(ImportedDomain.label(of: name, in: domain)),
                    isUsual ? DocumentValue(.null) : .texts(found.map(\.description))
                )
            })
    }
}
