import DNSWire
import LapwingCore
import LapwingStore

/// The metrics at `/metrics`: always aggregates, and series of single domains up to a limit. An unknown value has no
/// sample.
struct MetricsPage {
    let content: BoardIndex.Content
    let version: String
    let listeners: Int
    /// Whether `/probe` is offered.
    let hasProbe: Bool

    var families: MetricFamilies {
        var families = MetricFamilies()
        // In the order of names, so that the same domains have series in each scrape. Each of several workers exports
        // its own domains only, so that sums over all workers count each domain once.
        let all = content.roster.rows.indices
        let own =
            content.figures.worker == nil
            ? Array(all) : all.filter { content.sources.store.isLookedAtHere(content.roster.rows[$0].domain) }
        let rows = own.prefix(content.figures.metricsDomains)
        overview(&families, own: own, dropped: own.count - rows.count)
        let entries = rows.map(content.entry(row:))
        domains(rows, entries, &families)
        zones(entries, &families)
        if content.figures.worker?.tells != false { health(&families) }
        resolvers(&families)
        programme(&families)
        return families
    }

    private func overview(_ families: inout MetricFamilies, own: [Int], dropped: Int) {
        families.begin("lapwing_build", .info, "What is running.")
        families.add(1, [("version", version)])
        families.begin("lapwing_domains", .gauge, "Domains by status.")
        var counts: [DomainCondition: Int] = [:]
        for row in own { counts[content.conditions[row], default: 0] += 1 }
        for condition in DomainCondition.allCases {
            families.add(Double(counts[condition] ?? 0), [("status", condition.rawValue)])
        }
        families.begin("lapwing_checks_overdue", .gauge, "Domains whose check is late by more than an interval.")
        families.add(Double(content.overdue))
        families.begin(
            "lapwing_metrics_series_dropped", .gauge, "Domains without series of their own because of the cap.")
        families.add(Double(dropped))
    }

    private func domains(
        _ rows: ArraySlice<Int>, _ entries: [BoardIndex.Entry], _ families: inout MetricFamilies
    ) {
        families.begin("lapwing_domain_status", .gauge, "0 ok, 1 warning, 2 critical, 3 unknown.")
        for entry in entries { families.add(Double(entry.condition.code), [("domain", entry.text)]) }
        families.begin("lapwing_domain_findings", .gauge, "Open incidents by severity.")
        for entry in entries {
            guard let open = entry.live?.open else { continue }
            for severity in Severity.allCases {
                let count = open.filter { $0.severity == severity }.count
                families.add(Double(count), [("domain", entry.text), ("severity", severity.rawValue)])
            }
        }
        families.begin("lapwing_domain_last_check_timestamp_seconds", .gauge, "When the domain was looked at last.")
        for entry in entries {
            if let live = entry.live { families.add(Double(live.checkedAt.seconds), [("domain", entry.text)]) }
        }
        families.begin(
            "lapwing_record_changes", .counter,
            "Changes of record sets since the start, each counted once while it lasts.")
        for (row, entry) in zip(rows.map { content.roster.rows[$0] }, entries) {
            // Each watched type starts at 0: a counter that first appears with a change would show no increase.
            var counts = content.figures.changes[entry.domain] ?? [:]
            for key in content.roster.sets(of: row) { counts["\(key.type)", default: 0] += 0 }
            for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
                families.add(Double(count), [("domain", entry.text), ("rrtype", kind)])
            }
        }
        families.begin("lapwing_record_ttl_seconds", .gauge, "TTL as the authorities give it.")
        for entry in entries {
            guard let known = entry.live?.ttls, !known.isEmpty else { continue }
            let ttls = known.sorted {
                ($0.key.name, $0.key.type.rawValue) < ($1.key.name, $1.key.type.rawValue)
            }
            for (key, ttl) in ttls {
                families.add(
                    Double(ttl), [("domain", entry.text), ("name", key.name.description), ("rrtype", "\(key.type)")])
            }
        }
        families.begin("lapwing_dnssec_status", .gauge, "0 secure, 1 insecure, 2 bogus.")
        for entry in entries {
            guard let live = entry.live, live.learntAt != nil, let isSigned = live.isSigned else { continue }
            let isBroken = live.open.contains { $0.incidentClass == .dnssecBroken }
            // Signed, but no key was seen: the state is unknown.
            guard live.isSeen || isBroken || !isSigned else { continue }
            families.add(isBroken ? 2 : isSigned ? 0 : 1, [("domain", entry.text)])
        }
        families.begin("lapwing_dnssec_signature_expiry_timestamp_seconds", .gauge, "First end of a signature.")
        for entry in entries {
            if let end = entry.live?.signaturesEnd { families.add(Double(end.seconds), [("domain", entry.text)]) }
        }
        families.begin("lapwing_registration_expiry_timestamp_seconds", .gauge, "End of the registration.")
        for entry in entries {
            if let end = entry.live?.registrationEnds { families.add(Double(end.seconds), [("domain", entry.text)]) }
        }
    }

    private func zones(_ entries: [BoardIndex.Entry], _ families: inout MetricFamilies) {
        let zones = entries.compactMap { entry in entry.live?.zone.map { (entry.text, $0) } }
        let heads = zones.compactMap { domain, zone in zone.head.map { (domain, $0) } }
        families.begin("lapwing_zone_serial", .gauge, "Serial of the zone as it was last fetched.")
        for (domain, head) in heads { families.add(Double(head.serial.rawValue), [("domain", domain)]) }
        families.begin("lapwing_zone_records", .gauge, "Records of the zone, without those of its signer.")
        for (domain, head) in heads { families.add(Double(head.records), [("domain", domain)]) }
        families.begin("lapwing_zone_transfer_timestamp_seconds", .gauge, "When the zone was last fetched.")
        for (domain, head) in heads { families.add(Double(head.at.seconds), [("domain", domain)]) }
        families.begin("lapwing_zone_failures", .counter, "Fetches of the zone that failed at every server.")
        for (domain, zone) in zones { families.add(Double(zone.failures), [("domain", domain)]) }
        families.begin("lapwing_zone_notifications", .counter, "NOTIFY messages by what was made of them.")
        for (verdict, count) in content.figures.zoneNotifications.sorted(by: { $0.key < $1.key }) {
            families.add(Double(count), [("verdict", verdict)])
        }
    }

    private func health(_ families: inout MetricFamilies) {
        let reports = content.figures.health
        families.begin("lapwing_health_status", .gauge, "0 healthy, 2 unhealthy, 3 unknown, as of domains.")
        for report in reports { families.add(Double(report.tally.state.code), [("health", report.health.name)]) }
        families.begin("lapwing_health_members", .gauge, "Domains of a health by their condition.")
        for report in reports {
            let tally = report.tally
            for (condition, count) in [("well", tally.well), ("failing", tally.failing), ("unknown", tally.unknown)] {
                families.add(Double(count), [("health", report.health.name), ("condition", condition)])
            }
        }
        families.begin("lapwing_health_needed_members", .gauge, "Domains of a health that must be well.")
        for report in reports { families.add(Double(report.tally.needs), [("health", report.health.name)]) }
    }

    private func resolvers(_ families: inout MetricFamilies) {
        let resolvers = content.figures.resolvers.sorted { $0.label < $1.label }
        families.begin("lapwing_resolver_queries", .counter, "Questions to a resolver.")
        for resolver in resolvers { families.add(Double(resolver.queries), [("resolver", resolver.label)]) }
        families.begin("lapwing_resolver_failures", .counter, "Questions to a resolver that failed.")
        for resolver in resolvers {
            for (reason, count) in resolver.failures.sorted(by: { $0.key < $1.key }) {
                families.add(Double(count), [("resolver", resolver.label), ("reason", reason)])
            }
        }
        families.begin("lapwing_resolver_duration_seconds", .histogram, "Time until a resolver answered.")
        for resolver in resolvers {
            var sum = 0
            for (bound, count) in zip(resolver.bounds, resolver.buckets) {
                sum += count
                families.add(Double(sum), [("resolver", resolver.label), ("le", "\(bound)")], suffix: "_bucket")
            }
            let total = resolver.buckets.reduce(0, +)
            families.add(Double(total), [("resolver", resolver.label), ("le", "+Inf")], suffix: "_bucket")
            families.add(resolver.seconds, [("resolver", resolver.label)], suffix: "_sum")
            families.add(Double(total), [("resolver", resolver.label)], suffix: "_count")
        }
    }

    private func programme(_ families: inout MetricFamilies) {
        let figures = content.figures
        families.begin("lapwing_schedule_lag_seconds", .gauge, "By how much the latest round was late.")
        families.add(Double(figures.lag))
        families.begin(
            "lapwing_questions_held", .gauge, "Questions that wait for their budget, or for others to be answered.")
        families.add(Double(figures.questionsHeld))
        families.begin(
            "lapwing_server_budget_ratio", .gauge, "What is left of the budget of a server that fails much of it.")
        for (server, share) in figures.slowedServers.sorted(by: { $0.key.description < $1.key.description }) {
            families.add(share, [("server", server.description)])
        }
        families.begin(
            "lapwing_clock_offset_seconds", .gauge, "By how much the wall clock was set ahead since the start.")
        families.add(figures.clockOffset)
        families.begin(
            "lapwing_store_failing", .gauge, "Whether the store cannot be written and all is kept in memory.")
        families.add(content.sources.store.trouble == nil ? 0 : 1)
        if let worker = figures.worker {
            families.begin("lapwing_workers", .gauge, "Workers of the store that are alive, as this one sees it.")
            families.add(Double(worker.workers))
            families.begin("lapwing_worker_shards", .gauge, "Of 256 parts of the domains those that this worker has.")
            families.add(Double(worker.shards))
            families.begin(
                "lapwing_place_sights", .gauge, "Domains that a place other than the judging one looks at.")
            for (place, count) in figures.places.sorted(by: { $0.key < $1.key }) {
                families.add(Double(count.fresh), [("place", place), ("state", "fresh")])
                families.add(Double(count.stale), [("place", place), ("state", "stale")])
            }
            families.begin("lapwing_worker_delivers", .gauge, "Whether this worker sends notices.")
            families.add(worker.tells ? 1 : 0)
        }
        families.begin("lapwing_notifications", .counter, "Notices that their channel took.")
        for (channel, count) in figures.notifications.sorted(by: { $0.key < $1.key }) {
            families.add(Double(count), [("channel", channel)])
        }
        families.begin("lapwing_notification_failures", .counter, "Tries to deliver a notice that failed.")
        for (channel, count) in figures.notificationFailures.sorted(by: { $0.key < $1.key }) {
            families.add(Double(count), [("channel", channel)])
        }
        families.begin("lapwing_config_last_reload_successful", .gauge, "Whether the configuration was read last time.")
        families.add(figures.reloadSucceeded ? 1 : 0)
        if let at = figures.reloadedAt {
            families.begin("lapwing_config_last_reload_success_timestamp_seconds", .gauge, "When it was read last.")
            families.add(Double(at.seconds))
        }
        families.begin("lapwing_web_listeners", .gauge, "Open event streams.")
        families.add(Double(listeners))
        if hasProbe {
            families.begin("blackbox_module_unknown", .counter, "Probes that asked for an unknown module.")
            families.add(Double(figures.unknownProbeModules))
            families.begin(
                "blackbox_exporter_config_last_reload_successful", .gauge, "Whether the modules were read last time.")
            families.add(figures.reloadSucceeded ? 1 : 0)
            if let at = figures.probeModulesReadAt {
                families.begin(
                    "blackbox_exporter_config_last_reload_success_timestamp_seconds", .gauge,
                    "When the modules were read last.")
                families.add(at)
            }
            // The exporter's labels, so that dashboards find them; the version is Lapwing's.
            families.begin("blackbox_exporter_build_info", .gauge, "Always 1; Lapwing answers in the exporter's place.")
            families.add(
                1,
                [
                    ("branch", "lapwing"), ("goarch", ""), ("goos", "linux"), ("goversion", ""), ("revision", ""),
                    ("tags", ""), ("version", version),
                ])
        }
    }
}
