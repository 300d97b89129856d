import DNSWire
import LapwingCore

/// Reads the domains, their defaults and the maintenance windows.
struct DomainReader {
    /// A file of names has one per line; a million lines of 253 characters are about this many bytes.
    static let largestList = 512 << 20

    let surroundings: SettingsReader.Surroundings

    func read(_ value: ValueReader, into defaults: inout DomainDefaults) {
        guard let fields = value.fields(.defaults) else { return }
        readShared(fields, into: &defaults)
    }

    private func readShared(_ fields: [String: ValueReader], into defaults: inout DomainDefaults) {
        defaults.interval = fields["interval"]?.duration(DomainDefaults.intervals) ?? defaults.interval
        if let names = fields["names"] { readNames(names, into: &defaults) }
        defaults.types = fields["records"].flatMap(RecordTypeList.read) ?? defaults.types
        if let place = fields["names"] ?? fields["records"], defaults.sets > DomainDefaults.mostSets {
            place.fault(
                "\(place.path): \(defaults.names.count) names with "
                    + (defaults.ownTypes.isEmpty ? "\(defaults.types.count) types" : "their types")
                    + " are \(defaults.sets) record sets; a domain may have \(DomainDefaults.mostSets)")
            // More RRsets than the limit are not expanded.
            defaults.names = []
            defaults.ownTypes = [:]
        }
        if let ttl = fields["ttl"]?.fields(.ttl), let low = ttl["low"]?.duration(0...86_400) {
            defaults.lowTTL = UInt32(low)
        }
        if let confirm = fields["confirm"] { readConfirmation(confirm, into: &defaults) }
        if let dnssec = fields["dnssec"]?.choice(["auto", "required", "off"]) {
            defaults.dnssec = Watch.DNSSECPolicy(rawValue: dnssec) ?? .auto
        }
        if let registration = fields["registration"] { self.registration(registration, into: &defaults) }
        defaults.renewsItself = fields["auto_renew"]?.boolean() ?? defaults.renewsItself
        if let controls = fields["controls"] {
            defaults.controls = bounded(controls.strings(), DomainDefaults.mostControls, controls) ?? defaults.controls
        }
        if let tags = fields["tags"] {
            defaults.tags = bounded(tags.strings(orSingle: true), DomainDefaults.mostTags, tags) ?? defaults.tags
        }
        if let transfer = fields["transfer"] {
            defaults.transfer = ZoneReader(surroundings: surroundings).source(transfer, keys: defaults.keys)
        }
        defaults.asksForZone = fields["open_transfer"]?.boolean() ?? defaults.asksForZone
        if let severities = fields["severities"] {
            defaults.severities = defaults.severities.overridden(by: SeverityReader().policy(severities))
        }
        if let declared = fields["declared"] { defaults.declaration = declaration(declared) }
    }

    /// Reads a list of names, or names with types; a name without types gets the usual ones.
    private func readNames(_ value: ValueReader, into defaults: inout DomainDefaults) {
        guard value.isMapping else {
            guard let names = value.strings() else { return }
            (defaults.names, defaults.ownTypes) = (names, [:])
            return
        }
        guard let entries = value.entries() else { return }
        defaults.names = entries.map(\.key)
        defaults.ownTypes = [:]
        for (name, _, member) in entries where !member.isNull {
            guard let types = RecordTypeList.read(member) else { continue }
            if name != "@", let type = types.first(where: DomainDefaults.apexTypes.contains) {
                member.fault("\(member.path): \(type) is asked of the domain itself only, at `@`")
            }
            defaults.ownTypes[name] = types
        }
    }

    /// Reads how long a condition must last before it is reported.
    func readConfirmation(_ value: ValueReader, into defaults: inout DomainDefaults) {
        guard let fields = value.fields(.confirm) else { return }
        defaults.outagePatience = fields["authority-outage"]?.duration(0...3600) ?? defaults.outagePatience
    }

    private func bounded(_ list: [String]?, _ most: Int, _ place: ValueReader) -> [String]? {
        guard let list, list.count > most else { return list }
        place.fault("\(place.path): \(list.count) entries; at most \(most) are taken")
        return []
    }

    private func registration(_ value: ValueReader, into defaults: inout DomainDefaults) {
        if value.isScalar {
            defaults.watchesRegistration = value.boolean() ?? true
            return
        }
        guard let fields = value.fields(.registration) else { return }
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
        let standard = terms(of: defaults)
        var terms: Set<Boxed<WatchTerms>> = [standard]
        for member in members {
            for var watch in self.watch(member, defaults, standard) {
                if places.insert(watch.domain).inserted {
                    watch.shareTerms(among: &terms)
                    watches.append(watch)
                } else {
                    member.fault("\(member.path): \(watch.domain) is listed twice")
                }
            }
        }
        return watches
    }

    private func watch(
        _ member: ValueReader, _ defaults: DomainDefaults, _ standard: Boxed<WatchTerms>
    ) -> [Watch] {
        if !member.isMapping {
            guard let text = member.string(), let domain = domain(text, false, member) else { return [] }
            return [build(domain, defaults, standard, member)]
        }
        guard let fields = member.fields(.domain) else { return [] }
        var settings = defaults
        readShared(fields, into: &settings)
        let meansSuffix = fields["suffix"]?.boolean() ?? false
        if let file = fields["file"] {
            let terms = terms(of: settings)
            return names(in: file, meansSuffix).map { build($0, settings, terms, member) }
        }
        guard let nameField = fields["name"] else {
            member.fault("\(member.path): key `name` is missing")
            return []
        }
        guard let text = nameField.string(), let domain = domain(text, meansSuffix, nameField) else { return [] }
        return [watch(domain, fields, settings, member)]
    }

    private func watch(
        _ domain: Name, _ fields: [String: ValueReader], _ settings: DomainDefaults, _ member: ValueReader
    ) -> Watch {
        var watch = build(domain, settings, terms(of: settings), member)
        // A source that is named for one domain applies to exactly this domain.
        if fields["declared"] != nil { watch.declaration?.isOwn = true }
        if let sensitive = fields["sensitive"] { watch.sensitive = self.sensitive(sensitive, of: watch) }
        if let expect = fields["expect"] {
            readExpected(expect, into: &watch)
            if watch.sets.count > DomainDefaults.mostSets {
                expect.fault(
                    "\(expect.path): \(watch.sets.count) record sets with these; a domain may have "
                        + "\(DomainDefaults.mostSets)")
            }
        }
        if let expires = fields["expires"] { watch.manualExpiry = expires.moment() }
        return watch
    }

    /// Reads a domain that is added at run time, from an entry without `name` and `file`.
    func added(_ domain: Name, _ member: ValueReader, defaults: DomainDefaults) -> Watch? {
        // A user who may add domains must not be able to cause connections to arbitrary addresses.
        guard let fields = member.fields(.domain, without: ["name", "file", "transfer", "declared"]) else { return nil }
        guard self.domain("\(domain)", fields["suffix"]?.boolean() ?? false, member) != nil else { return nil }
        var settings = defaults
        readShared(fields, into: &settings)
        return watch(domain, fields, settings, member)
    }

    private func names(in file: ValueReader, _ meansSuffix: Bool) -> [Name] {
        guard let path = file.string() else { return [] }
        guard let text = surroundings.contents(path) else {
            file.fault("\(file.path): cannot read \(path)")
            return []
        }
        guard text.utf8.count <= Self.largestList else {
            file.fault("\(file.path): \(path) is larger than \(Self.largestList >> 20) MiB")
            return []
        }
        let entered = surroundings.names
        var names: [Name] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let word = line.prefix { $0 != "#" }
            guard !word.allSatisfy(\.isWhitespace) else { continue }
            do throws(EnteredName.Refusal) {
                names.append(try entered.read(String(word), meansSuffix: meansSuffix))
            } catch {
                file.fault("\(file.path): \(path):\(index + 1): \(error)")
            }
        }
        return names
    }

    func parse(_ text: String) -> Name? {
        let ascii = text.utf8.allSatisfy { $0 < 128 } ? text : surroundings.asciiName(text)
        guard let ascii, let name = try? Name(ascii), !name.isRoot else { return nil }
        return name
    }

    private func domain(_ text: String, _ meansSuffix: Bool, _ reader: ValueReader) -> Name? {
        do throws(EnteredName.Refusal) {
            return try surroundings.names.read(text, meansSuffix: meansSuffix)
        } catch {
            reader.fault(reader.path.isEmpty ? "\(error)" : "\(reader.path): \(error)")
            return nil
        }
    }

    private func build(
        _ domain: Name, _ defaults: DomainDefaults, _ terms: Boxed<WatchTerms>, _ reader: ValueReader
    ) -> Watch {
        var watch = Watch(domain: domain, sets: [], terms: terms)
        var known: Set<RecordSetKey> = []
        for text in defaults.names {
            guard let name = name(text, in: domain) else {
                reader.fault("\(reader.path): `\(text)` is no name inside \(domain)")
                continue
            }
            for type in defaults.ownTypes[text] ?? defaults.types
            where name == domain || !DomainDefaults.apexTypes.contains(type) {
                let key = RecordSetKey(name, type)
                if known.insert(key).inserted { watch.sets.append(key) }
            }
        }
        watch.sensitive = [RecordSetKey(domain, .ns), RecordSetKey(domain, .mx)]
        return watch
    }

    private func terms(of defaults: DomainDefaults) -> Boxed<WatchTerms> {
        var terms = WatchTerms()
        terms.interval = defaults.interval
        terms.lowTTL = defaults.lowTTL
        terms.outagePatience = defaults.outagePatience
        terms.dnssec = defaults.dnssec
        terms.registration = defaults.registration
        terms.watchesRegistration = defaults.watchesRegistration
        terms.renewsItself = defaults.renewsItself
        terms.controls = defaults.controls.compactMap { parse($0).map { RecordSetKey($0, .a) } }
        terms.tags = defaults.tags
        terms.severities = defaults.severities
        terms.transfer = defaults.transfer
        terms.asksForZone = defaults.asksForZone
        terms.declaration = defaults.declaration
        return Boxed(terms)
    }

    /// `@` is the domain itself; other names are relative to it unless they are inside it already.
    func name(_ text: String, in domain: Name) -> Name? {
        if text == "@" || text.isEmpty { return domain }
        if text.hasSuffix("."), let name = try? Name(text) { return name.isSubdomain(of: domain) ? name : nil }
        return parse("\(text).\(domain)")
    }
}
