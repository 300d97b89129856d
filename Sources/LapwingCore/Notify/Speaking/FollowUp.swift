/// A reported incident that needs an answer: when the channel is reminded, and which other channels receive it.
package struct FollowUp: Sendable, Hashable, Codable {
    /// A step of the route that has not been taken yet.
    package struct Escalation: Sendable, Hashable, Codable {
        /// When it is taken.
        package var at: Timestamp
        /// Seconds after the incident was reported, as configured in the route.
        package var after: Int64
        /// Names of the channels that then receive the incident.
        package var channels: [String]
    }

    /// The last notice.
    package var notice: Notice
    /// When the incident was first reported.
    package var told: Timestamp
    /// Seconds between reminders; nil for none.
    package var pause: Int64?
    /// When the next reminder is due; nil for none.
    package var next: Timestamp?
    /// Steps that have not been taken yet.
    package var escalations: [Escalation]
    /// The number of messages so far, for their ids.
    package var number = 0
    /// The quiet hours of the route that reported it, in words; empty for none, nil in data of earlier versions.
    package var quiet: String?

    init(_ notice: Notice, _ route: Route, at now: Timestamp) {
        self.notice = notice
        told = now
        quiet = Self.words(route.quiet)
        pause = route.reminder
        next = route.reminder.map { now.adding(seconds: $0) }
        escalations = route.escalations.map {
            Escalation(at: now.adding(seconds: $0.after), after: $0.after, channels: $0.channels)
        }
    }

    private static func words(_ hours: WeeklyHours?) -> String {
        hours.map { "\($0.days.sorted()) \($0.from) \($0.to) \($0.clock.zone)" } ?? ""
    }

    /// Returns the quiet hours to wait for: those of its own route, as configured now.
    func quietHours(_ routes: [Route]) -> WeeklyHours? {
        guard quiet != "" else { return nil }
        let all = routes.filter { $0.channels.contains(notice.channel) }.compactMap(\.quiet)
        return all.first { Self.words($0) == quiet } ?? all.first
    }

    /// When the next action is due.
    var due: Timestamp? { (escalations.map(\.at) + [next].compactMap { $0 }).min() }

    /// Returns the notice that repeats the incident, at the same channel or at another.
    mutating func message(_ purpose: Notice.Purpose, over channel: String, at now: Timestamp, _ words: String) -> Notice
    {
        number += 1
        var message = notice
        message.id = "\(notice.incident)~\(purpose.rawValue)\(number).\(now.seconds)@\(channel)"
        message.channel = channel
        message.event = .update
        message.purpose = purpose
        message.title = "\(words): \(notice.title)"
        message.text = "\(words): \(notice.text)"
        message.at = now
        return message
    }
}
