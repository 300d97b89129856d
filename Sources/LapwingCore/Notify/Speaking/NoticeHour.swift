/// What one domain told over one channel within an hour: a zone that changes with every round must not drown what others
/// have to say.
///
/// Beyond a number of notices the rest is counted, and reported in one summary when the hour is over. Criticals have a number of
/// their own, so that no flood of lesser things hides one, and ends of what was reported are always told.
package struct NoticeHour: Sendable, Hashable, Codable {
    /// Notices of one domain over one channel in an hour: more than anybody reads.
    package static let most = 20
    /// Criticals besides.
    package static let mostCritical = 20
    /// The length of an hour, in seconds.
    package static let seconds: Int64 = 3600
    /// Titles of what was held back that the summary repeats.
    static let mostTitles = 5

    /// When the hour began: with the first notice.
    package var began: Timestamp
    /// Notices below critical so far, those held back included.
    package var told = 0
    /// Critical ones so far, those held back included.
    package var toldCritical = 0
    /// What was held back; nil while nothing was.
    package var held: Held?

    /// Notices that are reported in one summary.
    package struct Held: Sendable, Hashable, Codable {
        /// How many there are.
        package var count: Int
        /// The time of the first one.
        package var from: Timestamp
        /// The time of the last one.
        package var to: Timestamp
        /// The latest ones, oldest first.
        package var titles: [String]
        /// The gravest of what was held back, as it would have been reported.
        package var worst: Notice
    }

    package init(at now: Timestamp) { began = now }

    /// When the summary is due; nil while nothing was held back.
    package var summaryAt: Timestamp? { held == nil ? nil : began.adding(seconds: Self.seconds) }

    /// Whether the hour is over; one that seems to lie ahead is of a clock that was set back.
    package func isOver(at now: Timestamp) -> Bool {
        now.seconds(since: began) >= Self.seconds || now < began
    }

    /// Counts a notice; false when it is held back.
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

    /// What is reported at the end of the hour.
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
