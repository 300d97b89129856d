package import LapwingCore
package import LapwingStore

extension EngineStatus {
    /// Starts with the state in the store, so that a restart shows no domain as new; each domain is checked again soon.
    package func restore(from store: Store, watches: [Watch]) throws {
        let known = try store.conditions()
        let open = Dictionary(grouping: try store.openIncidents(), by: \.domain)
        let zones = watches.contains { $0.transfer != nil } ? try store.zones() : [:]
        change { figures in
            for watch in watches where watch.transfer != nil {
                figures.zones[watch.domain] = zones[watch.domain].map { ZoneReport(head: $0) }
            }
            for watch in watches {
                guard let condition = known[watch.domain] else { continue }
                var report = DomainReport(
                    checkedAt: condition.checkedAt, checkedSteady: condition.checkedAt, learntAt: condition.learntAt,
                    open: open[watch.domain] ?? [],
                    ttls: TimesToLive(), signaturesEnd: nil, isSigned: false,
                    registrationEnds: Self.registrationEnd(of: watch, known: condition.registrationEnds),
                    roundMilliseconds: 0)
                report.isRemembered = true
                figures.domains[watch.domain] = Boxed(report)
            }
        }
    }
}
