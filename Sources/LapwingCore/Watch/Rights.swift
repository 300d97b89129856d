/// What somebody may do, and with which domains.
package struct Rights: Sendable, Hashable, Codable {
    /// What somebody may do; each role may do what those before it may.
    package enum Role: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        /// See pages, figures and feeds.
        case look
        /// Acknowledge, accept, silence, announce, note, and start check-ups.
        case act
        /// Say what is watched and how, try channels out, have the configuration read again.
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

    /// What an address asks of whoever calls it.
    package struct Demand: Sendable, Hashable {
        /// The least role.
        package var role: Role
        /// Whether it is about all domains at once, so that somebody who may see only some of them may not call it.
        package var isOfAll: Bool

        package init(_ role: Role, isOfAll: Bool = false) {
            self.role = role
            self.isOfAll = isOfAll
        }
    }

    /// What comes of a demand.
    package enum Verdict: Sendable, Hashable {
        case allowed
        /// Not allowed, with a sentence that says what is wanting.
        case refused(String)
    }

    /// What may be done.
    package var role: Role
    /// Only domains that carry one of these tags exist for somebody; nil for every domain.
    package var tags: Set<String>?

    /// Everything, with every domain.
    package static let all = Rights(.run)

    package init(_ role: Role, tags: Set<String>? = nil) {
        self.role = role
        self.tags = tags
    }

    /// Whether what carries these tags exists for somebody.
    package func sees(_ tags: some Sequence<String>) -> Bool {
        self.tags.map { own in tags.contains { own.contains($0) } } ?? true
    }

    /// Whether a domain may be watched as somebody wishes: he must see it afterwards, and give it no tag of others.
    ///
    /// - Parameters:
    ///   - tags: what it would carry.
    ///   - known: what it carries now; nil where it is not watched yet.
    package func mayTag(_ tags: [String], known: [String]?) -> Bool {
        guard let own = self.tags else { return true }
        let fresh = Set(tags).subtracting(known ?? [])
        return sees(tags) && fresh.isSubset(of: own)
    }

    /// Whether an address may be called; which domains exist for somebody is another question.
    package func verdict(on demand: Demand) -> Verdict {
        guard role >= demand.role else {
            return .refused("This needs the role \(demand.role.rawValue); yours is \(role.rawValue).")
        }
        guard !demand.isOfAll || tags == nil else {
            return .refused("This is about all domains; you may see those with a tag of yours.")
        }
        return .allowed
    }

    /// `act on client-a, client-b`, `run on every domain`.
    package var sentence: String {
        let scope = tags.map { $0.isEmpty ? "no domain" : $0.sorted().joined(separator: ", ") }
        return "\(role.rawValue) on \(scope ?? "every domain")"
    }
}
