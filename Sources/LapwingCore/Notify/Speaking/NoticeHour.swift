/// The notices of one domain over one channel within an hour: a zone that changes in every round must not crowd out the
/// messages about other domains.
///
/// Beyond a number of notices the rest is counted and reported in one summary after the hour. Critical notices have a
/// limit of their own, so that a flood of lesser ones hides none, and the end of a reported incident is always sent.
package struct NoticeHour: Sendable, Hashable, Codable {
    /// The largest number of notices of one domain over one channel in an hour: more than people read.
    package static let most = 20
    /// The largest number of critical notices in addition.
    package static let mostCritical = 20
    /// The length of an hour, in seconds.
    package static let seconds: Int64 = 3600
    /// The largest number of titles of held-back notices in the summary.
    static let mostTitles = 5

    /// When the hour began: with the first notice.
    package var began: Timestamp
    /// The number of notices below critical so far, including those held back.
    package var told = 0
    /// The number of critical notices so far, including those held back.
    package var toldCritical = 0
    /// The notices that were held back; nil while there are none.
    package var held: Held?

    /// Notices that are reported in one summary.
    package struct Held: Sendable, Hashable, Codable {
        /// The number of notices.
        package var count: Int
        /// The time of the first one.
        package var from: Timestamp
        /// The time of the last one.
        package var to: Timestamp
        /// The titles of the latest ones, oldest first.
        package var titles: [String]
        /// The gravest of the notices, as it would have been sent.
        package var worst: Notice
    }

    package init(at now: Timestamp) { began = now }

    /// When the summary is due; nil while no notice is held back.
    package var summaryAt: Timestamp? { held == nil ? nil : began.adding(seconds: Self.seconds) }

    /// Whether the hour is over. A beginning in the future means that the clock was set back, which ends the hour too.
    package func isOver(at now: Timestamp) -> Bool {
        now.seconds(since: began) >= Self.seconds || now < began
    }

    /// Counts a notice; returns false if it is held back.
    package mutating func admits(_ notice: Notice) -> Bool {
        if notice.severity == .critical {
            toldCritical += 1
            if toldCritical <= Self.mostCritical { return true }
        } else {
            told += 1
            if told <= Self.most { return true }
        }
        var held = held ?? Held(count: 0, from: notice.at, to: notice.at, titles: [], worst: notice)
        held.count += 1
        held.to = notice.at
        held.titles = (held.titles + [notice.title]).suffix(Self.mostTitles)
        if notice.severity >= held.worst.severity { held.worst = notice }
        self.held = held
        return false
    }

    /// Returns the summary at the end of the hour; nil if no notice was held back.
    package func summary(at now: Timestamp) -> Notice? {
        guard let held else { return nil }
        var notice = held.worst
        notice.id = "\(notice.domain)@\(notice.channel)#\(began.seconds)"
        notice.event = .update
        notice.subject = nil
        notice.changes = []
        let events = held.count == 1 ? "1 further event" : "\(held.count) further events"
        notice.title =
            "\(events) of \(notice.domain) from \(held.from.sentence) to \(held.to.sentence) were not sent one by one."
        notice.text =
            "\(notice.title)\nIn one hour a channel gets at most \(Self.most) events of a domain, and \(Self.mostCritical) criticals.\n"
            + "The latest:\n" + held.titles.joined(separator: "\n")
            + "\nThe gravest:\n\(held.worst.text)"
        notice.since = held.from
        notice.at = now
        return notice
    }
}
