package import DNSWire
package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Shows the domains of other workers in their last known state, and publishes the state of this worker's domains.
package actor LookExchange: Service {
    /// Seconds between two exchanges.
    private static let pause = 3.0
    /// The largest number of domains that are published in one exchange; with more, the remaining shards follow later.
    private static let mostDomains = 5000
    /// The largest number of domains whose incidents are read one by one; beyond it, all open incidents are read.
    private static let mostSingly = 100
    private static let mostEvents = 1000

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it blocks on the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let store: Store
    private let clock: EngineClock
    private let status: EngineStatus
    private let log: Logger
    private let watch: @Sendable (Name) -> Watch?
    /// The domains of each shard that were ever checked, and the shards with news.
    private var members: [Int: Set<Name>] = [:]
    private var news: Set<Int> = []
    private var next = 0
    /// The place up to which changes of this worker's figures were read; nil for none of them.
    private var seen: Int?
    /// The time of the latest published state of others, on the server's clock.
    private var looked: Int64 = 0
    /// The last incident event that was read.
    private var event: Int64
    /// The shards that this worker held at the last exchange.
    private var acted: Set<Int> = []

    /// - Parameters:
    ///   - event: the last event before the status was read from the store.
    ///   - watch: returns a domain as it is watched at present; nil if it is not.
    package init(
        store: Store, clock: EngineClock, status: EngineStatus, log: Logger, event: Int64,
        watch: @escaping @Sendable (Name) -> Watch?
    ) {
        self.store = store
        self.clock = clock
        queue = DiskQueue("looks", runner: clock.runner)
        self.status = status
        self.log = log
        self.event = event
        self.watch = watch
    }

    /// Runs exchanges until the service is shut down.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat { await self.exchange() } while (try? await self.clock.sleep(Self.pause)) != nil
        }
    }

    /// Runs one exchange.
    package func exchange() {
        guard store.isShared, !store.isAway else { return }
        do {
            try leave()
            try take()
            try takeIncidents()
        } catch {
            log.error("cannot exchange results with other workers", metadata: ["error": "\(error)"])
        }
    }

    // MARK: This worker's domains

    private func leave() throws {
        gather()
        var looks: [Int: [LastLook]] = [:]
        var count = 0
        // Continues after the last exchange, so that each shard gets its turn.
        for shard in news.sorted(by: { ($0 < next ? 1 : 0, $0) < ($1 < next ? 1 : 0, $1) }) {
            guard count < Self.mostDomains else { break }
            next = shard + 1
            let names = members[shard] ?? []
            count += names.count
            news.remove(shard)
            guard store.acting[shard] != nil else { continue }
            let own = look(at: names)
            if !own.isEmpty { looks[shard] = own }
        }
        do {
            try store.leave(looks: looks)
        } catch {
            news.formUnion(looks.keys)
            throw error
        }
    }

    /// Collects the domains that were checked.
    private func gather() {
        let (seen, place) = (seen, status.read(\.touched.end))
        let touched = seen.flatMap { seen in status.read { $0.touched.names(from: seen).map(Array.init) } }
        for name in touched ?? status.read({ Array($0.domains.keys) }) {
            let shard = Shard.of(name)
            members[shard, default: []].insert(name)
            news.insert(shard)
        }
        self.seen = place
    }

    private func look(at names: Set<Name>) -> [LastLook] {
        let steady = clock.steady()
        let watched = names.filter { watch($0) != nil }
        return status.read { figures in
            watched.compactMap { name in
                guard let report = figures.domains[name]?.value, !report.isRemembered else { return nil }
                return LastLook(name, report, at: steady)
            }
        }
    }

    // MARK: Domains of others

    private func take() throws {
        let (looks, at) = try store.looks(after: looked)
        looked = at
        let (now, steady) = (clock.now(), clock.steady())
        let watched = looks.filter { watch($0.domain) != nil }
        let fresh = status.read { figures in watched.map(\.domain).filter { figures.domains[$0] == nil } }
        let open = try self.open(of: fresh)
        status.change { figures in
            for look in watched where store.isOthers(look.domain) {
                var report = EngineStatus.DomainReport(look, at: now, steady: steady)
                report.open = figures.domains[look.domain]?.open ?? open[look.domain] ?? []
                report.ttls = figures.domains[look.domain]?.ttls ?? report.ttls
                figures.domains[look.domain] = Boxed(report)
                figures.touched.add(look.domain)
            }
        }
    }

    /// Reads the incidents with new events of others' domains, and those of domains that this worker has released.
    private func takeIncidents() throws {
        let events = try store.events(after: event, limit: Self.mostEvents)
        event = events.last?.place ?? event
        let acting = Set(store.acting.keys)
        let lost = acted.subtracting(acting).flatMap { members[$0] ?? [] }
        acted = acting
        let names = Set(events.map(\.event.domain) + lost).filter { store.isOthers($0) && watch($0) != nil }
        let open = try self.open(of: Array(names))
        for name in names where store.isOthers(name) { status.note(open: open[name] ?? [], of: name) }
    }

    private func open(of names: [Name]) throws -> [Name: [Incident]] {
        guard names.count > Self.mostSingly else {
            return Dictionary(
                uniqueKeysWithValues: try names.map { ($0, try store.incidents(of: $0, openOnly: true)) })
        }
        let wanted = Set(names)
        return Dictionary(grouping: try store.openIncidents().filter { wanted.contains($0.domain) }, by: \.domain)
    }
}

extension Store {
    /// Whether a domain is not this worker's to check.
    fileprivate func isOthers(_ domain: Name) -> Bool { !has(domain) }
}

extension LastLook {
    fileprivate init(_ name: Name, _ report: EngineStatus.DomainReport, at steady: Timestamp) {
        self.init(
            domain: name, age: max(0, steady.milliseconds - report.checkedSteady.milliseconds),
            learntAt: report.learntAt, sight: report.sight, signaturesEnd: report.signaturesEnd,
            isSigned: report.isSigned, registrationEnds: report.registrationEnds,
            milliseconds: report.roundMilliseconds, nameServers: report.nameServers, mailHosts: report.mailHosts,
            registrar: report.registrar, findings: report.findings)
    }
}

extension EngineStatus.DomainReport {
    fileprivate init(_ look: LastLook, at now: Timestamp, steady: Timestamp) {
        self.init(
            checkedAt: Timestamp(milliseconds: now.milliseconds - look.age),
            checkedSteady: Timestamp(milliseconds: steady.milliseconds - look.age), learntAt: look.learntAt, open: [],
            ttls: TimesToLive(), signaturesEnd: look.signaturesEnd, isSigned: look.isSigned,
            registrationEnds: look.registrationEnds, roundMilliseconds: look.milliseconds)
        sight = look.sight
        nameServers = look.nameServers
        mailHosts = look.mailHosts
        registrar = look.registrar
        findings = look.findings
    }
}
