import DNSWire
import LapwingCore

extension DomainReader {
    /// The largest number of sources of a domain; the first one that declares it is used.
    private static let mostSources = 16

    /// Reads an RRset in the notation of users: `MX` for the apex, `portal/A` for a name below it.
    private func key(_ text: String, of domain: Name, _ reader: ValueReader) -> RecordSetKey? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, let type = RecordType((parts.last ?? "").uppercased()) else {
            reader.fault("\(reader.path): `\(text)` is no record set (MX, or www/A)")
            return nil
        }
        guard let name = name(parts.count == 2 ? parts[0] : "@", in: domain) else {
            reader.fault("\(reader.path): `\(parts[0])` is no name inside \(domain)")
            return nil
        }
        return RecordSetKey(name, type)
    }

    func sensitive(_ value: ValueReader, of watch: Watch) -> Set<RecordSetKey> {
        guard let members = value.list() else { return watch.sensitive }
        return Set(members.compactMap { member in member.string().flatMap { key($0, of: watch.domain, member) } })
    }

    func readExpected(_ value: ValueReader, into watch: inout Watch) {
        var known = Set(watch.sets)
        for (text, keyReader, member) in value.entries() ?? [] {
            guard let key = key(text, of: watch.domain, keyReader),
                let expectation = ExpectationReader(type: key.type).expectation(member)
            else { continue }
            watch.expected[key] = expectation
            if known.insert(key).inserted { watch.sets.append(key) }
        }
    }

    /// Reads the files and folders that declare records; nil for `false`.
    func declaration(_ value: ValueReader) -> Declaration? {
        if value.isScalar, let text = value.string(), ["false", "no", "off"].contains(text.lowercased()) { return nil }
        guard let paths = value.strings(orSingle: true) else { return nil }
        guard (1...Self.mostSources).contains(paths.count), !paths.contains(where: \.isEmpty) else {
            value.fault(
                "\(value.path): expected a file or folder, or a list of 1 to \(Self.mostSources) of them; `false` is none"
            )
            return nil
        }
        return Declaration(sources: paths, isOwn: false, place: value.location)
    }

    func addMaintenance(_ value: ValueReader, to watches: inout [Watch]) {
        for member in value.list() ?? [] {
            guard let fields = member.fields(.maintenance) else { continue }
            for key in ["from", "to"] where fields[key] == nil {
                member.fault("\(member.path): key `\(key)` is missing")
            }
            guard let from = fields["from"]?.moment(), let to = fields["to"]?.moment() else { continue }
            guard from < to else {
                fields["to"]?.fault("\(member.path): the window ends before it begins")
                continue
            }
            let covers = fields["covers"]?.list()?.compactMap { $0.choice(MaintenanceWindow.Subject.self) }
            var window = MaintenanceWindow(
                from: from, to: to, covers: covers.map(Set.init), reason: fields["reason"]?.string() ?? "")
            let clock = HoursReader().clock(fields["zone"]) ?? .utc
            if let rule = fields["repeat"], let text = rule.string() {
                do throws(Recurrence.Fault) {
                    window.recurrence = try Recurrence(text, from: from, to: to, clock: clock)
                } catch {
                    rule.fault("\(rule.path): \(error.text)")
                }
            }
            guard let domains = fields["domains"]?.list() else {
                for index in watches.indices { watches[index].maintenance.append(window) }
                continue
            }
            for domain in domains {
                guard let text = domain.string() else { continue }
                guard let name = parse(text), let index = watches.firstIndex(where: { $0.domain == name }) else {
                    domain.fault("\(domain.path): `\(text)` is none of the domains")
                    continue
                }
                watches[index].maintenance.append(window)
            }
        }
    }
}
