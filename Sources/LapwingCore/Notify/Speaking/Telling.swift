/// What became of one event at one channel, or at all of them, and why: the answer to "why was nobody told?".
package struct Telling: Sendable, Hashable, Codable {
    /// What became of the event.
    package enum Kind: String, Sendable, Hashable, Codable {
        /// It was reported at once.
        case told
        /// A silence holds it back.
        case silenced
        /// No route takes it.
        case unrouted
        /// It is in the next digest.
        case digest
        /// It waits for the end of quiet hours.
        case quiet
        /// It is in a message about a cause that domains share, or was in it already.
        case grouped
        /// It waits for other domains that share its cause, and is reported with them.
        case gathering
        /// Other domains still share the cause that it is the end of.
        case outlasted
        /// A change is normal by now: nothing came to an end.
        case settled
        /// The domain has told so much within the hour that it is only counted.
        case counted
        /// It is the end of something that was not reported.
        case unheard
    }

    /// What became of the event.
    package var kind: Kind
    /// Nil where it is the same for every channel.
    package var channel: String?
    /// Until when it is held back, or when it is reported.
    package var until: Timestamp?
    /// Which silence, route or incident.
    package var by: String?
    /// The incident whose messages stand for it, where domains share a cause; nil in what earlier versions wrote.
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

    /// For people, one sentence.
    package var sentence: String {
        let place = channel.map { " over \($0)" } ?? ""
        let time = until.map { " until \($0.sentence)" } ?? ""
        switch kind {
        // Whether it has arrived is for the receipt to say.
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
