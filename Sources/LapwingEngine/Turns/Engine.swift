package import DNSWire
package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// The loop of the daemon: waits until a domain's slot comes, has its round gathered, judges it, writes it down.
package actor Engine: Service {
    /// Bounds of what goes on at once and is kept in memory.
    package enum Limit {
        /// Rounds under way; each holds a snapshot of some hundred answers.
        package static func rounds(domains: Int) -> Int { min(max(domains / 30, 32), 512) }
        /// Domains whose memory is kept decoded; others are read from the store for each round.
        package static let states = 4096
        /// Seconds for which learnt rhythms may be lost with the process; changes never are.
        package static let unsaved: Int64 = 1800
    }

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it waits for the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    let store: Store
    let parts: EngineParts
    /// What it has to say about itself and the domains.
    package nonisolated let status: EngineStatus
    let log: Logger
    var settings: Settings
    var watches: [Int: Watch] = [:]
    var numbers: [Name: Int] = [:]
    var schedule: Schedule
    /// Domains whose slot has come, and when it came by the steady clock, in the order in which they get their round.
    var ready: [(id: Int, due: Timestamp)] = []
    var running: Set<Int> = []
    var states: [Name: CachedState] = [:]
    var decoded = Decoded()
    /// Windows of work that people announced.
    var announcements: [AnnouncedWindow] = []
    /// The turns that are under way, and those that hold something for the next slot: mostly a rest.
    var courses: [Int: Course] = [:]
    var pace = RegistrationPace()
    /// What looks came to and is not written down yet.
    var days = DayBook()
    /// Domains that wait to be put among those whose registration is looked up; rounds begin before.
    var unarranged: [Int] = []
    var lookUpsUnderWay = 0
    /// Domains of which servers say that they changed: when they were last looked at for that, and when they are next.
    var notices: [Int: (last: Timestamp?, due: Timestamp?)] = [:]
    nonisolated let turnstile = Turnstile(places: Engine.zonesAtOnce)
    /// The store's mark when people's requests were last read, and when that was in monotonic seconds.
    var requestsRead: (mark: Store.Mark?, at: Int64) = (nil, 0)
    /// The monotonic second in which the loop last handled requests and registrations.
    private var attendedAt: Int64 = .min
    /// Milliseconds by which the wall clock was known to be off the steady one.
    private var knownOffset: Int64 = 0
    private var nextNumber = 0
    /// The epochs of the shards whose domains are watched here, where workers share them.
    var shares: [Int: Int64] = [:]
    /// Whether settings were taken: those of a reload may come before the first turn.
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

    /// Works until the service is shut down, and saves then what it has learnt.
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
                "the store cannot be written: what was learnt and told since then is lost with this process",
                metadata: ["since": "\(trouble.since)", "reason": "\(trouble.reason)"])
        }
    }

    /// Applies another configuration; domains that stay keep their memory and their slots.
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
            // New domains are looked at soon, a few hundred a second, and then in their own slots.
            take(watch, firstAfter: Int64(index) / pace, wakes: hasOtherResolvers)
        }
        // From here on they are known by their numbers; a second list of a million would cost 150 MB.
        self.settings.watches = []
    }

    /// Applies the present settings of one domain, or forgets it where it is no longer watched; others are left alone.
    ///
    /// - Parameter wanted: is asked at the moment at which it counts, so that of two changes that overtake each other
    ///   the later one stays valid.
    package func update(_ domain: Name, _ wanted: @Sendable () -> Watch?) {
        guard let watch = wanted() else { return forget(domain) }
        if store.has(domain) { take(watch, firstAfter: 0, wakes: false) }
    }

    private func take(_ wanted: Watch, firstAfter delay: Int64, wakes: Bool) {
        var watch = wanted
        watch.announced = windows(of: watch.domain)
        let known = numbers[watch.domain].flatMap { watches[$0] }
        let number = numbers[watch.domain] ?? nextNumber
        if number == nextNumber { nextNumber += 1 }
        numbers[watch.domain] = number
        if let known, known != watch || wakes { courses[number]?.turn.endRest() }
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

    /// Drops what is known of a domain, but for what is shown of it; a turn that is under way ends with its present step.
    func drop(_ name: Name) {
        guard let number = numbers.removeValue(forKey: name) else { return }
        schedule.remove(number)
        pace.remove(number)
        watches[number] = nil
        courses[number] = nil
        states[name] = nil
        notices[number] = nil
    }

    /// Has a domain looked at before all others.
    package func checkNow(_ domain: Name) {
        guard let number = numbers[domain], !ready.contains(where: { $0.id == number }) else { return }
        ready.insert((number, parts.clock.steady()), at: 0)
    }

    /// Whether a second has begun since this was last asked.
    private func isNewSecond() -> Bool {
        let second = parts.clock.monotonic()
        defer { attendedAt = second }
        return second != attendedAt
    }

    /// Notices a wall clock that was set. Nothing here waits by it; what is judged by it is the judge's business.
    private func watchClock() {
        let offset = parts.clock.offset()
        status.change { $0.clockOffset = offset }
        let step = offset - knownOffset
        // What NTP repairs by slewing stays far below this.
        guard step.magnitude >= 2000 else { return }
        knownOffset = offset
        log.warning(
            "the wall clock was set",
            metadata: ["by_seconds": "\(step / 1000)", "since_start_seconds": "\(offset / 1000)"])
    }

    private func nextRounds() -> [Int] {
        // The slots that pass while nothing can be written down are made up for in one.
        guard !store.isAway else { return [] }
        let now = parts.clock.steady()
        takeNotices(at: now)
        ready += schedule.due(at: now).map { ($0.id, now.adding(seconds: -$0.late)) }
        var started: [Int] = []
        var waiting: [(id: Int, due: Timestamp)] = []
        for (place, (id, due)) in ready.enumerated() {
            // The rest need not be looked at while there is no room.
            guard running.count < Limit.rounds(domains: watches.count) else {
                waiting += ready[place...]
                break
            }
            if watches.index(forKey: id) == nil { continue }
            // A round that outlasts its interval is not overtaken by the next one.
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
        // Who is told of a change does not let it wait for a second.
        let longest = settings.notifications == nil ? 1 : 0.1
        guard let next = schedule.nextWake else { return longest }
        let wait = Double(next.milliseconds - parts.clock.steady().milliseconds) / 1000
        return min(longest, max(0.005, wait))
    }
}
