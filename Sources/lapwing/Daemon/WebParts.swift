import BlackboxProbe
import LapwingCore
import LapwingEngine
import LapwingProbes
import LapwingStore
import LapwingWeb
import Logging

/// Puts the web server together from what the daemon has.
struct WebParts {
    var settings: Settings
    var store: Store
    var status: EngineStatus
    var clock: EngineClock
    var watches: @Sendable () -> [WatchedDomain]
    var prober: Prober?
    var reload: @Sendable () async throws -> Void
    var log: Logger

    /// Throws when the listener may not be offered as configured.
    func server(_ complete: (inout WebSources) -> Void = { _ in }) throws -> WebServer {
        var web = WebConfiguration(
            host: settings.listen.host, port: settings.listen.port, isLoopback: settings.listen.isLoopback)
        web.externalURL = settings.web.externalURL
        web.accessFile = settings.web.configFile
        web.isInsecure = settings.web.insecure
        web.tokens = settings.web.tokens
        let (status, prober) = (status, prober)
        let mostSeries = settings.metricsDomains
        var sources = WebSources(
            store: store,
            figures: {
                let unknown = prober?.service.counters.unknownModules ?? 0
                return status.read { LiveFigures($0, metricsDomains: mostSeries, unknownProbeModules: unknown) }
            },
            watches: watches,
            glances: { names in
                status.read { figures in
                    (names.map { figures.domains[$0].map(Glance.init) }, figures.touched.end)
                }
            },
            changedGlances: { place in
                status.read { figures in
                    figures.touched.names(from: place).map { names in
                        (names.map { ($0, figures.domains[$0].map(Glance.init)) }, figures.touched.end)
                    }
                }
            },
            domain: { name in status.read { $0.domains[name].map(LiveFigures.Domain.init) } }, now: clock.now,
            version: Version.text)
        sources.latencies = { name in
            status.read { $0.latencies.trails(of: name) }.map { LatencyLine($0.server, $0.points) }
        }
        sources.asciiName = InternationalName.ascii
        sources.probe = prober?.endpoints
        sources.reload = reload
        complete(&sources)
        return try WebServer(configuration: web, sources: sources, log: log)
    }
}
