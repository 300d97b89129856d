import DNSWire
import LapwingCore
import LapwingEngine
import LapwingStore
import LapwingWeb

extension WebSources {
    /// The sources of pages, API and metrics for an engine and its store. `Tests/Trial` assembles them in the same way.
    ///
    /// - Parameters:
    ///   - watches: in the order of names.
    ///   - mostSeries: the largest number of domains with series of their own in `/metrics`.
    init(
        store: Store, status: EngineStatus, clock: EngineClock, watches: @escaping @Sendable () -> [WatchedDomain],
        mostSeries: @escaping @Sendable () -> Int, version: String
    ) {
        self.init(
            store: store, figures: { status.read { LiveFigures($0, metricsDomains: mostSeries()) } },
            watches: watches,
            glances: { names in
                status.read { figures in
                    (names.map { (figures.domains[$0]?.value).map(Glance.init) }, figures.touched.end)
                }
            },
            changedGlances: { place in
                status.read { figures in
                    figures.touched.names(from: place).map { names in
                        (names.map { ($0, (figures.domains[$0]?.value).map(Glance.init)) }, figures.touched.end)
                    }
                }
            },
            domain: { name in status.read { LiveFigures.Domain(name, in: $0) } }, now: clock.now, version: version)
        facts = { names in
            status.read { figures in names.map { (figures.domains[$0]?.value).flatMap(SharedFacts.init) } }
        }
        latencies = { name in
            status.read { $0.latencies.trails(of: name) }.map { LatencyLine($0.server, $0.points) }
        }
        steady = clock.steady
    }
}
