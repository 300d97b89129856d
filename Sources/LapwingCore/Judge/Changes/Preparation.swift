import DNSWire

/// What owners do in DNS before they change something, as far as it makes a message at once unnecessary.
///
/// Each of these takes hours and write access to the zone, and none excuses what is graver than a notice.
extension SetChange {
    /// Seconds after which a preparation has nothing to do with a change any more.
    private static let longest: Int64 = 7 * 86_400

    /// The TTL was lowered and the old one has run out, or the provider of the new mail hosts was let in before.
    var isPrepared: Bool {
        if let since = memory.ttl.since, let lowered = memory.ttl.current, let before = memory.ttl.previous,
            lowered <= before / 2, let now = ttlNow, now <= lowered
        {
            let lead = self.since.seconds(since: since)
            if lead >= Int64(before), lead <= Self.longest { return true }
        }
        guard key.type == .mx, let senders = picture.state.preparation.sendersAt else { return false }
        let lead = self.since.seconds(since: senders)
        return lead >= 3600 && lead <= Self.longest
    }
}

extension PolicyDifference {
    /// Only a service's proof came or went: verification tokens, with or without the senders that the service needs.
    var isOfService: Bool {
        !changesMore && loosened.isEmpty && !tokens.isEmpty && tokens.allSatisfy(Self.isProof)
    }

    /// Whether a text is a proof of ownership as services ask for it: `google-site-verification=…`, `MS=ms…`.
    static func isProof(_ text: String) -> Bool {
        guard let mark = text.firstIndex(where: { $0 == "=" || $0 == ":" }), text.utf8.count <= 255 else {
            return false
        }
        let name = text[..<mark].lowercased()
        let words = ["verif", "validation", "challenge", "ownership", "-site-", "domain-key-proof"]
        return words.contains { name.contains($0) } || name == "ms" && text[mark...].dropFirst().hasPrefix("ms")
    }
}

extension DelegationChange {
    /// Seconds in which the steps of one move of name servers follow each other.
    private static let longestMove: Int64 = 30 * 86_400

    /// Servers are taken away after others were added in a move that was reported.
    var isLastStep: Bool {
        let book = picture.state.book
        return (book.open + book.closed).contains { incident in
            incident.code == .delegationChanged && incident.severity == .notice
                && picture.now.seconds(since: incident.openedAt) <= Self.longestMove
                && incident.changes.contains { change in
                    change.kind == .records(.ns) && Set(change.old).isSubset(of: change.new)
                        && change.new.count > change.old.count
                }
        }
    }
}

extension SetValue {
    /// Whether the two have no member in common.
    func isDisjoint(with other: SetValue) -> Bool { Set(members).isDisjoint(with: other.members) }
}
