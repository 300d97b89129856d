/// How one event was treated at one channel, or at all of them, and why: the answer to "why was I not informed?".
package struct Telling: Sendable, Hashable, Codable {
    /// The treatment.
    package enum Kind: String, Sendable, Hashable, Codable {
        /// It was sent at once.
        case told
        /// A silence holds it back.
        case silenced
        /// No route accepts it.
        case unrouted
        /// It is in the next digest.
        case digest
        /// It waits for the end of quiet hours.
        case quiet
        /// It is part of a message about a shared cause.
        case grouped
        /// It waits for other domains that share its cause and is reported with them.
        case gathering
        /// It ends an incident whose shared cause still affects other domains.
        case outlasted
        /// It ends a change that is normal by now, so nothing ends.
        case settled
        /// The domain exceeded its hourly limit, so it is only counted.
        case counted
        /// It ends an incident that was not reported.
        case unheard
    }

    /// The treatment.
    package var kind: Kind
    /// The channel; nil if it is the same for every channel.
    package var channel: String?
    /// The time until which it is held back, or at which it is reported; nil if there is no such time.
    package var until: Timestamp?
    /// The silence, route or incident that decided; nil if none of them did.
    package var by: String?
    /// The incident whose messages represent it, if domains share a cause; nil in data of earlier versions.
    package var leader: String?

    package init(
        _ kind: Kind, channel: String? = nil, until: Timestamp? = nil, by: String? = nil, leader: String? = nil
    ) {
        self.kind = kind
        self.channel = channel
        self.until = until
        self.by = by
        self.leader = leader
    }

    /// The treatment in one sentence for people.
    package var sentence: String {
        let place = channel.map { " over \($0)" } ?? ""
        let time = until.map { " until \($0.sentence)" } ?? ""
        switch kind {
        // Whether it arrived is shown by the receipt.
        case .told: return "goes \(channel.map { "to \($0)" } ?? "out") at once"
        case .silenced: return "muted by \(by ?? "a silence")\(time)"
        case .unrouted: return "not sent: \(by ?? "no route matches")"
        case .digest: return "in the digest\(place)\(until.map { " of \($0.sentence)" } ?? "")"
        case .quiet: return "waits\(place) for the end of the quiet hours\(time)"
        case .grouped: return "part of the message\(place) about \(by ?? "a shared cause")"
        case .gathering:
            return "sent\(place) together with other domains that share \(by ?? "its cause"); waits for them\(time)"
        case .outlasted:
            let cause = by ?? "the cause"
            return "not sent\(place) yet: others still share \(cause); the end is sent with the last of them"
        case .settled: return "not sent\(place): it is normal by now, or its return was sent before"
        case .counted:
            return "only counted\(place): the domain had too many events within the hour, the summary comes\(time)"
        case .unheard: return "not sent: it is the end of an incident that was not sent at once"
        }
    }
}
