import DNSWire
import LapwingCore

/// Reads the domains, their defaults and the maintenance windows.
struct DomainReader {
    /// A file of names holds one a line; a million lines of 253 letters are about this many bytes.
    static let largestList = 512 << 20

    let surroundings: SettingsReader.Surroundings

    private static let shared = [
        "interval", "names", "records", "ttl", "dnssec", "registration", "auto_renew", "controls", "tags",
    ]

    func read(_ value: ValueReader, into defaults: inout DomainDefaults) {
        guard let fields = value.fields(Self.shared) else { return }
        readShared(fields, into: &defaults)
    }

    private func readShared(_ fields: [String: ValueReader], into defaults: inout DomainDefaults) {
        defaults.interval = fields["interval"]?.duration(DomainDefaults.intervals) ?? defaults.interval
        defaults.names = fields["names"]?.strings() ?? defaults.names
        defaults.types = fields["records"].flatMap(RecordTypeList.read) ?? defaults.types
        if let ttl = fields["ttl"]?.fields(["low"]), let low = ttl["low"]?.duration(0...86_400) {
            defaults.lowTTL = UInt32(low)
        }
        if let dnssec = fields["dnssec"]?.choice(["auto", "required", "off"]) {
            defaults.dnssec = Watch.DNSSECPolicy(rawValue: dnssec) ?? .auto
        }
        if let registration = fields["registration"] { self.registration(registration, into: &defaults) }
        defaults.renewsItself = fields["auto_renew"]?.boolean() ?? defaults.renewsItself
        defaults.controls = fields["controls"]?.strings() ?? defaults.controls
        defaults.tags = fields["tags"]?.strings(orSingle: true) ?? defaults.tags
    }

    private func registration(_ value: ValueReader, into defaults: inout DomainDefaults) {
        if value.isScalar {
            defaults.watchesRegistration = value.boolean() ?? true
            return
        }
        guard let fields = value.fields(["notice", "warning", "critical"]) else { return }
        let range: ClosedRange<Int64> = 0...(3650 * 86_400)
        defaults.registration.notice = fields["notice"]?.duration(range) ?? defaults.registration.notice
        defaults.registration.warning = fields["warning"]?.duration(range) ?? defaults.registration.warning
        defaults.registration.critical = fields["critical"]?.duration(range) ?? defaults.registration.critical
        let thresholds = defaults.registration
        if thresholds.notice < thresholds.warning || thresholds.warning < thresholds.critical {
            value.fault("\(value.path): notice, warning and critical must come in this order, the longest time first")
        }
    }

    // MARK: Domains

    func watches(_ value: ValueReader, defaults: DomainDefaults) -> [Watch] {
        guard let members = value.list() else { return [] }
        var watches: [Watch] = []
        var places: Set<Name> = []
        for member in members {
            for watch in self.watch(member, defaults: defaults) {
                if places.insert(watch.domain).inserted {
                    watches.append(watch)
                } else {
                    member.fault("\(member.path): \(watch.domain) is listed twice")
                }
            }
        }
        return watches
    }

    private func watch(_ member: ValueReader, defaults: DomainDefaults) -> [Watch] {
        if !member.isMapping {
            guard let text = member.string(), let domain = domain(text, member) else { return [] }
            return [build(domain, defaults, member)]
        }
        let own = ["name", "file", "sensitive", "expect", "expires"]
        guard let fields = member.fields(own + Self.shared) else { return [] }
        var settings = defaults
        readShared(fields, into: &settings)
        if let file = fields["file"] { return names(in: file).map { build($0, settings, member) } }
        guard let nameField = fields["name"] else {
            member.fault("\(member.path): key `name` is missing")
            return []
        }
        guard let text = nameField.string(), let domain = domain(text, nameField) else { return [] }
        return [watch(domain, fields, settings, member)]
    }

    private func watch(
        _ domain: Name, _ fields: [String: ValueReader], _ settings: DomainDefaults, _ member: ValueReader
    ) -> Watch {
        var watch = build(domain, settings, member)
        if let sensitive = fields["sensitive"] { watch.sensitive = self.sensitive(sensitive, of: watch) }
        if let expect = fields["expect"] { readExpected(expect, into: &watch) }
        watch.manualExpiry = fields["expires"]?.moment()
        return watch
    }

    /// A domain that was added at run time, from an entry without `name` and `file`.
    func added(_ domain: Name, _ member: ValueReader, defaults: DomainDefaults) -> Watch? {
        guard let fields = member.fields(["sensitive", "expect", "expires"] + Self.shared) else { return nil }
        var settings = defaults
        readShared(fields, into: &settings)
        return watch(domain, fields, settings, member)
    }

    private func names(in file: ValueReader) -> [Name] {
        guard let path = file.string() else { return [] }
        guard let text = surroundings.contents(path) else {
            file.fault("\(file.path): cannot read \(path)")
            return []
        }
        guard text.utf8.count <= Self.largestList else {
            file.fault("\(file.path): \(path) is larger than \(Self.largestList >> 20) MiB")
            return []
        }
        var names: [Name] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let word = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
            guard !word.isEmpty else { continue }
            if let name = parse(String(word)) {
                names.append(name)
            } else {
                file.fault("\(file.path): \(path):\(index + 1): `\(word.prefix(80))` is no domain name")
            }
        }
        return names
    }

    func parse(_ text: String) -> Name? {
        let ascii = text.utf8.allSatisfy { $0 < 128 } ? text : surroundings.asciiName(text)
        guard let ascii, let name = try? Name(ascii), !name.isRoot else { return nil }
        return name
    }

    private func domain(_ text: String, _ reader: ValueReader) -> Name? {
        if let name = parse(text) { return name }
        reader.fault("\(reader.path): `\(text)` is no domain name")
        return nil
    }

    private func build(_ domain: Name, _ defaults: DomainDefaults, _ reader: ValueReader) -> Watch {
        var watch = Watch(domain: domain, sets: [])
        for text in defaults.names {
            guard let name = name(text, in: domain) else {
                reader.fault("\(reader.path): `\(text)` is no name inside \(domain)")
                continue
            }
            // SOA, NS and DS say something about a zone, so they are asked of its apex only.
            let types = defaults.types.filter { name == domain || ![.soa, .ns, .ds].contains($0) }
            watch.sets += types.map { RecordSetKey(name, $0) }.filter { !watch.sets.contains($0) }
        }
        watch.interval = defaults.interval
        watch.lowTTL = defaults.lowTTL
        watch.dnssec = defaults.dnssec
        watch.registration = defaults.registration
        watch.watchesRegistration = defaults.watchesRegistration
        watch.renewsItself = defaults.renewsItself
        watch.controls = defaults.controls.compactMap { parse($0).map { RecordSetKey($0, .a) } }
        watch.tags = defaults.tags
        watch.sensitive = [RecordSetKey(domain, .ns), RecordSetKey(domain, .mx)]
        return watch
    }

    /// `@` is the domain itself; other names are taken as being inside it unless they already are.
    func name(_ text: String, in domain: Name) -> Name? {
        if text == "@" || text.isEmpty { return domain }
        if text.hasSuffix("."), let name = try? Name(text) { return name.isSubdomain(of: domain) ? name : nil }
        return parse("\(text).\(domain)")
    }
}
