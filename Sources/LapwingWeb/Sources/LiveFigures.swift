package import DNSWire
package import LapwingCore

/// The present state of the running program, available without reading the store.
package struct LiveFigures: Sendable {
    /// One watched domain at this moment.
    package struct Domain: Sendable {
        /// When the last round ended.
        package var checkedAt: Timestamp
        /// The state.
        package var condition: DomainCondition
        /// Nil before the first complete round.
        package var learntAt: Timestamp?
        /// Its open incidents.
        package var open: [Incident]
        /// Authoritative TTLs in seconds.
        package var ttls: [RecordSetKey: UInt32]
        /// When the first of its signatures expires; nil if none is known.
        package var signaturesEnd: Timestamp?
        /// Nil before a round has determined it.
        package var isSigned: Bool?
        /// When its registration ends; nil if that is not known.
        package var registrationEnds: Timestamp?
        /// The duration of the last round.
        package var milliseconds: Int64
        /// How much of the domain the last check saw; nil if this process has made none yet.
        package var sight: RoundSight?
        /// The name servers of the last delegation that the parent zone returned; empty if it is not known.
        package var nameServers: [Name]
        /// The findings of the last regular round, the worst first.
        package var findings: [FindingSummary]
        /// The upcoming steps of a key rollover.
        package var steps: [RolloverStep] = []
        /// The zone as a whole; nil if it is not transferred, or was not yet.
        package var zone: Zone?

        package init(
            checkedAt: Timestamp, condition: DomainCondition, learntAt: Timestamp?, open: [Incident],
            ttls: [RecordSetKey: UInt32] = [:],
            signaturesEnd: Timestamp? = nil, isSigned: Bool? = nil, registrationEnds: Timestamp? = nil,
            milliseconds: Int64 = 0, sight: RoundSight? = nil, nameServers: [Name] = [],
            findings: [FindingSummary] = []
        ) {
            self.checkedAt = checkedAt
            self.condition = condition
            self.learntAt = learntAt
            self.open = open
            self.ttls = ttls
            self.signaturesEnd = signaturesEnd
            self.isSigned = isSigned
            self.registrationEnds = registrationEnds
            self.milliseconds = milliseconds
            self.sight = sight
            self.nameServers = nameServers
            self.findings = findings
        }

        /// Whether the last check could determine the state of the domain; true if none was made yet.
        package var isSeen: Bool { sight?.isKnown ?? true }
    }

    /// A zone that is transferred as a whole.
    package struct Zone: Sendable {
        /// The stored facts about it; nil before the first transfer.
        package var head: ZoneHead?
        /// Failed transfers since the start.
        package var failures: Int

        package init(head: ZoneHead?, failures: Int) {
            self.head = head
            self.failures = failures
        }
    }

    /// The statistics of one resolver since the start.
    package struct Resolver: Sendable {
        /// The label in the configuration.
        package var label: String
        /// Queries sent to it.
        package var queries: Int
        /// Queries without a usable answer, by reason.
        package var failures: [String: Int]
        /// The upper bounds of ``buckets`` in seconds; the last bucket, for slower answers, has none.
        package var bounds: [Double]
        /// Answers by response time; each bucket counts those up to its bound.
        package var buckets: [Int]
        /// The sum of the response times.
        package var seconds: Double
        /// The last query without a usable answer; nil if there was none.
        package var lastFailure: (at: Timestamp, reason: String)?

        package init(
            label: String, queries: Int, failures: [String: Int], bounds: [Double], buckets: [Int], seconds: Double,
            lastFailure: (at: Timestamp, reason: String)? = nil
        ) {
            self.label = label
            self.queries = queries
            self.failures = failures
            self.bounds = bounds
            self.buckets = buckets
            self.seconds = seconds
            self.lastFailure = lastFailure
        }
    }

    /// A daemon that shares its store with others.
    package struct Worker: Sendable {
        /// The number of live workers, including this one.
        package var workers: Int
        /// The number of shards that this worker holds.
        package var shards: Int
        /// Whether this worker sends the notices.
        package var tells: Bool

        package init(workers: Int, shards: Int, tells: Bool) {
            self.workers = workers
            self.shards = shards
            self.tells = tells
        }
    }

    /// The resolvers, in the order of the configuration.
    package var resolvers: [Resolver] = []
    /// Nil if the store is not shared.
    package var worker: Worker?
    /// The number of domains that each place looks at but does not judge, with a fresh sight and with only an old one.
    package var places: [String: (fresh: Int, stale: Int)] = [:]
    /// The calculated healths, in the order of the configuration.
    package var health: [HealthReport] = []
    /// Changes since the start by domain and record type.
    package var changes: [Name: [String: Int]] = [:]
    /// NOTIFY messages from servers, by result; empty if the daemon does not listen for them.
    package var zoneNotifications: [String: Int] = [:]
    /// Notices that channels accepted, by channel, since the start.
    package var notifications: [String: Int] = [:]
    /// Deliveries that failed or were refused, by channel, since the start.
    package var notificationFailures: [String: Int] = [:]
    /// The delay of the latest round in seconds.
    package var lag: Int64 = 0
    /// Queries that wait because of a budget or because of the limit of outstanding queries.
    package var questionsHeld = 0
    /// Servers that are asked less than their budget allows because of their responses, with the remaining fraction of
    /// the budget.
    package var slowedServers: [IPAddress: Double] = [:]
    /// Seconds by which the wall clock was set ahead since the start; negative if it was set back.
    package var clockOffset = 0.0
    /// Whether the last reload of the configuration was applied completely.
    package var reloadSucceeded = true
    /// When the configuration was last applied; nil before the first time.
    package var reloadedAt: Timestamp?
    /// The largest number of domains with series of their own.
    package var metricsDomains = 10_000
    /// Requests to `/probe` for an unknown module, since the start.
    package var unknownProbeModules = 0
    /// When the modules of `/probe` were last read, in seconds since 1970; nil if there is no file of modules.
    package var probeModulesReadAt: Double?

    package init() {}
}
