/// What happened to some domains in a period, in figures: the same for pages, tables and programs.
///
/// What the store does not keep is nil, and said to be not recorded; nothing is taken for good because nothing was seen.
package struct Report: Sendable, Hashable {
    /// How a domain was on a day.
    package enum DayState: String, Sendable, Hashable {
        /// Nobody looked, or nothing was seen.
        case unknown
        case good
        /// Some looks failed, and there was no incident.
        case disturbed
        case warning
        case critical
    }

    /// One day of one domain.
    package struct Day: Sendable, Hashable {
        package var number: DayNumber
        package var state: DayState
        package var looks: Int
        /// Looks in which resolvers resolved it, of those that say anything.
        package var resolved: Int
        package var resolvable: Int
        /// Looks in which its servers answered, of those that say anything.
        package var served: Int
        package var servable: Int

        /// `2026-10-31`.
        package var day: String { number.text }
    }

    /// One domain.
    package struct Domain: Sendable, Hashable {
        package var domain: String
        /// Days of the period on which anything was seen, of those that have begun.
        package var daysSeen: Int
        package var days: Int
        package var looks: Int
        package var blind: Int
        package var resolved: Int
        package var resolvable: Int
        package var served: Int
        package var servable: Int
        /// Milliseconds that its servers and resolvers took on average; nil where that was not recorded.
        package var serversTook: Double?
        package var resolversTook: Double?
        /// Incidents that were opened in the period.
        package var incidents: Int
        /// Changes in the period.
        package var changes: Int
        package var registrationEnds: Timestamp?
        /// Empty where there are too many, see ``Report/mostDays``.
        package var byDay: [Day]

        package var resolution: Share { Share(of: resolved, in: resolvable) }
        package var service: Share { Share(of: served, in: servable) }
    }

    /// One incident that was open at some time of the period.
    package struct Trouble: Sendable, Hashable {
        /// Nil where it must not be shown.
        package var id: String?
        package var domain: String
        package var severity: Severity
        package var incidentClass: IncidentClass
        /// The headline; nil where it must not be shown: then its class says what it was.
        package var detail: String?
        package var opened: Timestamp
        /// When it was over or undone; nil while it lasts.
        package var ended: Timestamp?
        /// Seconds from its opening until somebody was told, acknowledged it, and it was over; nil where that has not
        /// happened.
        package var toTell: Int64?
        package var toAcknowledge: Int64?
        package var toEnd: Int64?
        /// Who took it for normal; ``Report/somebody`` where that must not be shown.
        package var acceptedBy: String?
        /// Whether it was opened in the period, and not before.
        package var isNew: Bool
    }

    /// One change.
    package struct ChangeLine: Sendable, Hashable {
        package var domain: String
        package var at: Timestamp
        /// Of what: `www.example.com`.
        package var name: String
        /// What of it.
        package var kind: Change.Kind
        /// Empty where they must not be shown.
        package var old: [String]
        package var new: [String]
        /// Whether it undoes an earlier one.
        package var isBack: Bool
        /// Who accepted it; ``Report/somebody`` where that must not be shown, nil where nobody has.
        package var acceptedBy: String?
        /// Whether it came as it was announced.
        package var wasAnnounced: Bool
    }

    /// What ends.
    package struct Ending: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            case registration, signature
            /// An end that the owner has stated.
            case stated
        }

        package var domain: String
        package var kind: Kind
        package var at: Timestamp
        package var isPast: Bool
    }

    /// A weakness of long standing.
    package struct Weakness: Sendable, Hashable {
        package var domain: String
        package var code: FindingCode
        /// The headline; nil where it must not be shown.
        package var detail: String?
        package var since: Timestamp
        package var isNew: Bool
    }

    /// Weaknesses, and whether there are more or fewer of them.
    package struct Posture: Sendable, Hashable {
        package var atStart: Int
        package var atEnd: Int
        package var new: Int
        package var mended: Int
        package var accepted: Int
        /// How many were found on each day, over all domains that were looked at on it; nil for days without.
        package var byDay: [Int?]
        package var open: [Weakness]
    }

    /// Work that was announced.
    package struct Work: Sendable, Hashable {
        package enum Outcome: String, Sendable, Hashable {
            case came, different, missing
            case underWay = "under-way"
            case ahead
            /// Nothing was announced by which its coming could be told.
            case notRecorded = "not-recorded"
        }

        /// Nil where it is for all domains.
        package var domain: String?
        package var from: Timestamp
        package var to: Timestamp
        package var text: String
        package var outcome: Outcome
    }

    /// Sums over all domains.
    package struct Summary: Sendable, Hashable {
        package var domains: Int
        /// Incidents that were opened in the period.
        package var critical: Int
        package var warnings: Int
        package var notices: Int
        /// Incidents that were open when the period ended, or now.
        package var stillOpen: Int
        /// Seconds, in the middle and at most; nil where none has it.
        package var toTell: Spread?
        package var toAcknowledge: Spread?
        package var toEnd: Spread?
        package var changes: Int
        package var accepted: Int
        package var resolved: Int
        package var resolvable: Int
        package var served: Int
        package var servable: Int
        /// Days of domains on which something was seen, of all that have begun.
        package var daysSeen: Int
        package var days: Int

        package var resolution: Share { Share(of: resolved, in: resolvable) }
        package var service: Share { Share(of: served, in: servable) }
    }

    /// The middle and the largest of some numbers of seconds.
    package struct Spread: Sendable, Hashable {
        package var count: Int
        package var median: Int64
        package var longest: Int64

        /// Nil without numbers.
        package init?(_ numbers: [Int64]) {
            let sorted = numbers.sorted()
            guard let last = sorted.last else { return nil }
            count = sorted.count
            // Of an even count the lower of the two in the middle: a time that was measured.
            median = sorted[(sorted.count - 1) / 2]
            longest = last
        }
    }

    /// Stands for a person who must not be named.
    package static let somebody = "yes"

    /// The name of the client; nil for all domains.
    package var client: String?
    /// How its reader is told.
    package var wording: Wording
    package var period: ReportPeriod
    package var madeAt: Timestamp
    /// Whether the period was not over yet.
    package var isUnfinished: Bool
    /// Whether there was more than is taken into one report.
    package var isCut: Bool
    package var summary: Summary
    package var domains: [Domain]
    package var incidents: [Trouble]
    package var changes: [ChangeLine]
    package var endings: [Ending]
    package var posture: Posture
    package var announced: [Work]
    /// Work of the days ahead, from the moment at which the report was made.
    package var planned: [Work]

    package var code: String { period.code }
    package var from: Timestamp { period.start }
    package var to: Timestamp { period.end }
}
