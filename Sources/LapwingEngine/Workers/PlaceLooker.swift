import DNSWire
package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Looks at domains that other places judge, and stores the sights of this place.
///
/// It judges nothing, remembers very little and sends no notices. If all workers are at one place it does nothing.
package actor PlaceLooker: Service {
    /// Seconds between two steps, and the number of steps between two readings of the watched domains.
    private static let pause = 0.5
    private static let looksBetween = 10
    /// The largest number of concurrent looks.
    private static let mostLooks = 256
    /// The largest number of notes stored in one transaction; further ones follow in the next.
    private static let mostNotes = 1000
    /// The largest number of domains checked at once after one reading of news; further ones wait for their slots.
    private static let mostUrgent = 200
    /// The number of intervals for which a look counts.
    package static let lasts: Int64 = 2
    /// Seconds after a look during which a wish needs no further one.
    private static let settled: Int64 = 2
    /// Seconds between two counts of the stored sights, made by the worker that holds the desk.
    private static let countEvery: Int64 = 15
    private static let tidyEvery: Int64 = 600

    private nonisolated let queue: DiskQueue
    /// A separate thread, since it waits for the database server.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// The state kept of one domain.
    private struct Subject {
        var watch: Watch
        var trail = PlaceTrail()
        /// The hash of the sight stored last; nil if none is known to be stored.
        var left: Int?
        /// When the last look began, in seconds of the monotonic clock.
        var lookedAt: Int64 = -1_000_000
        var isUnderWay = false
    }

    private let store: Store
    private let parts: EngineParts
    private let status: EngineStatus
    private let log: Logger
    private let engine: Engine
    private let settings: @Sendable () -> Settings
    private var resolvers: [ResolverSpecification] = []
    private var secondLook: Int64 = 5
    private var subjects: [Int: Subject] = [:]
    private var numbers: [Name: Int] = [:]
    private var nextNumber = 0
    private var schedule: Schedule
    private var ready: [Int] = []
    private var underWay = 0
    private var notes: [PlaceNote] = []
    private var looksLeft = 0
    /// The shards that this worker looked at when it last read the watched domains.
    private var looked: Set<Int> = []
    /// The shards that this worker judged then.
    private var judged: Set<Int> = []
    /// The time up to which wishes and news were read, by the database server's clock, and the last one of each domain.
    private var wishes: (at: Int64?, heard: [Name: Int64]) = (nil, [:])
    private var news: (at: Int64?, heard: [Name: Int64]) = (nil, [:])
    private var countedAt: Int64 = -1_000_000
    private var tidiedAt: Int64 = -1_000_000

    /// - Parameter settings: returns the present settings.
    package init(
        store: Store, parts: EngineParts, status: EngineStatus, log: Logger, engine: Engine,
        settings: @escaping @Sendable () -> Settings
    ) {
        self.store = store
        self.parts = parts
        queue = DiskQueue("places", runner: parts.clock.runner)
        self.status = status
        self.log = log
        self.engine = engine
        self.settings = settings
        schedule = Schedule(at: parts.clock.steady())
    }

    /// Looks until the service is shut down.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                repeat {
                    for number in await self.step() { group.addTask { await self.look(at: number) } }
                } while (try? await self.parts.clock.sleep(Self.pause)) != nil
            }
        }
    }

    /// Stores notes, and reads wishes and news.
    ///
    /// - Returns: the numbers of the domains to look at now.
    private func step() async -> [Int] {
        guard store.isShared, !store.isAway else { return [] }
        guard !store.places.isEmpty else {
            forgetAll()
            return []
        }
        do {
            try arrange()
            try leave()
            try readWishes()
            let (heard, urgent) = try readNews()
            if !heard.isEmpty { await engine.heed(heard, urgent: urgent) }
            try count()
        } catch {
            log.error("cannot exchange with other places", metadata: ["error": "\(error)"])
        }
        return due()
    }

    // MARK: Domains

    private func forgetAll() {
        guard !subjects.isEmpty || !looked.isEmpty || news.at != nil else { return }
        (subjects, numbers, ready, notes, looked, judged) = ([:], [:], [], [], [], [])
        (wishes, news) = ((nil, [:]), (nil, [:]))
        schedule = Schedule(at: parts.clock.steady())
        status.change { $0.places = [:] }
    }

    /// Reads the watched domains, every few seconds and when the shards of this worker have changed.
    private func arrange() throws {
        looksLeft -= 1
        let shards = store.holding?.looks ?? []
        let own = Set(store.acting.keys)
        guard looksLeft < 0 || shards != looked || own != judged else { return }
        let settings = settings()
        // Sights of domains that this worker now judges, or that are no longer watched, are deleted.
        let isTaken = own.subtracting(judged)
        var over = isTaken.isEmpty ? [] : settings.watches.map(\.domain).filter { isTaken.contains(Shard.of($0)) }
        (looksLeft, looked, judged) = (Self.looksBetween, shards, own)
        (resolvers, secondLook) = (settings.resolvers, settings.secondLook)
        let wanted = settings.watches.filter { shards.contains(Shard.of($0.domain)) }
        let names = Set(wanted.map(\.domain))
        for (name, number) in numbers where !names.contains(name) {
            (numbers[name], subjects[number]) = (nil, nil)
            schedule.remove(number)
            if shards.contains(Shard.of(name)) { over.append(name) }
        }
        try store.forgetSights(of: over)
        let pace = Schedule.firstsASecond(of: wanted.count)
        var fresh: Int64 = 0
        for watch in wanted {
            if let number = numbers[watch.domain] {
                guard let known = subjects[number]?.watch, known != watch else { continue }
                subjects[number]?.watch = watch
                if known.interval != watch.interval { plan(number, watch, after: watch.interval) }
                continue
            }
            let number = nextNumber
            nextNumber += 1
            numbers[watch.domain] = number
            subjects[number] = Subject(watch: watch)
            plan(number, watch, after: fresh / pace % max(1, watch.interval))
            fresh += 1
        }
    }

    /// Schedules a domain half an interval apart from its judge's slots, so that the looks are spread over time.
    private func plan(_ number: Int, _ watch: Watch, after delay: Int64) {
        let phase = Phase.seconds(of: watch.domain, interval: watch.interval) + watch.interval / 2
        schedule.set(
            number, interval: watch.interval, phase: phase % max(1, watch.interval), firstAfter: delay,
            at: parts.clock.steady())
    }

    private func due() -> [Int] {
        ready += schedule.due(at: parts.clock.steady()).map(\.id)
        var started: [Int] = []
        while underWay < Self.mostLooks, !ready.isEmpty {
            let number = ready.removeFirst()
            guard let subject = subjects[number], !subject.isUnderWay else { continue }
            subjects[number]?.isUnderWay = true
            underWay += 1
            started.append(number)
        }
        return started
    }

    // MARK: Looking

    private func look(at number: Int) async {
        defer {
            underWay -= 1
            subjects[number]?.isUnderWay = false
        }
        guard await look(at: number, isSecond: false) else { return }
        guard (try? await parts.clock.sleep(Double(max(1, secondLook)))) != nil else { return }
        _ = await look(at: number, isSecond: true)
    }

    /// - Returns: whether something new needs a second look.
    private func look(at number: Int, isSecond: Bool) async -> Bool {
        guard let subject = subjects[number] else { return false }
        let began = parts.clock.elapsed()
        subjects[number]?.lookedAt = began / 1000
        let walk = RoundWalk(
            watch: subject.watch, resolvers: resolvers, memory: subject.trail.delegation,
            reachesIPv6: parts.reachesIPv6, at: parts.clock.now(), monotonic: began / 1000)
        let gathered = await parts.gather(walk, [:])
        guard !Task.isCancelled, let watch = subjects[number]?.watch, watch.domain == subject.watch.domain,
            let step = subjects[number]?.trail.take(gathered.snapshot, of: watch, isSecond: isSecond)
        else { return false }
        let hash = step.sight.hashValue
        let isSame = subjects[number]?.left == hash
        subjects[number]?.left = hash
        notes.append(
            PlaceNote(
                domain: watch.domain, age: -began, lasts: watch.interval * Self.lasts * 1000,
                sight: isSame ? nil : step.sight, isUrgent: step.isUrgent))
        return step.hasNews
    }

    /// Stores the notes. A sight that cannot be stored is stored in full after the next look.
    private func leave() throws {
        guard !notes.isEmpty else { return }
        let now = parts.clock.elapsed()
        let leaving = Array(notes.prefix(Self.mostNotes))
        notes.removeFirst(leaving.count)
        let mine = leaving.compactMap { note -> PlaceNote? in
            guard store.looks(at: note.domain) else { return nil }
            var note = note
            note.age += now
            return note
        }
        do {
            for name in try store.leave(mine) { forgetLeft(name) }
        } catch {
            for note in leaving { forgetLeft(note.domain) }
            throw error
        }
    }

    private func forgetLeft(_ name: Name) {
        if let number = numbers[name] { subjects[number]?.left = nil }
    }

    // MARK: Wishes and news

    private func readWishes() throws {
        let (found, at) = try store.placeWishes(after: wishes.at)
        let fresh = Self.fresh(found, at, &wishes.heard)
        wishes.at = at
        let now = parts.clock.monotonic()
        for one in fresh {
            guard let number = numbers[one.domain], let subject = subjects[number], !subject.isUnderWay,
                now - subject.lookedAt >= Self.settled, !ready.contains(number)
            else { continue }
            ready.insert(number, at: 0)
        }
    }

    private func readNews() throws -> (heard: [Name], urgent: [Name]) {
        let (found, at) = try store.placeNews(after: news.at)
        let fresh = Self.fresh(found, at, &news.heard).filter { store.has($0.domain) }
        news.at = at
        return (fresh.map(\.domain), fresh.filter(\.isUrgent).prefix(Self.mostUrgent).map(\.domain))
    }

    /// Returns the news that were not read before; recent ones are read more than once.
    private static func fresh(_ found: [PlaceNews], _ at: Int64, _ heard: inout [Name: Int64]) -> [PlaceNews] {
        let fresh = found.filter { heard[$0.domain] ?? .min < $0.at }
        for one in fresh { heard[one.domain] = one.at }
        heard = heard.filter { at - $0.value < 60_000 }
        return fresh
    }

    // MARK: Upkeep

    /// Counts the sights of all places and deletes those of places that no longer look, if this worker holds the desk.
    private func count() throws {
        let now = parts.clock.monotonic()
        guard store.hasDesk else {
            if countedAt > 0 { status.change { $0.places = [:] } }
            countedAt = -1_000_000
            return
        }
        guard now - countedAt >= Self.countEvery else { return }
        countedAt = now
        let counts = try store.placeCounts()
        status.change { $0.places = counts }
        guard now - tidiedAt >= Self.tidyEvery else { return }
        tidiedAt = now
        try store.forgetPlaces()
    }
}
