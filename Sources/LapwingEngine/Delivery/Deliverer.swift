package import DNSWire
package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Decides which notices to send about what happened, and delivers them until there is a receipt.
package actor Deliverer: Service {
    /// Tries once to deliver a notice over a channel; never throws, what went wrong is in the receipt.
    package typealias Courier = @Sendable (Notice, Channel) async -> Receipt

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it waits for the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    let store: Store
    let clock: EngineClock
    let status: EngineStatus
    let log: Logger
    let courier: Courier
    /// A number from 0 to 1 by which pauses between tries differ.
    let chance: @Sendable () -> Double
    /// Signs links in messages; nil where there is no page for them.
    let seal: LinkSeal?
    var settings: Settings
    /// The tags of each domain and calculated health, by which notices are routed.
    private var tags: [Name: [String]]
    /// Channels that a notice is under way on: one that is slow holds up itself only.
    var busy: Set<String> = []
    /// Until when a channel asked to be left alone, by the steady clock.
    private var rests: [String: Timestamp] = [:]
    /// Since when channels have failed without a break, by the steady clock.
    var failing: [String: Timestamp] = [:]
    /// When what is raised was last told again, by the steady clock.
    var repeatedAt: Timestamp?
    /// The store's mark before the last turn, turns passed over since, and when the next notice is due.
    private var seen: Store.Mark?
    private var passedOver: Int64 = 0
    private var nextDue: Timestamp?
    /// When there may be something to say although nothing happens: a silence ends, further domains have joined a cause, an
    /// hour is over in which something was held back.
    private var nextSpeech: Timestamp? = .earliest
    /// Milliseconds by which the wall clock was known to be off the steady one; nil before the first turn.
    private var knownOffset: Int64?
    /// When it was last tried to write the store again, by the steady clock.
    private var recoveredAt: Timestamp?
    /// The last act of a person that is in the log; nil before the first turn.
    var loggedAct: Int64?

    package init(
        settings: Settings, store: Store, clock: EngineClock, status: EngineStatus, log: Logger,
        seal: LinkSeal? = nil, chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        courier: @escaping Courier
    ) {
        self.chance = chance
        self.settings = settings
        self.settings.watches = []
        tags = Self.tags(of: settings)
        self.store = store
        self.clock = clock
        queue = DiskQueue("deliverer", runner: clock.runner)
        self.status = status
        self.log = log
        self.seal = seal
        self.courier = courier
    }

    /// Takes other settings from the next turn on; what waits in the outbox stays.
    package func reload(_ settings: Settings) {
        self.settings = settings
        tags = Self.tags(of: settings)
        self.settings.watches = []
        seen = nil
        // Digests may come at another hour now.
        nextSpeech = .earliest
    }

    /// Forgets what it knew of the outbox and of channels: another worker has told people meanwhile, or this one begins to.
    package func beginAnew() {
        (seen, passedOver, nextDue, nextSpeech, knownOffset) = (nil, 0, nil, .earliest, nil)
        (rests, failing, repeatedAt, loggedAct) = ([:], [:], nil, nil)
    }

    /// Takes the tags of one domain as they are by now.
    package func update(_ domain: Name, tags wanted: @Sendable () -> [String]) {
        let wanted = wanted()
        tags[domain] = wanted.isEmpty ? nil : wanted
    }

    private static func tags(of settings: Settings) -> [Name: [String]] {
        let tagged = settings.watches.filter { !$0.tags.isEmpty }
        let healths = settings.health.filter { !$0.tags.isEmpty }.map { ($0.subject, $0.tags) }
        return Dictionary(
            tagged.map { ($0.domain, $0.tags) } + healths, uniquingKeysWith: { first, _ in first })
    }

    /// Works until the service is shut down; tries that are under way then count as not made, unless the other side
    /// took them.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                repeat {
                    for (channel, entries) in await self.turn() {
                        group.addTask { await self.deliver(entries, over: channel) }
                    }
                    for (channel, notices) in await self.repeats() {
                        group.addTask { await self.repeatAll(notices, over: channel) }
                    }
                    self.status.change { $0.turns.deliverer += 1 }
                } while (try? await self.clock.sleep(1)) != nil
            }
        }
    }

    /// Seconds between two tries to write a store that cannot be written.
    private static let recovery: Int64 = 5

    /// Seconds by which the wall clock may be set before what waits is moved along.
    private static let tolerance: Int64 = 2

    /// Tries are kept by the wall clock, since the store outlives the process: when it is set they move along.
    private func followClock(_ now: Timestamp) throws {
        let offset = clock.offset()
        guard let known = knownOffset else {
            // Whatever the clock was when they were put off, no pause is longer.
            try store.hurryWaiting(after: now.adding(seconds: Retry.longestWish), at: now)
            knownOffset = offset
            return
        }
        let step = (offset - known) / 1000
        guard step.magnitude >= Self.tolerance else { return }
        try store.moveWaiting(bySeconds: step)
        nextSpeech = .earliest
        knownOffset = known + step * 1000
        seen = nil
    }

    /// Brings into the store what was kept in memory, once it can be written again.
    private func recoverStore() {
        guard store.trouble != nil else { return }
        let steady = clock.steady()
        guard recoveredAt.map({ steady.seconds(since: $0) >= Self.recovery }) ?? true else { return }
        recoveredAt = steady
        store.recover()
    }

    /// Makes notices of new events, and takes up those that are due on idle channels.
    private func turn() -> [(channel: Channel, entries: [OutboxEntry])] {
        guard store.hasDesk, !store.isAway else { return [] }
        let now = clock.now()
        recoverStore()
        do {
            try followClock(now)
        } catch {
            log.error("cannot move waiting notices", metadata: ["error": "\(error)"])
        }
        let mark = store.mark
        passedOver += 1
        if mark != nil, mark == seen, passedOver < Engine.longestUnread, nextDue.map({ now < $0 }) ?? true { return [] }
        seen = mark
        passedOver = 0
        do {
            let routes = settings.routes
            let tags = tags
            try logActs()
            let silences = try store.silences(at: now)
            let acknowledgements = try store.acknowledgements(at: now)
            let (seal, status) = (seal, status)
            let keepers = Set(settings.channels.filter(\.kind.keepsWhatIsOpen).map(\.name))
            let resolvers = Set(settings.channels.filter(\.kind.endsWhatIsUndone).map(\.name))
            let neighbours = status.read { $0.domains.count }
            nextSpeech = try store.speak(at: now, due: nextSpeech) {
                Flow.speak(
                    events: $0, released: $1, said: $2, routes: routes, silences: silences,
                    acknowledgements: acknowledgements, tags: tags, seal: seal, keepers: keepers,
                    resolvers: resolvers, neighbours: neighbours, watched: { status.watched }, at: now)
            }
            nextDue = [try store.nextTry(), nextSpeech].compactMap { $0 }.min()
            let due = Dictionary(grouping: try store.due(at: now), by: \.notice.channel)
            return due.compactMap { name, entries in
                guard !busy.contains(name), !isResting(name) else { return nil }
                guard let channel = settings.channels.first(where: { $0.name == name }) else {
                    abandon(entries, at: now)
                    return nil
                }
                busy.insert(name)
                return (channel, entries)
            }
        } catch {
            seen = nil
            log.error("cannot read or write notices", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func isResting(_ channel: String) -> Bool {
        guard let end = rests[channel] else { return false }
        if clock.steady() < end { return true }
        rests[channel] = nil
        return false
    }

    private func abandon(_ entries: [OutboxEntry], at now: Timestamp) {
        for entry in entries {
            do {
                try store.finish(notice: entry.notice.id, receipt: "the channel is no longer configured", at: now)
            } catch {
                log.error(
                    "cannot write a receipt", metadata: ["notice": "\(entry.notice.id)", "error": "\(error)"])
            }
        }
    }

    private func deliver(_ entries: [OutboxEntry], over channel: Channel) async {
        defer { busy.remove(channel.name) }
        // Who has to wait for an earlier notice of the same incident, as `incident recipient`.
        var stuck: Set<String> = []
        for entry in entries {
            // Nothing is begun while the process ends, nor where another worker may tell it by now.
            guard !Task.isCancelled, store.hasDesk else { return }
            guard !entry.recipientKeys.contains(where: stuck.contains),
                let (notice, leftOut) = addressed(entry, over: channel)
            else { continue }
            let receipt = await courier(notice, channel)
            switch receipt {
            case .tryAgain:
                // A try that was cut off by the end of the process counts as not made.
                if !Task.isCancelled { note(receipt, of: entry, over: channel) }
                return
            case .divided(let division) where entry.notice.recipients != nil:
                // A recipient who is put off holds up nobody else.
                note(.tryAgain(reason: division.reasons, after: nil), of: entry, over: channel)
                stuck.formUnion(entry.recipientKeys)
            case .divided(let division) where division.taken == nil && division.refused.isEmpty:
                note(.tryAgain(reason: division.reasons, after: nil), of: entry, over: channel)
                return
            case .divided(let division): divide(entry, division, leftOut: leftOut, over: channel)
            case .delivered(let text) where !leftOut.isEmpty:
                divide(entry, Receipt.Division(taken: text), leftOut: leftOut, over: channel)
            default:
                // What was taken was taken, also while the process ends.
                note(receipt, of: entry, over: channel)
            }
        }
    }

    private func note(_ receipt: Receipt, of entry: OutboxEntry, over channel: Channel) {
        let now = clock.now()
        let id = entry.notice.id
        do {
            switch receipt {
            case .divided(let division): divide(entry, division, leftOut: [], over: channel)
            case .delivered(let text):
                failing[channel.name] = nil
                status.change { $0.notifications[channel.name, default: 0] += 1 }
                try store.finish(notice: id, receipt: text, at: now)
            case .refused(let reason):
                failing[channel.name] = nil
                try fallBack(entry, channel, reason, at: now)
                status.change { $0.notificationFailures[channel.name, default: 0] += 1 }
                log.error("notice was refused", metadata: ["channel": "\(channel.name)", "reason": "\(reason)"])
                try store.finish(notice: id, receipt: "refused: \(reason)", at: now)
            case .tryAgain(let reason, let wished):
                if let wished { rests[channel.name] = clock.steady().adding(seconds: min(wished, Retry.longestWish)) }
                let patience = patienceLeft(with: channel, for: entry, wished: wished, at: now)
                if let patience, patience <= 0 { try fallBack(entry, channel, reason, at: now) }
                status.change { $0.notificationFailures[channel.name, default: 0] += 1 }
                log.warning(
                    "notice was not delivered", metadata: ["channel": "\(channel.name)", "reason": "\(reason)"])
                let pause = Retry.pause(
                    attempts: entry.attempts + 1, age: now.seconds(since: entry.created), wished: wished,
                    chance: chance())
                if var pause {
                    // Others are told the moment patience is over, not at whichever try comes after that.
                    if let patience, patience > 0 { pause = min(pause, patience) }
                    try store.postpone(notice: id, until: now.adding(seconds: pause), reason: reason)
                } else {
                    try store.finish(notice: id, receipt: "given up: \(reason)", at: now)
                }
            }
        } catch {
            log.error("cannot write a receipt", metadata: ["notice": "\(id)", "error": "\(error)"])
        }
    }
}
