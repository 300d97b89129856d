package import DNSWire

/// Something a person did, as the journal keeps it; those about an incident are part of its story.
package struct Act: Sendable, Hashable, Codable {
    /// What was done.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case accept, acknowledge, silence, unsilence, announce, withdraw, note
        /// A check-up, of a watched domain or of any name; and a message that tries a channel out.
        case check, test
        /// Domains that are watched from now on, differently, or no longer. Many at once are one `import`.
        case add, change, remove, `import`
        /// The configuration was read again, whether or not it could be used.
        case reload
        /// Somebody came in, was refused, or left.
        case login, refusal, logout
        /// A token that is given out, or valid no longer.
        case token, revocation
        /// An account that is made or changed, or is there no longer.
        case account, closure
        /// A filter of the table of domains that is kept under a name or given another one, or is there no longer.
        case save, discard
    }

    /// The number that the journal gave it.
    package var id: Int64
    /// When it was done.
    package var at: Timestamp
    /// What was done.
    package var kind: Kind
    /// Who did it; empty when that is not known.
    package var person: String
    /// From where, as in ``Person/origin``.
    package var origin: String
    /// The incident's identifier; nil where it is about a domain.
    package var incident: String?
    /// The domain; nil where it is about all of them, or about none.
    package var domain: Name?
    /// The rest of the sentence: until when, of what, why.
    package var text: String
    /// What was so before; nil where there was nothing, or nothing that can be said.
    package var before: String?
    /// What is so from then on; nil where there is nothing, or nothing that can be said.
    package var after: String?
    /// What the journal's chain comes to with it, in hexadecimal; empty before the journal has it.
    package var hash = ""

    package init(
        id: Int64 = 0, at: Timestamp, _ kind: Kind, by person: Person, incident: String? = nil, domain: Name? = nil,
        text: String = "", before: String? = nil, after: String? = nil
    ) {
        self.id = id
        self.at = at
        self.kind = kind
        self.person = person.name
        origin = person.origin
        self.incident = incident
        self.domain = domain
        self.text = text
        self.before = before
        self.after = after
    }

    /// For people: `acknowledged by anna until 2026-12-01 20:00 UTC`.
    package var sentence: String {
        let name = person.isEmpty ? "somebody" : person
        return text.isEmpty ? "\(verb) by \(name)" : "\(verb) by \(name): \(text)"
    }

    private var verb: String {
        switch kind {
        case .accept: "accepted"
        case .acknowledge: "acknowledged"
        case .silence: "silenced"
        case .unsilence: "silence ended"
        case .announce: "work announced"
        case .withdraw: "announcement withdrawn"
        case .note: "noted"
        case .check: "check-up started"
        case .test: "channel tested"
        case .add: "added"
        case .change: "changed"
        case .remove: "removed"
        case .import: "imported"
        case .reload: "configuration read again"
        case .login: "logged in"
        case .refusal: "log-in refused"
        case .logout: "logged out"
        case .token: "token created"
        case .revocation: "token revoked"
        case .account: "account set"
        case .closure: "account closed"
        case .save: "filter saved"
        case .discard: "filter deleted"
        }
    }
}
