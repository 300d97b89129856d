import DNSWire

/// What owners do in the DNS before they change something, as far as it makes an immediate message unnecessary.
///
/// Each of these steps takes hours and write access to the zone; none excuses anything graver than a notice.
extension SetChange {
    /// Seconds after which a preparation is no longer related to a change.
    private static let longest: Int64 = 7 * 86_400

    /// Whether the TTL was lowered and the old one has run out, or the new mail provider's hosts were allowed to send
    /// before.
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
    /// Whether only a service's proof of ownership changed: verification tokens, with or without the senders it needs.
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
    /// Seconds within which the steps of one name server migration follow each other.
    private static let longestMove: Int64 = 30 * 86_400

    /// Whether servers are removed after others were added in a migration that was reported.
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
