package import DNSWire
package import LapwingCore
import Synchronization

/// The engine's state and that of its domains, for pages and metrics.
package final class EngineStatus: Sendable {
    /// The present state of one domain.
    package struct DomainReport: Sendable {
        /// On the wall clock, for display.
        package var checkedAt: Timestamp
        /// The same on the steady clock, to determine whether the next check is late.
        package var checkedSteady: Timestamp
        /// When the first complete round was made; nil before that.
        package var learntAt: Timestamp?
        /// Its open incidents.
        package var open: [Incident]
        /// The TTLs of its watched RRsets.
        package var ttls: TimesToLive
        /// The earliest expiration among the signatures that were seen; nil if none was.
        package var signaturesEnd: Timestamp?
        /// Whether the parent has a DS for it.
        package var isSigned: Bool
        /// When the registration ends; nil if that is not known.
        package var registrationEnds: Timestamp?
        /// The duration of the last round in milliseconds.
        package var roundMilliseconds: Int64
        /// How much of the domain the last round saw; nil if none was made yet.
        package var sight: RoundSight?
        /// The name servers of the last delegation that the parent zone returned, case-folded and sorted; equal lists
        /// are shared between domains.
        package var nameServers: [Name] = []
        /// The mail hosts in the last answer of its servers, case-folded and sorted; shared in the same way.
        package var mailHosts: [Name] = []
        /// The registrar according to the registry; nil if it is not known.
        package var registrar: String?
        /// The upcoming steps of a key rollover.
        package var steps: [RolloverStep] = []
        /// The findings of the last regular round, the worst first.
        package var findings: [FindingSummary] = []
        /// Whether it comes from the store, which lacks the facts that every round determines anew.
        package var isRemembered = false

        /// The state, which depends on the open incidents and on the last round.
        package var condition: DomainCondition {
            DomainCondition(
                worst: open.map(\.presentSeverity).max(), isLearnt: learntAt != nil, isSeen: sight?.isKnown ?? true,
                absence: sight?.absence)
        }
    }

    /// Answers and failures of one resolver since the start.
    package struct ResolverReport: Sendable {
        /// Upper bounds of the histogram in seconds.
        package static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

        /// Queries that were answered or given up.
        package var queries = 0
        /// Queries without a usable answer, by reason: a response code in lower case, `timeout`, `unreachable`,
        /// `malformed`.
        package var failures: [String: Int] = [:]
        /// The histogram: queries by the first of ``bounds`` that they did not exceed; the last bucket is for all
        /// slower ones.
        package var buckets = [Int](repeating: 0, count: bounds.count + 1)
        /// The sum of the durations of all queries in seconds.
        package var totalSeconds = 0.0
        /// The latest failure; nil if there was none.
        package var lastFailure: (at: Timestamp, reason: String)?

        /// Counts a query that was answered or given up.
        mutating func note(milliseconds: Int64) {
            queries += 1
            let elapsed = Double(milliseconds) / 1000
            totalSeconds += elapsed
            buckets[Self.bounds.firstIndex { elapsed <= $0 } ?? Self.bounds.count] += 1
        }

        mutating func note(_ times: [Int64]) {
            for milliseconds in times { note(milliseconds: milliseconds) }
        }

        mutating func note(_ answer: Answer) {
            note(milliseconds: answer.milliseconds)
            let reason: String
            switch answer.outcome {
            case .data, .noData, .nxDomain, .referral: return
            case .failure(let code): reason = "\(code)".lowercased()
            case .timeout: reason = "timeout"
            case .unreachable: reason = "unreachable"
            case .malformed: reason = "malformed"
            }
            failures[reason, default: 0] += 1
            lastFailure = (answer.at, reason)
        }
    }

    /// A zone that is transferred as a whole.
    package struct ZoneReport: Sendable {
        /// The stored facts about it; nil before the first transfer.
        package var head: ZoneHead?
        /// Failed transfers since the start.
        package var failures = 0

        package init(head: ZoneHead? = nil) { self.head = head }
    }

    /// All figures of one moment.
    package struct Figures: Sendable {
        /// Rounds since the start.
        package var rounds = 0
        /// The present state of each domain that was checked, or is known from the store.
        package var domains: [Name: Boxed<DomainReport>] = [:]
        /// Each distinct list of name servers or of mail hosts, shared by all domains that have it.
        var hosts: Set<[Name]> = []
        /// Each distinct registrar.
        var registrars: Set<String> = []
        /// The response times of servers.
        package var latencies = LatencyTrails()
        /// Domains whose report changed, in order, for consumers that cache data of each domain.
        package var touched = TouchLog()
        /// The zones that are transferred as a whole.
        package var zones: [Name: ZoneReport] = [:]
        /// NOTIFY messages from servers, by result.
        package var zoneNotifications: [ZoneNotification.Verdict: Int] = [:]
        /// Answers and failures by the resolver's label.
        package var resolvers: [String: ResolverReport] = [:]
        /// The calculated healths, in the order of the configuration.
        package var health: [HealthReport] = []
        /// The number of domains that each place looks at but does not judge: those with a fresh sight, and those with
        /// only an old one. Counted by the worker that holds the desk.
        package var places: [String: (fresh: Int, stale: Int)] = [:]
        /// Changes by domain and record type.
        package var changes: [Name: [String: Int]] = [:]
        /// Notices that were delivered since the start, by channel.
        package var notifications: [String: Int] = [:]
        /// Deliveries that failed since the start, by channel.
        package var notificationFailures: [String: Int] = [:]
        /// The delay of the latest round in seconds.
        package var lag: Int64 = 0
        /// Milliseconds by which the wall clock was set ahead since the start; negative if it was set back.
        package var clockOffset: Int64 = 0
        /// Turns of the main loops since the start.
        package var turns = LoopTurns()
        /// Whether the last reload of the configuration succeeded.
        package var reloadSucceeded = true
        /// When the configuration was last reloaded successfully; nil before the first reload.
        package var reloadedAt: Timestamp?
    }

    /// A bounded log of changed domains.
    package struct TouchLog: Sendable {
        private static let most = 50_000

        private var names: [Name] = []
        private var first = 0

        /// The place after the latest change.
        package var end: Int { first + names.count }

        mutating func add(_ name: Name) {
            names.append(name)
            guard names.count > Self.most else { return }
            names.removeFirst(Self.most / 2)
            first += Self.most / 2
        }

        /// Returns the changes from a place on; nil if they are no longer in the log.
        package func names(from place: Int) -> ArraySlice<Name>? {
            place >= first && place <= end ? names[(place - first)...] : nil
        }
    }

    private let figures = Mutex(Figures())

    package init() {}

    /// A consistent copy of all figures.
    package var snapshot: Figures { figures.withLock { $0 } }

    /// Reads the figures without copying them. `body` must not do anything else, since other threads wait for the lock.
    package func read<Value: Sendable>(_ body: (borrowing Figures) -> Value) -> Value {
        figures.withLock { body($0) }
    }

    /// Changes the figures. `body` must not do anything else, since other threads wait for the lock.
    package func change(_ body: (inout Figures) -> Void) {
        figures.withLock { body(&$0) }
    }
}
