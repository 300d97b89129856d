import LapwingEngine
import LapwingWeb

extension LiveFigures {
    /// The engine's figures in the form in which the page and `/metrics` want them.
    init(_ figures: EngineStatus.Figures, metricsDomains: Int, unknownProbeModules: Int) {
        self.init()
        domains = figures.domains.mapValues { report in
            Domain(
                checkedAt: report.checkedAt, learntAt: report.learntAt, open: report.open, ttls: report.ttls,
                signaturesEnd: report.signaturesEnd, isSigned: report.isSigned,
                registrationEnds: report.registrationEnds, milliseconds: report.milliseconds)
        }
        resolvers = figures.resolvers.map { label, report in
            Resolver(
                label: label, queries: report.queries, failures: report.failures,
                bounds: EngineStatus.ResolverReport.bounds, buckets: report.buckets, seconds: report.seconds,
                lastFailure: report.lastFailure)
        }
        changes = figures.changes
        notifications = figures.notifications
        notificationFailures = figures.notificationFailures
        lag = figures.lag
        reloadSucceeded = figures.reloadSucceeded
        reloadedAt = figures.reloadedAt
        self.metricsDomains = metricsDomains
        self.unknownProbeModules = unknownProbeModules
    }
}
