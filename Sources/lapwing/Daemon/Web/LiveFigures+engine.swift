import DNSWire
import LapwingCore
import LapwingEngine
import LapwingWeb

extension LiveFigures {
    /// Converts the engine's figures for the page and `/metrics`.
    init(_ figures: borrowing EngineStatus.Figures, metricsDomains: Int) {
        self.init()
        resolvers = figures.resolvers.map { label, report in
            Resolver(
                label: label, queries: report.queries, failures: report.failures,
                bounds: EngineStatus.ResolverReport.bounds, buckets: report.buckets, seconds: report.totalSeconds,
                lastFailure: report.lastFailure)
        }
        changes = figures.changes
        zoneNotifications = Dictionary(uniqueKeysWithValues: figures.zoneNotifications.map { ($0.rawValue, $1) })
        health = figures.health
        places = figures.places
        notifications = figures.notifications
        notificationFailures = figures.notificationFailures
        lag = figures.lag
        clockOffset = Double(figures.clockOffset) / 1000
        reloadSucceeded = figures.reloadSucceeded
        reloadedAt = figures.reloadedAt
        self.metricsDomains = metricsDomains
    }
}

extension LiveFigures.Domain {
    /// The present state of one domain; nil if it was not checked yet.
    init?(_ name: Name, in figures: borrowing EngineStatus.Figures) {
        guard let report = figures.domains[name]?.value else { return nil }
        self.init(report)
        zone = figures.zones[name].map { LiveFigures.Zone(head: $0.head, failures: $0.failures) }
    }

    init(_ report: EngineStatus.DomainReport) {
        self.init(
            checkedAt: report.checkedAt, condition: report.condition, learntAt: report.learntAt, open: report.open,
            ttls: report.ttls.all, signaturesEnd: report.signaturesEnd,
            isSigned: report.isRemembered || report.sight?.seesDS == false ? nil : report.isSigned,
            registrationEnds: report.registrationEnds, milliseconds: report.roundMilliseconds, sight: report.sight,
            nameServers: report.nameServers, findings: report.findings)
        steps = report.steps
    }
}

extension SharedFacts {
    /// Nil for a state stored by an earlier process, since these facts are not stored.
    init?(_ report: EngineStatus.DomainReport) {
        guard !report.isRemembered else { return nil }
        self.init(nameServers: report.nameServers, mailHosts: report.mailHosts, registrar: report.registrar)
    }
}

extension LatencyLine {
    init(_ server: String, _ points: [LatencyTrails.Point]) {
        self.init(server: server, points: points.map { ($0.at, Double($0.milliseconds)) })
    }
}

extension Glance {
    init(_ report: EngineStatus.DomainReport) {
        let worst = report.open.worst
        self.init(
            checkedAt: report.checkedAt, checkedSteady: report.checkedSteady, condition: report.condition,
            openedAt: worst?.openedAt, signaturesEnd: report.signaturesEnd, isRemembered: report.isRemembered,
            cause: Self.cause(of: report.open))
    }
}
