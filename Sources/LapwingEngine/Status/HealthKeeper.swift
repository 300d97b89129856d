package import DNSWire
package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Evaluates the calculated healths: checks the members whose condition may have changed, and opens and closes
/// incidents.
package actor HealthKeeper: Service {
    private nonisolated let queue: DiskQueue
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    private let store: Store
    private let clock: EngineClock
    private let status: EngineStatus
    private let log: Logger
    private var settings: Settings
    /// Whether settings were applied; a reload may arrive before the first turn.
    private var hasBegun = false
    /// The tags of each domain with tags.
    private var tags: [Name: [String]] = [:]
    /// The members of each health, in the order of the settings.
    private var members: [[Name]] = []
    /// The healths that a domain is a member of.
    private var places: [Name: [Int]] = [:]
    private var courses: [Name: HealthCourse] = [:]
    /// The place up to which changes of domains were read; nil for none of them.
    private var seen: Int?
    /// Healths to evaluate regardless of changes.
    private var due: Set<Int> = []
    /// Whether the store could not be read when the settings were applied.
    private var isUnarranged = false
    /// Turns until the results of another worker are read again.
    private var turnsLeft = 0
    private static let turnsBetween = 5

    package init(settings: Settings, store: Store, clock: EngineClock, status: EngineStatus, log: Logger) {
        self.settings = settings
        self.store = store
        self.clock = clock
        queue = DiskQueue("health", runner: clock.runner)
        self.status = status
        self.log = log
    }

    package func run() async throws {
        if !hasBegun { reload(settings) }
        await cancelWhenGracefulShutdown {
            while (try? await self.clock.sleep(1)) != nil { await self.turn() }
        }
    }

    /// Applies new settings. Incidents of healths that still exist continue; those of others are closed.
    package func reload(_ settings: Settings) {
        hasBegun = true
        self.settings = settings
        let tagged = settings.watches.filter { !$0.tags.isEmpty }
        tags = Dictionary(tagged.map { ($0.domain, $0.tags) }, uniquingKeysWith: { first, _ in first })
        self.settings.watches = []
        arrange()
        placeMembers()
        turn()
    }

    /// Discards the known incidents, since another worker has maintained them in the meantime, or this one takes over.
    package func beginAnew() {
        courses = [:]
        isUnarranged = true
        due = Set(members.indices)
    }

    /// Updates the tags of one domain.
    package func update(_ domain: Name, tags wanted: @Sendable () -> [String]) {
        let wanted = wanted()
        guard tags[domain] ?? [] != wanted else { return }
        tags[domain] = wanted.isEmpty ? nil : wanted
        placeMembers()
    }

    /// Loads the open incidents, of this process and of earlier ones.
    private func arrange() {
        isUnarranged = false
        do {
            for health in settings.health where courses[health.subject] == nil {
                let open = try store.incidents(of: health.subject, openOnly: true).first { $0.code == .healthFailing }
                courses[health.subject] = HealthCourse(open: open, next: try store.nextIncident(of: health.subject))
            }
            guard store.hasDesk else { return }
            let wanted = Set(settings.health.map(\.subject))
            let others = try store.openIncidents().filter { $0.code == .healthFailing && !wanted.contains($0.domain) }
            for incident in others {
                var course = HealthCourse(open: incident)
                if let step = course.withdraw(at: clock.now()) { try note(step) }
            }
            courses = courses.filter { wanted.contains($0.key) }
        } catch {
            isUnarranged = true
            log.error("cannot read or write the state of healths", metadata: ["error": "\(error)"])
        }
    }

    /// Determines the members of each health, and marks all healths for evaluation.
    private func placeMembers() {
        var tagged: [String: [Name]] = [:]
        for (domain, tags) in tags { for tag in Set(tags) { tagged[tag, default: []].append(domain) } }
        members = settings.health.map { health in
            switch health.members {
            case .domains(let names): names
            case .tag(let tag): (tagged[tag] ?? []).sorted()
            }
        }
        places = [:]
        for (place, names) in members.enumerated() { for name in names { places[name, default: []].append(place) } }
        due = Set(members.indices)
        let now = clock.now()
        let reports = zip(settings.health, members).map { health, names in
            let known = status.read { $0.health.first { $0.health.subject == health.subject } }
            let tally = HealthTally(health.needs, names.map { HealthTally.Member($0, .unknown) })
            return HealthReport(
                health, known?.tally ?? tally, since: known?.since ?? now, open: courses[health.subject]?.open)
        }
        status.change { $0.health = reports }
    }

    /// Evaluates the healths whose members have changed.
    private func turn() {
        guard !store.isAway else { return }
        if !store.hasDesk, !members.isEmpty {
            turnsLeft -= 1
            if turnsLeft < 0 {
                turnsLeft = Self.turnsBetween
                beginAnew()
            }
        }
        if isUnarranged { arrange() }
        guard !members.isEmpty else { return }
        let (seen, place) = (seen, status.read(\.touched.end))
        if let seen, let touched = status.read({ $0.touched.names(from: seen) }) {
            for name in Set(touched) { due.formUnion(places[name] ?? []) }
        } else {
            due = Set(members.indices)
        }
        self.seen = place
        for place in due.sorted() where look(place) { due.remove(place) }
    }

    /// Evaluates one health; false if the result could not be stored and must be determined again.
    private func look(_ place: Int) -> Bool {
        let (health, names) = (settings.health[place], members[place])
        guard var course = courses[health.subject] else { return false }
        let now = clock.now()
        let tally = status.read { figures in
            HealthTally(health.needs, names.map { HealthTally.Member($0, figures.domains[$0]?.value, health.failsAt) })
        }
        let said = settings.severities.severity(of: FindingCode.healthFailing.rawValue)
        // Only one of several workers opens and closes incidents; the others show them.
        if store.hasDesk, let step = course.take(tally, of: health, severity: said ?? health.severity, at: now) {
            do {
                try note(step)
            } catch {
                log.error("cannot write an incident", metadata: ["health": "\(health.name)", "error": "\(error)"])
                return false
            }
        }
        courses[health.subject] = course
        status.change { figures in
            guard figures.health.indices.contains(place) else { return }
            let known = figures.health[place]
            figures.health[place] = HealthReport(
                health, tally, since: known.tally.state == tally.state ? known.since : now, open: course.open)
        }
        return true
    }

    private func note(_ step: HealthCourse.Step) throws {
        try store.commit(step)
        step.event.note(in: log)
    }
}

extension HealthTally.Member {
    /// A member in the engine's view; nil if it was not checked yet.
    init(_ domain: Name, _ report: EngineStatus.DomainReport?, _ failsAt: Severity) {
        // Faults of the monitor, a resolver or a registry say nothing about the domain.
        let worst = report?.open.filter { !$0.incidentClass.isOfTheInstrument }
            .max { ($0.severity, $1.openedAt) < ($1.severity, $0.openedAt) }
        let condition = Condition(
            worst: worst?.severity, isLearnt: report?.learntAt != nil, sight: report?.sight, failsAt: failsAt)
        self.init(
            domain, condition, finding: condition == .failing ? worst?.text.headline : nil,
            incident: condition == .failing ? worst?.id : nil)
    }
}
