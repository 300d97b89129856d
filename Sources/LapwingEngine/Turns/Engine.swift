package import DNSWire
package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// The main loop of the daemon: waits for a domain's slot, has its round gathered, judges it, and writes the result.
package actor Engine: Service {
    /// Limits of concurrency and memory.
    package enum Limit {
        /// Concurrent rounds; each holds a snapshot of some hundred answers.
        package static func rounds(domains: Int) -> Int { min(max(domains / 30, 32), 512) }
        /// The number of domains whose memory is kept decoded; others are read from the store for each round.
        package static let states = 4096
        /// Seconds of learnt rhythms that may be lost with the process; changes are never lost.
        package static let unsaved: Int64 = 1800
    }

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it blocks on the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    let store: Store
    let parts: EngineParts
    /// The engine's state and that of its domains.
    package nonisolated let status: EngineStatus
    let log: Logger
    var settings: Settings
    var watches: [Int: Watch] = [:]
    var numbers: [Name: Int] = [:]
    var schedule: Schedule
    /// Domains whose slot has come, with its time on the steady clock, in the order of their rounds.
    var ready: [(id: Int, due: Timestamp)] = []
    var running: Set<Int> = []
    var states: [Name: CachedState] = [:]
    var decoded = Decoded()
    /// The announced windows.
    var announcements: [AnnouncedWindow] = []
    /// The turns in progress, and those with state for the next slot, mostly a rest.
    var courses: [Int: Boxed<Course>] = [:]
    /// What the domains at rest have in common.
    var commonHosts = CommonHosts()
    var pace = RegistrationPace()
    /// The sums of looks that are not written yet.
    var days = DayBook()
    /// Domains that are to be added to the schedule of registration look-ups; their rounds begin before that.
    var unarranged: [Int] = []
    var lookUpsUnderWay = 0
    /// Domains with a NOTIFY message: when they were last checked because of one, and when the next check is due.
    var notices: [Int: (last: Timestamp?, due: Timestamp?)] = [:]
    nonisolated let turnstile = Turnstile(places: Engine.zonesAtOnce)
    /// The store's mark when requests were last read, and the monotonic time in seconds.
    var requestsRead: (mark: Store.Mark?, at: Int64) = (nil, 0)
    /// The monotonic second in which the loop last handled requests and registrations.
    private var attendedAt: Int64 = .min
    /// The last known offset of the wall clock from the steady clock in milliseconds.
    private var knownOffset: Int64 = 0
    private var nextNumber = 0
    /// The epochs of the shards whose domains are watched here, if workers share the domains.
    var shares: [Int: Int64] = [:]
    /// Whether settings were applied; a reload may arrive before the first turn.
    private var hasBegun = false

    package init(settings: Settings, store: Store, parts: EngineParts, status: EngineStatus, log: Logger) {
        self.settings = settings
        self.store = store
        self.parts = parts
        queue = DiskQueue("engine", runner: parts.clock.runner)
        self.status = status
        self.log = log
        schedule = Schedule(at: parts.clock.steady())
    }

    /// Runs until the service is shut down, and then saves what it has learnt.
    package func run() async throws {
        if !hasBegun { arrange(settings) }
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    let isNewSecond = await self.isNewSecond()
                    if isNewSecond {
                        await self.watchClock()
                        await self.attendRequests()
                        await self.writeDays()
                        self.status.change { $0.turns.engine += 1 }
                    }
                    for id in await self.nextRounds() {
                        group.addTask { await self.turn(id) }
                    }
                    if isNewSecond {
                        let lookUps = await self.nextLookUps()
                        if !lookUps.isEmpty { group.addTask { await self.lookUp(all: lookUps) } }
                    }
                    guard (try? await self.parts.clock.sleep(self.pause())) != nil else { break }
                }
            }
        }
        saveStates()
        writeAllDays()
        store.recover()
        if let trouble = store.trouble {
            log.critical(
                "the store cannot be written: what was learnt and sent since then is lost when this process ends",
                metadata: ["since": "\(trouble.since)", "reason": "\(trouble.reason)"])
        }
    }

    /// Applies another configuration; domains that are still watched keep their memory and their slots.
    package func reload(_ settings: Settings) {
        arrange(settings)
        log.notice("configuration is in force", metadata: ["domains": "\(watches.count)"])
    }

    private func arrange(_ settings: Settings) {
        hasBegun = true
        let hasOtherResolvers = self.settings.resolvers != settings.resolvers
        self.settings = settings
        pace.setBudgets(settings.registrationBudgets.mapValues(RegistrationPace.Budget.init(perDay:)))
        let wanted = Set(settings.watches.map(\.domain))
        for name in numbers.keys where !wanted.contains(name) { forget(name) }
        if store.isShared { forgetShown(besides: wanted) }
        let own = store.isShared ? settings.watches.filter { store.has($0.domain) } : settings.watches
        let pace = Schedule.firstsASecond(of: own.count)
        for (index, watch) in own.enumerated() {
            // New domains are checked soon, a few hundred per second, and then in their own slots.
            take(watch, firstAfter: Int64(index) / pace, wakes: hasOtherResolvers)
        }
        // From here on the watches are stored by number; a second list of a million would cost 150 MB.
        self.settings.watches = []
    }

    /// Applies the present settings of one domain, or removes the domain if it is no longer watched; others are not
    /// affected.
    ///
    /// - Parameter wanted: returns the present watch. It is called here, so that the later of two concurrent changes
    ///   wins.
    package func update(_ domain: Name, _ wanted: @Sendable () -> Watch?) {
        guard let watch = wanted() else { return forget(domain) }
        if store.has(domain) { take(watch, firstAfter: 0, wakes: false) }
    }

    private func take(_ wanted: Watch, firstAfter delay: Int64, wakes: Bool) {
        var watch = wanted
        let windows = windows(of: watch.domain)
        // A value that is set gives the watch terms of its own.
        if watch.announced != windows { watch.announced = windows }
        let known = numbers[watch.domain].flatMap { watches[$0] }
        let number = numbers[watch.domain] ?? nextNumber
        if number == nextNumber { nextNumber += 1 }
        numbers[watch.domain] = number
        if let known, known != watch || wakes { courses[number]?.value.turn.endRest() }
        watches[number] = watch
        if known?.transfer != nil, watch.transfer == nil { status.change { $0.zones[watch.domain] = nil } }
        unarranged.append(number)
        guard known?.interval != watch.interval else { return }
        schedule.set(
            number, interval: watch.interval, phase: Phase.seconds(of: watch.domain, interval: watch.interval),
            firstAfter: known == nil ? delay % max(1, watch.interval) : watch.interval, at: parts.clock.steady())
    }

    private func forget(_ name: Name) {
        drop(name)
        status.change {
            $0.domains[name] = nil
            $0.zones[name] = nil
            $0.latencies.forget(name)
            $0.touched.add(name)
        }
    }

    /// Drops all data about a domain except its displayed state; a turn in progress ends with its present step.
    func drop(_ name: Name) {
        guard let number = numbers.removeValue(forKey: name) else { return }
        schedule.remove(number)
        pace.remove(number)
        watches[number] = nil
        courses[number] = nil
        states[name] = nil
        notices[number] = nil
    }

    /// Has a domain checked before all others.
    package func checkNow(_ domain: Name) {
        guard let number = numbers[domain], !ready.contains(where: { $0.id == number }) else { return }
        ready.insert((number, parts.clock.steady()), at: 0)
    }

    /// Whether a new second has begun since the last call.
    private func isNewSecond() -> Bool {
        let second = parts.clock.monotonic()
        defer { attendedAt = second }
        return second != attendedAt
    }

    /// Logs a change of the wall clock. The engine itself never waits by it, and the judge handles it separately.
    private func watchClock() {
        let offset = parts.clock.offset()
        status.change { $0.clockOffset = offset }
        let step = offset - knownOffset
        // Corrections that NTP makes by slewing stay far below this.
        guard step.magnitude >= 2000 else { return }
        knownOffset = offset
        log.warning(
            "the wall clock was set",
            metadata: ["by_seconds": "\(step / 1000)", "since_start_seconds": "\(offset / 1000)"])
    }

    private func nextRounds() -> [Int] {
        // While the store is away, slots that pass are made up for by a single round.
        guard !store.isAway else { return [] }
        let now = parts.clock.steady()
        takeNotices(at: now)
        ready += schedule.due(at: now).map { ($0.id, now.adding(seconds: -$0.late)) }
        var started: [Int] = []
        var waiting: [(id: Int, due: Timestamp)] = []
        for (place, (id, due)) in ready.enumerated() {
            // The remaining domains need not be examined while there is no room.
            guard running.count < Limit.rounds(domains: watches.count) else {
                waiting += ready[place...]
                break
            }
            if watches.index(forKey: id) == nil { continue }
            // A round that takes longer than its interval is not overtaken by the next one.
            if running.contains(id) { continue }
            running.insert(id)
            started.append(id)
            status.change { $0.lag = now.seconds(since: due) }
        }
        ready = waiting
        return started
    }

    private func pause() -> Double {
        guard !store.isAway else { return 1 }
        guard ready.isEmpty else { return 0.02 }
        // A NOTIFY message must not wait for a full second.
        let longest = settings.notifications == nil ? 1 : 0.1
        guard let next = schedule.nextWake else { return longest }
        let wait = Double(next.milliseconds - parts.clock.steady().milliseconds) / 1000
        return min(longest, max(0.005, wait))
    }
}
