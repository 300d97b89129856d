package import DNSWire

/// A maintenance window that a person announced while Lapwing was running.
package struct AnnouncedWindow: Sendable, Hashable, Identifiable {
    /// The number that the store assigned to it.
    package var id: Int64
    /// Nil for every domain.
    package var domain: Name?
    /// The time and the subjects of the work.
    package var window: MaintenanceWindow
    /// The user who announced it, as the store records it with acts.
    package var person: String

    package init(id: Int64 = 0, domain: Name?, window: MaintenanceWindow, person: String) {
        self.id = id
        self.domain = domain
        self.window = window
        self.person = person
    }

    /// Returns announced changes as one announcement for each domain that contains them.
    ///
    /// - Parameters:
    ///   - lines: lines in the format of ``AnnouncedText``.
    ///   - domain: returns the watched domain that contains a name; nil if none does.
    /// - Throws: `AnnouncedText.Fault` for the first invalid line or change.
    package static func announcing(
        _ lines: [String], from: Timestamp, to: Timestamp, reason: String, person: String,
        domain: (Name) -> Name?
    ) throws(AnnouncedText.Fault) -> [AnnouncedWindow] {
        let (changes, names) = try AnnouncedText.read(lines)
        return try announcing(
            Array(zip(changes, names)), from: from, to: to, reason: reason, person: person, domain: domain)
    }

    /// Returns the announcements of parsed changes, each with the name that determines its domain.
    ///
    /// - Throws: `AnnouncedText.Fault` if a name is in no watched domain, or a change cannot be announced for its domain.
    package static func announcing(
        _ changes: [(AnnouncedChange, Name)], from: Timestamp, to: Timestamp, reason: String, person: String,
        domain: (Name) -> Name?
    ) throws(AnnouncedText.Fault) -> [AnnouncedWindow] {
        var domains: [Name] = []
        var content: [Name: [AnnouncedChange]] = [:]
        for (change, name) in changes {
            guard let owner = domain(name)?.folded else {
                throw AnnouncedText.Fault(text: "\(name) is in no watched domain")
            }
            if change.key == nil, name != owner {
                throw AnnouncedText.Fault(text: "the registrar is that of \(owner), not of \(name)")
            }
            if change.values.isEmpty, name == owner, change.key?.type == .ns {
                throw AnnouncedText.Fault(text: "the delegation of \(owner) cannot be announced to be gone")
            }
            if let key = change.key, key.type == .ns, name != owner {
                throw AnnouncedText.Fault(text: "\(key): name servers are seen of watched domains only")
            }
            let known = content[owner] ?? []
            guard !known.contains(where: { $0.key == change.key }) else {
                throw AnnouncedText.Fault(text: "\(change.words) is announced otherwise, too")
            }
            guard known.count < AnnouncedChange.limit else {
                throw AnnouncedText.Fault(text: "an announcement has at most \(AnnouncedChange.limit) changes")
            }
            if content[owner] == nil { domains.append(owner) }
            content[owner, default: []].append(change)
        }
        return domains.map { owner in
            AnnouncedWindow(
                domain: owner,
                window: MaintenanceWindow(from: from, to: to, reason: reason, content: content[owner]),
                person: person)
        }
    }

    /// Whether it covers this domain; subdomains of the named domain are not covered.
    package func concerns(_ domain: Name) -> Bool { self.domain.map { $0 == domain.folded } ?? true }

    /// A description for people: `example.com.: A, MX from … to …, FREQ=WEEKLY (new host)`.
    package var words: String {
        let place = domain.map(\.description) ?? "all domains"
        if let content = window.content {
            return "\(place): \(content.words) by \(window.to.sentence)\(window.why)"
        }
        let what = window.covers.map { $0.map(\.rawValue).sorted().joined(separator: ", ") } ?? "everything"
        let rule = window.recurrence.map { ", \($0.text) in \($0.clock.zone)" } ?? ""
        return "\(place): \(what) from \(window.from.sentence) to \(window.to.sentence)\(rule)\(window.why)"
    }
}
