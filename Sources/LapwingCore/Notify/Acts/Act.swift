package import DNSWire

/// Something a person did about an incident or a domain; kept in the log and in the incident's story.
package struct Act: Sendable, Hashable, Codable {
    /// What was done.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case accept, acknowledge, silence, unsilence, announce, withdraw
    }

    /// The number that the store gave it.
    package var id: Int64
    /// When it was done.
    package var at: Timestamp
    /// What was done.
    package var kind: Kind
    /// Who did it; empty when that is not known.
    package var person: String
    /// The incident's identifier; nil where it is about a domain.
    package var incident: String?
    /// The domain; nil where it is about all of them.
    package var domain: Name?
    /// The rest of the sentence: until when, of what, why.
    package var text: String

    package init(
        id: Int64 = 0, at: Timestamp, _ kind: Kind, by person: String, incident: String? = nil, domain: Name? = nil,
        text: String = ""
    ) {
        self.id = id
        self.at = at
        self.kind = kind
        self.person = person
        self.incident = incident
        self.domain = domain
        self.text = text
    }

    /// For people: `acknowledged by anna until 2026-12-01 20:00 UTC`.
    package var sentence: String {
        let verb =
            switch kind {
            case .accept: "accepted"
            case .acknowledge: "acknowledged"
            case .silence: "silenced"
            case .unsilence: "silence ended"
            case .announce: "work announced"
            case .withdraw: "announcement withdrawn"
            }
        let name = person.isEmpty ? "somebody" : person
        return text.isEmpty ? "\(verb) by \(name)" : "\(verb) by \(name): \(text)"
    }
}
