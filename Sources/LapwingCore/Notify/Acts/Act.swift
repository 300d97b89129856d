package import DNSWire

/// An action of a person, as the journal keeps it; actions on an incident are part of its history.
package struct Act: Sendable, Hashable, Codable {
    /// The kind of action.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case accept, acknowledge, silence, unsilence, announce, withdraw, note
        /// A check-up, of a watched domain or of any name; and a test message to a channel.
        case check, test
        /// Domains that are added to the watch, changed or removed. Several at once are one `import`.
        case add, change, remove, `import`
        /// The configuration was read again, whether or not it was valid.
        case reload
        /// A person logged in, was refused, or logged out.
        case login, refusal, logout
        /// A token was issued, or revoked.
        case token, revocation
        /// An account was created or changed, or closed.
        case account, closure
        /// A filter of the table of domains was saved or renamed, or deleted.
        case save, discard
    }

    /// The number that the journal assigned to it.
    package var id: Int64
    /// When it happened.
    package var at: Timestamp
    /// The kind of action.
    package var kind: Kind
    /// The name of the person; empty if it is unknown.
    package var person: String
    /// The origin, as in ``Person/origin``.
    package var origin: String
    /// The incident's identifier; nil if it is not about an incident.
    package var incident: String?
    /// The domain; nil if it is about all domains or none.
    package var domain: Name?
    /// The rest of the sentence: until when, about what, why.
    package var text: String
    /// The state before; nil if there was none, or none that can be expressed.
    package var before: String?
    /// The state after; nil if there is none, or none that can be expressed.
    package var after: String?
    /// The hash of the journal's chain up to this entry, in hexadecimal; empty until the journal has it.
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

    /// A sentence for people: `acknowledged by anna until 2026-12-01 20:00 UTC`.
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
