package import DNSWire

/// A maintenance window that a person announced while Lapwing ran.
package struct AnnouncedWindow: Sendable, Hashable, Identifiable {
    /// The number that the store gave it.
    package var id: Int64
    /// Nil for every domain.
    package var domain: Name?
    /// When the work is, and what it may touch.
    package var window: MaintenanceWindow
    /// The user who announced it, as the store keeps it beside acts.
    package var person: String

    package init(id: Int64 = 0, domain: Name?, window: MaintenanceWindow, person: String) {
        self.id = id
        self.domain = domain
        self.window = window
        self.person = person
    }

    /// Whether it covers this domain; subdomains of the named domain are not covered.
    package func concerns(_ domain: Name) -> Bool { self.domain.map { $0 == domain.folded } ?? true }

    /// For people: `example.com.: A, MX from … to …, FREQ=WEEKLY (new host)`.
    package var words: String {
        let place = domain.map(\.description) ?? "all domains"
        let what = window.covers.map { $0.map(\.rawValue).sorted().joined(separator: ", ") } ?? "everything"
        let rule = window.recurrence.map { ", \($0.text) in \($0.clock.zone)" } ?? ""
        return "\(place): \(what) from \(window.from.sentence) to \(window.to.sentence)\(rule)\(window.why)"
    }
}
