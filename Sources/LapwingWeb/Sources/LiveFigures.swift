package import DNSWire
package import LapwingCore

/// What the running program knows at this moment and does not have to look up.
package struct LiveFigures: Sendable {
    /// One watched domain at this moment.
    package struct Domain: Sendable {
        /// When the last round ended.
        package var checkedAt: Timestamp
        /// Its state in one word.
        package var condition: DomainCondition
        /// Nil until the first complete round.
        package var learntAt: Timestamp?
        /// Its open incidents.
        package var open: [Incident]
        /// Authoritative TTL in seconds.
        package var ttls: [RecordSetKey: UInt32]
        /// When the first of its signatures runs out; nil where none is known.
        package var signaturesEnd: Timestamp?
        /// Nil until a round has looked.
        package var isSigned: Bool?
        /// When its registration ends; nil where that is not known.
        package var registrationEnds: Timestamp?
        /// How long the last round took.
        package var milliseconds: Int64
        /// How much of it the last check saw; nil where this process made none yet.
        package var sight: RoundSight?
        /// The name servers to which the zone above delegated when it last did; empty where that is not known.
        package var nameServers: [Name]
        /// What the last regular round found, the worst first.
        package var findings: [FindingSummary]
        /// What lies ahead of a key rollover.
        package var steps: [RolloverStep] = []
        /// The zone as a whole; nil where it is not fetched, or was not yet.
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

        /// Whether the last check saw how the domain is; true where none was made yet.
        package var isSeen: Bool { sight?.isKnown ?? true }
    }

    /// A zone that is fetched as a whole.
    package struct Zone: Sendable {
        /// What is kept of it; nil before it was fetched for the first time.
        package var head: ZoneHead?
        /// Fetches that failed since the start.
        package var failures: Int

        package init(head: ZoneHead?, failures: Int) {
            self.head = head
            self.failures = failures
        }
    }

    /// One resolver since the start.
    package struct Resolver: Sendable {
        /// How the configuration names it.
        package var label: String
        /// Questions put to it.
        package var queries: Int
        /// Questions without a usable answer, by reason.
        package var failures: [String: Int]
        /// Upper bounds in seconds; `buckets` has one place more, for what is slower than all of them.
        package var bounds: [Double]
        /// Answers by the time they took, each place for what is not above its bound.
        package var buckets: [Int]
        /// The sum of these times.
        package var seconds: Double
        /// The last question without a usable answer.
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
        /// Workers that are alive, this one among them.
        package var workers: Int
        /// Shards of domains that this one holds.
        package var shards: Int
        /// Whether it is the one that tells people.
        package var tells: Bool

        package init(workers: Int, shards: Int, tells: Bool) {
            self.workers = workers
            self.shards = shards
            self.tells = tells
        }
    }

    /// The resolvers, in the order of the configuration.
    package var resolvers: [Resolver] = []
    /// Nil where the store is not shared.
    package var worker: Worker?
    /// Domains by the place that looks at them beside their judge's: with a look that says something of now, and without.
    package var places: [String: (fresh: Int, stale: Int)] = [:]
    /// The calculated healths, in the order of the configuration.
    package var health: [HealthReport] = []
    /// Changes since the start by domain and record type.
    package var changes: [Name: [String: Int]] = [:]
    /// Messages by which servers say that a zone has changed, by what was made of them; empty where none are listened for.
    package var zoneNotifications: [String: Int] = [:]
    /// Notices that were taken, by channel, since the start.
    package var notifications: [String: Int] = [:]
    /// Tries that failed or were refused, by channel, since the start.
    package var notificationFailures: [String: Int] = [:]
    /// Seconds by which the latest round was late.
    package var lag: Int64 = 0
    /// Questions that wait because of a budget, or because enough are on their way.
    package var questionsHeld = 0
    /// Servers that are asked less than their budget allows because of how they answer: the part of it that is left.
    package var slowedServers: [IPAddress: Double] = [:]
    /// Seconds by which the wall clock was set ahead since the start; negative when it was set back.
    package var clockOffset = 0.0
    /// Whether the last reload of the configuration was applied in whole.
    package var reloadSucceeded = true
    /// When the configuration was last applied.
    package var reloadedAt: Timestamp?
    /// How many domains may have series of their own.
    package var metricsDomains = 10_000
    /// Requests to `/probe` for a module that there is not, since the start.
    package var unknownProbeModules = 0
    /// When the modules of `/probe` were read last, in seconds since 1970.
    package var probeModulesReadAt: Double?

    package init() {}
}
