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
        package var learntAt: Timestamp?
        package var open: [Incident]
        package var ttls: TimesToLive
        /// The first end of a signature that was seen.
        package var signaturesEnd: Timestamp?
        package var isSigned: Bool
        package var registrationEnds: Timestamp?
        package var milliseconds: Int64
        /// How much of it the last round saw; nil where none was made yet.
        package var sight: RoundSight?
        /// What the last regular round found, the worst first.
        package var findings: [FindingSummary] = []
        /// Whether it comes from the store, where what is seen in every round is not kept.
        package var isRemembered = false

        /// 0 ok, 1 warning, 2 critical, 3 unknown.
        package var code: Int {
            // What is critical stays so until something was seen that says otherwise; all else rests on being seen.
            if open.contains(where: { $0.severity == .critical }) { return 2 }
            guard sight?.isKnown ?? true else { return 3 }
            if open.contains(where: { $0.severity == .warning }) { return 1 }
            guard learntAt == nil else { return 0 }
            // There is nothing to be learnt where the zone above knows of no such domain.
            return switch sight?.absence {
            case .noName: 2
            case .noZone: 1
            case nil: 3
            }
        }
    }

    /// Answers and failures of one resolver since the start.
    package struct ResolverReport: Sendable {
        /// Upper bounds of the histogram in seconds.
        package static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

        package var queries = 0
        package var failures: [String: Int] = [:]
        package var buckets = [Int](repeating: 0, count: bounds.count + 1)
        package var seconds = 0.0
        package var lastFailure: (at: Timestamp, reason: String)?

        /// A question that was concluded, however.
        mutating func note(milliseconds: Int64) {
            queries += 1
            let elapsed = Double(milliseconds) / 1000
            seconds += elapsed
            buckets[Self.bounds.firstIndex { elapsed <= $0 } ?? Self.bounds.count] += 1
        }

        mutating func note(_ times: [Int64]) {
            for milliseconds in times { note(milliseconds: milliseconds) }
        }

        mutating func note(_ answer: Answer) {
            note(milliseconds: answer.milliseconds)
            let reason: String
            switch answer.outcome {
            case .data, .noData, .noName, .referral: return
            case .failure(let code): reason = "\(code)".lowercased()
            case .timeout: reason = "timeout"
            case .unreachable: reason = "unreachable"
            case .malformed: reason = "malformed"
            }
            failures[reason, default: 0] += 1
            lastFailure = (answer.at, reason)
        }
    }

    package struct Figures: Sendable {
        package var rounds = 0
        package var domains: [Name: DomainReport] = [:]
        package var latencies = LatencyTrails()
        /// Domains whose report changed, in order, for those who keep something of each.
        package var touched = TouchLog()
        package var resolvers: [String: ResolverReport] = [:]
        /// Changes by domain and record type.
        package var changes: [Name: [String: Int]] = [:]
        package var notifications: [String: Int] = [:]
        package var notificationFailures: [String: Int] = [:]
        /// Seconds by which the latest round was late.
        package var lag: Int64 = 0
        /// Milliseconds by which the wall clock was set ahead since the start; negative when it was set back.
        package var clockOffset: Int64 = 0
        package var turns = LoopTurns()
        package var reloadSucceeded = true
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

    package var snapshot: Figures { figures.withLock { $0 } }

    package func read<Value: Sendable>(_ body: (borrowing Figures) -> Value) -> Value {
        figures.withLock { body($0) }
    }

    package func change(_ body: (inout Figures) -> Void) {
        figures.withLock { body(&$0) }
    }
}
