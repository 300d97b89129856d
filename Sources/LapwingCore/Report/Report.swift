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
        package var number: DayNumber
        package var state: DayState
        package var looks: Int
        /// The number of looks in which resolvers resolved it, out of those with a result.
        package var resolved: Int
        package var resolvable: Int
        /// The number of looks in which its servers answered, out of those with a result.
        package var served: Int
        package var servable: Int

        /// The date, such as `2026-10-31`.
        package var day: String { number.text }
    }

    /// One domain.
    package struct Domain: Sendable, Hashable {
        package var domain: String
        /// The number of days with observations, out of those days of the period that have begun.
        package var daysSeen: Int
        package var days: Int
        package var looks: Int
        package var blind: Int
        package var resolved: Int
        package var resolvable: Int
        package var served: Int
        package var servable: Int
        /// The mean response times of its servers and of resolvers in milliseconds; nil if they were not recorded.
        package var serversTook: Double?
        package var resolversTook: Double?
        /// The number of incidents that were opened in the period.
        package var incidents: Int
        /// The number of changes in the period.
        package var changes: Int
        package var registrationEnds: Timestamp?
        /// The single days; empty if there are too many, see ``Report/mostDays``.
        package var byDay: [Day]

        package var resolution: Share { Share(of: resolved, in: resolvable) }
        package var service: Share { Share(of: served, in: servable) }
    }

    /// One incident that was open at some time in the period.
    package struct Trouble: Sendable, Hashable {
        /// The identifier; nil if it must not be shown.
        package var id: String?
        package var domain: String
        package var severity: Severity
        package var incidentClass: IncidentClass
        /// The headline; nil if it must not be shown, in which case the class describes the incident.
        package var detail: String?
        package var opened: Timestamp
        /// When it was over or undone; nil while it lasts.
        package var ended: Timestamp?
        /// Seconds from its opening until it was first reported, was acknowledged, and was over; nil if that has not
        /// happened.
        package var toTell: Int64?
        package var toAcknowledge: Int64?
        package var toEnd: Int64?
        /// The person who accepted it; ``Report/somebody`` if the name must not be shown.
        package var acceptedBy: String?
        /// Whether it was opened in the period, and not before.
        package var isNew: Bool
    }

    /// One change.
    package struct ChangeLine: Sendable, Hashable {
        package var domain: String
        package var at: Timestamp
        /// The name that changed, such as `www.example.com`.
        package var name: String
        /// The kind of change.
        package var kind: Change.Kind
        /// The values before and after; empty if they must not be shown.
        package var old: [String]
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
        package enum Kind: String, Sendable, Hashable {
            case registration, signature
            /// An expiry date that the owner has stated.
            case stated
        }

        package var domain: String
        package var kind: Kind
        package var at: Timestamp
        package var isPast: Bool
    }

    /// A weakness that may have existed for years.
    package struct Weakness: Sendable, Hashable {
        package var domain: String
        package var code: FindingCode
        /// The headline; nil if it must not be shown.
        package var detail: String?
        package var since: Timestamp
        package var isNew: Bool
    }

    /// The weaknesses, and how their number developed.
    package struct Posture: Sendable, Hashable {
        package var atStart: Int
        package var atEnd: Int
        package var new: Int
        package var mended: Int
        package var accepted: Int
        /// The number of weaknesses on each day, over all domains that were observed on it; nil for days without
        /// observations.
        package var byDay: [Int?]
        package var open: [Weakness]
    }

    /// Announced work.
    package struct Work: Sendable, Hashable {
        package enum Outcome: String, Sendable, Hashable {
            case came, different, missing
            case underWay = "under-way"
            case ahead
            /// The announcement has no content by which its completion could be recognized.
            case notRecorded = "not-recorded"
        }

        /// The domain; nil for all domains.
        package var domain: String?
        package var from: Timestamp
        package var to: Timestamp
        package var text: String
        package var outcome: Outcome
    }

    /// Sums over all domains.
    package struct Summary: Sendable, Hashable {
        package var domains: Int
        /// The numbers of incidents that were opened in the period.
        package var critical: Int
        package var warnings: Int
        package var notices: Int
        /// The number of incidents that were open at the end of the period, or now.
        package var stillOpen: Int
        /// The median and the longest times in seconds; nil if there are none.
        package var toTell: Spread?
        package var toAcknowledge: Spread?
        package var toEnd: Spread?
        package var changes: Int
        package var accepted: Int
        package var resolved: Int
        package var resolvable: Int
        package var served: Int
        package var servable: Int
        /// The number of days of domains with observations, out of all that have begun.
        package var daysSeen: Int
        package var days: Int

        package var resolution: Share { Share(of: resolved, in: resolvable) }
        package var service: Share { Share(of: served, in: servable) }
    }

    /// The median and the maximum of some numbers of seconds.
    package struct Spread: Sendable, Hashable {
        package var count: Int
        package var median: Int64
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
    package var period: ReportPeriod
    package var madeAt: Timestamp
    /// Whether the period was not over yet.
    package var isUnfinished: Bool
    /// Whether there was more data than fits into one report.
    package var isCut: Bool
    package var summary: Summary
    package var domains: [Domain]
    package var incidents: [Trouble]
    package var changes: [ChangeLine]
    package var endings: [Ending]
    package var posture: Posture
    package var announced: [Work]
    /// Work of the days ahead, from the time at which the report was made.
    package var planned: [Work]

    package var code: String { period.code }
    package var from: Timestamp { period.start }
    package var to: Timestamp { period.end }
}
