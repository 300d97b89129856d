/// The actions a person may take, and the domains for which.
package struct Rights: Sendable, Hashable, Codable {
    /// A set of permitted actions; each role includes those before it.
    package enum Role: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        /// See pages, figures and feeds.
        case look
        /// Acknowledge, accept, silence, announce, add notes, and start check-ups.
        case act
        /// Change what is watched and how, test channels, and reload the configuration.
        case run

        package static func < (one: Role, other: Role) -> Bool { one.rank < other.rank }

        private var rank: Int {
            switch self {
            case .look: 0
            case .act: 1
            case .run: 2
            }
        }
    }

    /// The rights that an address requires of its caller.
    package struct Demand: Sendable, Hashable {
        /// The lowest sufficient role.
        package var role: Role
        /// Whether it is about all domains at once, so that a person who may see only some of them may not call it.
        package var isOfAll: Bool

        package init(_ role: Role, isOfAll: Bool = false) {
            self.role = role
            self.isOfAll = isOfAll
        }
    }

    /// The result of checking a demand.
    package enum Verdict: Sendable, Hashable {
        case allowed
        /// Not allowed, with a sentence about the missing right.
        case refused(String)
    }

    /// The role.
    package var role: Role
    /// Tags: only domains with one of them exist for the person; nil for every domain.
    package var tags: Set<String>?

    /// All rights for every domain.
    package static let all = Rights(.run)

    package init(_ role: Role, tags: Set<String>? = nil) {
        self.role = role
        self.tags = tags
    }

    /// Whether an object with these tags exists for the person.
    package func sees(_ tags: some Sequence<String>) -> Bool {
        self.tags.map { own in tags.contains { own.contains($0) } } ?? true
    }

    /// Whether a domain may be watched as the person requests: they must see it afterwards, and give it no foreign tag.
    ///
    /// - Parameters:
    ///   - tags: the requested tags.
    ///   - known: the present tags; nil if it is not watched yet.
    package func mayTag(_ tags: [String], known: [String]?) -> Bool {
        guard let own = self.tags else { return true }
        let fresh = Set(tags).subtracting(known ?? [])
        return sees(tags) && fresh.isSubset(of: own)
    }

    /// Returns whether an address may be called; which domains exist for the person is a separate question.
    package func verdict(on demand: Demand) -> Verdict {
        guard role >= demand.role else {
            return .refused("This needs the role \(demand.role.rawValue); yours is \(role.rawValue).")
        }
        guard !demand.isOfAll || tags == nil else {
            return .refused("This is about all domains; you may see those with a tag of yours.")
        }
        return .allowed
    }

    /// A description such as `act on client-a, client-b` or `run on every domain`.
    package var sentence: String {
        let scope = tags.map { $0.isEmpty ? "no domain" : $0.sorted().joined(separator: ", ") }
        return "\(role.rawValue) on \(scope ?? "every domain")"
    }
}
