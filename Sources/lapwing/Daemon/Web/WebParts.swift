import BlackboxProbe
import DNSClient
import DNSWire
import LapwingCore
import LapwingEngine
import LapwingProbes
import LapwingStore
import LapwingWeb
import Logging

/// Assembles the web server from the parts of the daemon.
struct WebParts {
    var settings: Settings
    var store: Store
    var status: EngineStatus
    var clock: EngineClock
    var watches: @Sendable () -> [WatchedDomain]
    /// Returns one watched domain; nil if searching the list is fast enough.
    var watched: (@Sendable (Name) -> WatchedDomain?)?
    /// Returns the questions that budgets delay at present; nil without budgets.
    var held: (@Sendable () -> HeldQuestions)?
    var prober: Prober?
    var access: AccessControl
    /// The largest number of domains with series of their own in `/metrics`.
    var mostSeries: @Sendable () -> Int
    var reload: @Sendable (Person) async throws -> Void
    var log: Logger

    func server(_ complete: (inout WebSources) -> Void = { _ in }) -> WebServer {
        var web = WebConfiguration(settings)
        web.mostConnections = DescriptorLimit.connections
        var sources = WebSources(
            store: store, status: status, clock: clock, watches: watches, mostSeries: mostSeries,
            version: Version.text)
        let (engine, prober, held, store) = (sources.figures, prober, held, store)
        sources.figures = {
            var figures = engine()
            if let held = held?() {
                figures.questionsHeld = held.waiting
                figures.slowedServers = held.slowed
            }
            figures.worker = store.holding.map { holding in
                LiveFigures.Worker(workers: holding.workers, shards: holding.shards, tells: store.hasDesk)
            }
            if let counters = prober?.service.counters {
                figures.unknownProbeModules = counters.unknownModules
                figures.probeModulesReadAt = counters.lastReload
            }
            return figures
        }
        if let watched { sources.watched = watched }
        sources.asciiName = InternationalName.ascii
        sources.isSuffix = RegistrableDomain.isSuffix
        sources.registered = RegistrableDomain.of
        sources.probe = prober?.endpoints
        sources.reload = reload
        complete(&sources)
        return WebServer(configuration: web, access: access, sources: sources, log: log)
    }
}

extension WebConfiguration {
    /// The listener's part of the settings.
    init(_ settings: Settings) {
        self.init(host: settings.listen.host, port: settings.listen.port, isLoopback: settings.listen.isLoopback)
        externalURL = settings.web.externalURL
        accessFile = settings.web.configFile
        isInsecure = settings.web.insecure
        tokens = settings.web.tokens
        hosts = settings.web.hosts
        forwarded = settings.web.forwarded
        provider = settings.web.provider
        exchange = ProviderReach.exchange(settings)
    }
}
