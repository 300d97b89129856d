package import DNSWire
package import LapwingCore
import Synchronization

/// What the engine has to say about itself and about the domains, for pages and metrics.
package final class EngineStatus: Sendable {
    /// The present state of one domain.
    package struct DomainReport: Sendable {
        /// By the wall clock, for people.
        package var checkedAt: Timestamp
        /// The same by the steady clock, by which it is told whether the next check is late.
        package var checkedSteady: Timestamp
        /// When the first complete round was made; nil before.
        package var learntAt: Timestamp?
        /// Its open incidents.
        package var open: [Incident]
        /// The TTLs of its watched RRsets.
        package var ttls: TimesToLive
        /// The first end of a signature that was seen.
        package var signaturesEnd: Timestamp?
        /// Whether the parent has a DS for it.
        package var isSigned: Bool
        /// When the registration ends; nil where that is not known.
        package var registrationEnds: Timestamp?
        /// How long the last round took, in milliseconds.
        package var roundMilliseconds: Int64
        /// How much of it the last round saw; nil where none was made yet.
        package var sight: RoundSight?
        /// The name servers to which the zone above delegated when it last did, folded and in order; shared by all domains
        /// that have the same.
        package var nameServers: [Name] = []
        /// The hosts that take its mail as its servers last said, folded and in order; shared in the same way.
        package var mailHosts: [Name] = []
        /// Whom the registry names as its registrar; nil where that is not known.
        package var registrar: String?
        /// What lies ahead of a key rollover.
        package var steps: [RolloverStep] = []
        /// What the last regular round found, the worst first.
        package var findings: [FindingSummary] = []
        /// Whether it comes from the store, where what is seen in every round is not kept.
        package var isRemembered = false

        /// Its state in one word, by what is open and by what the last round saw.
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

        /// Questions that were answered or given up.
        package var queries = 0
        /// Questions without a usable answer, by reason: a response code in lower case, `timeout`, `unreachable`,
        /// `malformed`.
        package var failures: [String: Int] = [:]
        /// The histogram: questions by the first of ``bounds`` that they kept within; the last one for all that took
        /// longer.
        package var buckets = [Int](repeating: 0, count: bounds.count + 1)
        /// Seconds that all questions took together.
        package var totalSeconds = 0.0
        /// The latest failure; nil where none was seen.
        package var lastFailure: (at: Timestamp, reason: String)?

        /// Counts a question that was answered or given up.
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

    /// A zone that is fetched as a whole.
    package struct ZoneReport: Sendable {
        /// What is kept of it; nil before it was fetched for the first time.
        package var head: ZoneHead?
        /// Fetches that failed since the start.
        package var failures = 0

        package init(head: ZoneHead? = nil) { self.head = head }
    }

    /// All figures of one moment.
    package struct Figures: Sendable {
        /// Rounds since the start.
        package var rounds = 0
        /// The present state of each domain that was looked at, or is known from the store.
        package var domains: [Name: DomainReport] = [:]
        /// Each list of name servers or of mail hosts once, however many domains have it.
        var hosts: Set<[Name]> = []
        /// Each registrar once.
        var registrars: Set<String> = []
        /// How long servers took to answer.
        package var latencies = LatencyTrails()
        /// Domains whose report changed, in order, for those who keep something of each.
        package var touched = TouchLog()
        /// The zones that are fetched as a whole.
        package var zones: [Name: ZoneReport] = [:]
        /// Messages by which servers say that a zone has changed, by what was made of them.
        package var zoneNotifications: [ZoneNotification.Verdict: Int] = [:]
        /// Answers and failures by the resolver's label.
        package var resolvers: [String: ResolverReport] = [:]
        /// The calculated healths, in the order of the configuration.
        package var health: [HealthReport] = []
        /// Domains by the place from which they are looked at beside that of their judge: those of which its last look says
        /// something of now, and those of which it says nothing any more. Counted by the worker that tells people.
        package var places: [String: (fresh: Int, stale: Int)] = [:]
        /// Changes by domain and record type.
        package var changes: [Name: [String: Int]] = [:]
        /// Notices that were delivered since the start, by channel.
        package var notifications: [String: Int] = [:]
        /// Tries that failed since the start, by channel.
        package var notificationFailures: [String: Int] = [:]
        /// Seconds by which the latest round was late.
        package var lag: Int64 = 0
        /// Milliseconds by which the wall clock was set ahead since the start; negative when it was set back.
        package var clockOffset: Int64 = 0
        /// Turns of the loops since the start.
        package var turns = LoopTurns()
        /// Whether the configuration could be read when it was last wanted.
        package var reloadSucceeded = true
        /// When it was last read with success; nil before the first reload.
        package var reloadedAt: Timestamp?
    }

    /// What changed since when, without end but bounded.
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

        /// What changed from a place on; nil when that is forgotten already.
        package func names(from place: Int) -> ArraySlice<Name>? {
            place >= first && place <= end ? names[(place - first)...] : nil
        }
    }

    private let figures = Mutex(Figures())

    package init() {}

    /// A copy of all figures, of one moment.
    package var snapshot: Figures { figures.withLock { $0 } }

    /// Looks at the figures without copying them; nothing else may be done in `body`, as others wait for it.
    package func read<Value: Sendable>(_ body: (borrowing Figures) -> Value) -> Value {
        figures.withLock { body($0) }
    }

    /// Changes the figures; nothing else may be done in `body`, as others wait for it.
    package func change(_ body: (inout Figures) -> Void) {
        figures.withLock { body(&$0) }
    }
}
