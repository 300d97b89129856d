import DNSWire

/// Servers at the parent, or in the zone's own NS set, that were never accepted.
///
/// Only content and announcements count. The name of the new operator and a status such as "client transfer prohibited"
/// prove nothing.
enum DelegationRule {
    static let rule = Rule(
        "delegation", references: ["RFC 1034 §4.2.2", "RFC 6781 §4.3.5"],
        table: [
            Rule.Row(
                .delegationHijacked, .hijackSuspected, [.critical],
                "foreign content on the new servers and one more of: no announcement, DS gone or zone unsigned, low TTL; "
                    + "or any move without a word within 45 days of a registrar changed, a lock lost or a DS removed"
            ),
            Rule.Row(.registrationParked, .expiry, [.critical], "parking servers while the registration is unpaid"),
            Rule.Row(
                .dnssecBroken, .dnssecBroken, [.critical], "equal content, but the DS fits no key of the new servers"),
            Rule.Row(
                .delegationLame, .delegationBroken, [.critical], "no server of the new delegation serves the zone"),
            Rule.Row(
                .delegationChanged, .plannedChange, [.info, .notice, .warning],
                "info: the zone lists what it listed before; notice: announced in the zone or declared; warning: equal content without a word before, or named in the zone before all is there"
            ),
        ]
    ) { picture, _ in
        guard !picture.isBlind, picture.state.learntAt != nil else { return [] }
        let facts = DelegationChange(picture)
        if let verdict = facts.verdict() { return [verdict] }
        return facts.announcement().map { [$0] } ?? []
    }
}
