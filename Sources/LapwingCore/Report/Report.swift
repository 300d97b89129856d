/// The events of some domains in a period, in figures: the same for pages, tables and programs.
///
/// Data that the store does not keep is nil and shown as not recorded; missing observations never count as good.
package struct Report: Sendable, Hashable {
    /// The state of a domain on a day.
    package enum DayState: String, Sendable, Hashable {
        /// There was no look, or nothing was seen.
        case unknown
        case good
        /// Some looks failed, but there was no incident.
        case disturbed
        case warning
        case critical
    }

    /// One day of one domain.
    package struct Day: Sendable, Hashable {
        /// The day, in UTC.
        package var number: DayNumber
        /// Its state, by its looks and by the worst incident of that day.
        package var state: DayState
        /// The number of looks, including those that saw nothing.
        package var looks: Int
        /// The number of looks in which resolvers resolved the domain.
        package var resolved: Int
        /// The number of looks in which resolvers showed whether it resolves.
        package var resolvable: Int
        /// The number of looks in which its own servers answered.
        package var served: Int
        /// The number of looks that showed whether they answer.
        package var servable: Int

        /// The date, such as `2026-10-31`.
        package var day: String { number.text }
    }

    /// One domain.
    package struct Domain: Sendable, Hashable {
        /// The name without its final dot, or a text such as `Domain 3` if names must not be shown.
        package var domain: String
        /// The number of days with observations.
        package var daysSeen: Int
        /// The number of days of the period that have begun.
        package var days: Int
        /// The number of looks on these days, including those that saw nothing.
        package var looks: Int
        /// The number of looks that saw nothing; they count neither as good nor as bad.
        package var blind: Int
        /// The number of looks in which resolvers resolved the domain.
        package var resolved: Int
        /// The number of looks in which resolvers showed whether it resolves.
        package var resolvable: Int
        /// The number of looks in which its own servers answered.
        package var served: Int
        /// The number of looks that showed whether they answer.
        package var servable: Int
        /// The mean response time of its own servers in milliseconds; nil if none was recorded.
        package var serversTook: Double?
        /// The mean response time of resolvers in milliseconds; nil if none was recorded.
        package var resolversTook: Double?
        /// The number of incidents that were opened in the period.
        package var incidents: Int
        /// The number of changes in the period.
        package var changes: Int
        /// The end of the registration; nil if it is unknown or not watched.
        package var registrationEnds: Timestamp?
        /// The single days; empty if there are too many, see ``Report/mostDays``.
        package var byDay: [Day]

        /// The share of looks in which resolvers resolved the domain.
        package var resolution: Share { Share(of: resolved, in: resolvable) }
        /// The share of looks in which its own servers answered.
        package var service: Share { Share(of: served, in: servable) }
    }

    /// One incident that was open at some time in the period.
    package struct Trouble: Sendable, Hashable {
        /// The identifier; nil if it must not be shown.
        package var id: String?
        /// The domain, as ``Domain/domain`` names it.
        package var domain: String
        /// The present severity, or the last one before it was over.
        package var severity: Severity
        /// The present class, or the last one before it was over.
        package var incidentClass: IncidentClass
        /// The headline; nil if it must not be shown, in which case the class describes the incident.
        package var detail: String?
        /// When it was opened, which may be before the period.
        package var opened: Timestamp
        /// When it was over or undone; nil while it lasts.
        package var ended: Timestamp?
        /// Seconds from its opening until it was first reported; nil if it was not.
        package var toTell: Int64?
        /// Seconds from its opening until a person first acknowledged it; nil if it was not.
        package var toAcknowledge: Int64?
        /// Seconds from its opening until it was over; nil while it lasts.
        package var toEnd: Int64?
        /// The person who accepted it; ``Report/somebody`` if the name must not be shown, nil if it was not accepted.
        package var acceptedBy: String?
        /// Whether it was opened in the period, and not before.
        package var isNew: Bool
    }

    /// One change.
    package struct ChangeLine: Sendable, Hashable {
        /// The domain, as ``Domain/domain`` names it.
        package var domain: String
        /// When the change was noted.
        package var at: Timestamp
        /// The name that changed, such as `www.example.com`.
        package var name: String
        /// The kind of change.
        package var kind: Change.Kind
        /// The values before, at most 20; empty if there were none or they must not be shown.
        package var old: [String]
        /// The values after, at most 20; empty if there are none or they must not be shown.
        package var new: [String]
        /// Whether it reverses an earlier change.
        package var isBack: Bool
        /// The person who accepted it; ``Report/somebody`` if the name must not be shown, nil if it was not accepted.
        package var acceptedBy: String?
        /// Whether it happened as announced.
        package var wasAnnounced: Bool
    }

    /// An expiry date.
    package struct Ending: Sendable, Hashable {
        /// The thing that expires.
        package enum Kind: String, Sendable, Hashable {
            case registration, signature
            /// An expiry date that the owner has stated.
            case stated
        }

        /// The domain, as ``Domain/domain`` names it.
        package var domain: String
        /// The thing that expires.
        package var kind: Kind
        /// The moment of expiry; for signatures that of the first one to expire.
        package var at: Timestamp
        /// Whether that moment was past when the report was made.
        package var isPast: Bool
    }

    /// A weakness that may have existed for years.
    package struct Weakness: Sendable, Hashable {
        /// The domain, as ``Domain/domain`` names it.
        package var domain: String
        /// The kind of weakness.
        package var code: FindingCode
        /// The headline; nil if it must not be shown.
        package var detail: String?
        /// When the weakness began, as far as known.
        package var since: Timestamp
        /// Whether it was opened in the period, and not before.
        package var isNew: Bool
    }

    /// The weaknesses, and how their number developed.
    package struct Posture: Sendable, Hashable {
        /// The number of weaknesses at the start of the period.
        package var atStart: Int
        /// The number at the end of the period, or now if it is not over.
        package var atEnd: Int
        /// The number that were opened in the period.
        package var new: Int
        /// The number that ended in the period without having been accepted.
        package var mended: Int
        /// The number that ended in the period because a person accepted them.
        package var accepted: Int
        /// The number of weaknesses on each day, over all domains that were observed on it; nil for days without
        /// observations.
        package var byDay: [Int?]
        /// The weaknesses that ``atEnd`` counts, by domain and code.
        package var open: [Weakness]
    }

    /// Announced work.
    package struct Work: Sendable, Hashable {
        /// Whether announced work was done, as far as observations show it.
        package enum Outcome: String, Sendable, Hashable {
            case came, different, missing
            case underWay = "under-way"
            case ahead
            /// The announcement has no content by which its completion could be recognized.
            case notRecorded = "not-recorded"
        }

        /// The domain; nil for all domains.
        package var domain: String?
        /// The start of the window, or of one repetition of it.
        package var from: Timestamp
        /// The end of the window, or of that repetition.
        package var to: Timestamp
        /// The stated reason, and what the window covers; empty if it must not be shown.
        package var text: String
        /// What became of the work.
        package var outcome: Outcome
    }

    /// Sums over all domains.
    package struct Summary: Sendable, Hashable {
        /// The number of domains.
        package var domains: Int
        /// The number of critical incidents that were opened in the period.
        package var critical: Int
        /// The number of incidents of severity warning that were opened in the period.
        package var warnings: Int
        /// The number of less severe incidents that were opened in the period.
        package var notices: Int
        /// The number of incidents that were open at the end of the period, or now.
        package var stillOpen: Int
        /// The times from opening to the first message, for incidents opened in the period; nil if there are none.
        package var toTell: Spread?
        /// The times from opening to the first acknowledgement, for the same incidents; nil if there are none.
        package var toAcknowledge: Spread?
        /// The times from opening to the end, for the same incidents; nil if there are none.
        package var toEnd: Spread?
        /// The number of changes, without those that reverse an earlier one.
        package var changes: Int
        /// The number of changes that a person accepted, reversals included.
        package var accepted: Int
        /// The number of looks, over all domains, in which resolvers resolved the domain.
        package var resolved: Int
        /// The number of looks in which resolvers showed whether it resolves.
        package var resolvable: Int
        /// The number of looks, over all domains, in which its own servers answered.
        package var served: Int
        /// The number of looks that showed whether they answer.
        package var servable: Int
        /// The number of days with observations, summed over the domains.
        package var daysSeen: Int
        /// The number of days of the period that have begun, summed over the domains.
        package var days: Int

        /// The share of looks in which resolvers resolved the domain, over all domains.
        package var resolution: Share { Share(of: resolved, in: resolvable) }
        /// The share of looks in which its own servers answered, over all domains.
        package var service: Share { Share(of: served, in: servable) }
    }

    /// The median and the maximum of some numbers of seconds.
    package struct Spread: Sendable, Hashable {
        /// The number of measured times.
        package var count: Int
        /// The median in seconds; for an even count the lower of the two middle values.
        package var median: Int64
        /// The longest time in seconds.
        package var longest: Int64

        /// Returns nil if there are no numbers.
        package init?(_ numbers: [Int64]) {
            let sorted = numbers.sorted()
            guard let last = sorted.last else { return nil }
            count = sorted.count
            // For an even count the lower of the two middle values, which is one that was measured.
            median = sorted[(sorted.count - 1) / 2]
            longest = last
        }
    }

    /// The placeholder for a person who must not be named.
    package static let somebody = "yes"

    /// The name of the client; nil for all domains.
    package var client: String?
    /// The language and the clock of the reader.
    package var wording: Wording
    /// The days that the report is about.
    package var period: ReportPeriod
    /// When it was made; later events and observations are not in it.
    package var madeAt: Timestamp
    /// Whether the period was not over yet.
    package var isUnfinished: Bool
    /// Whether there was more data than fits into one report.
    package var isCut: Bool
    /// The sums over all domains.
    package var summary: Summary
    /// The domains in the order of their names.
    package var domains: [Domain]
    /// Faults of at least a notice and changes of at least a warning that were open at some time in the period, by the
    /// time of their opening.
    package var incidents: [Trouble]
    /// The changes in the period, oldest first.
    package var changes: [ChangeLine]
    /// Expiry dates that are past or at most ``daysAhead`` days ahead, earliest first.
    package var endings: [Ending]
    /// The weaknesses.
    package var posture: Posture
    /// Announced work of the period, earliest first.
    package var announced: [Work]
    /// Work of the days ahead, from the time at which the report was made.
    package var planned: [Work]

    /// The code of the period in file names and addresses, see ``ReportPeriod/code``.
    package var code: String { period.code }
    /// The midnight, in UTC, at which the period begins.
    package var from: Timestamp { period.start }
    /// The midnight, in UTC, at which the period ends.
    package var to: Timestamp { period.end }
}
