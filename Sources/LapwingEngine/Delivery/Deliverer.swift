package import DNSWire
package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Decides which notices to send about events, and delivers them until there is a receipt.
package actor Deliverer: Service {
    /// Tries once to deliver a notice over a channel. Never throws; the receipt contains the error.
    package typealias Courier = @Sendable (Notice, Channel) async -> Receipt

    private nonisolated let queue: DiskQueue
    /// A thread of its own, since it blocks on the disk.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    let store: Store
    let clock: EngineClock
    let status: EngineStatus
    let log: Logger
    let courier: Courier
    /// Returns a number from 0 to 1, to vary the pauses between tries.
    let chance: @Sendable () -> Double
    /// Signs links in messages; nil if there is no page for them.
    let seal: LinkSeal?
    var settings: Settings
    /// The tags of each domain and calculated health, by which notices are routed.
    private var tags: [Name: [String]]
    /// Channels with a delivery in progress; a slow channel delays only itself.
    var busy: Set<String> = []
    /// The time until which a channel has asked for a pause, on the steady clock.
    private var rests: [String: Timestamp] = [:]
    /// The time since which a channel has failed continuously, on the steady clock.
    var failing: [String: Timestamp] = [:]
    /// Channels that took the last notice sent over them.
    private var working: Set<String> = []
    /// When raised incidents were last repeated, on the steady clock.
    var repeatedAt: Timestamp?
    /// The store's mark before the last turn, the number of turns skipped since, and when the next notice is due.
    private var seen: Store.Mark?
    private var passedOver: Int64 = 0
    private var nextDue: Timestamp?
    /// When a notice may become due without a new event: a silence ends, further domains have joined a cause, or the
    /// hour of a held-back notice is over.
    private var nextSpeech: Timestamp? = .earliest
    /// The last known offset of the wall clock from the steady clock in milliseconds; nil before the first turn.
    private var knownOffset: Int64?
    /// When writing to the failed store was last tried, on the steady clock.
    private var recoveredAt: Timestamp?
    /// The last act of a person that was written to the log; nil before the first turn.
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

    /// Applies new settings from the next turn on; waiting notices stay in the outbox.
    package func reload(_ settings: Settings) {
        self.settings = settings
        tags = Self.tags(of: settings)
        self.settings.watches = []
        seen = nil
        // The hours of digests may have changed.
        nextSpeech = .earliest
    }

    /// Discards all knowledge about the outbox and channels, since another worker has sent notices in the meantime, or
    /// this one takes over.
    package func beginAnew() {
        (seen, passedOver, nextDue, nextSpeech, knownOffset) = (nil, 0, nil, .earliest, nil)
        (rests, failing, working, repeatedAt, loggedAct) = ([:], [:], [], nil, nil)
    }

    /// Updates the tags of one domain.
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

    /// Runs until the service is shut down. Deliveries in progress at that moment count as not tried, unless the
    /// receiver has accepted them.
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

    /// Seconds between two tries to write to a failed store.
    private static let recovery: Int64 = 5

    /// Seconds by which the wall clock may be off before the times of waiting notices are moved.
    private static let tolerance: Int64 = 2

    /// The times of tries are on the wall clock, since the store outlives the process. They are moved when the clock is
    /// set.
    private func followClock(_ now: Timestamp) throws {
        let offset = clock.offset()
        guard let known = knownOffset else {
            // Limits the pauses to the longest possible one, since the clock may have been wrong when they were stored.
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

    /// Writes the data that was kept in memory to the store, once that is possible again.
    private func recoverStore() {
        guard store.trouble != nil else { return }
        let steady = clock.steady()
        guard recoveredAt.map({ steady.seconds(since: $0) >= Self.recovery }) ?? true else { return }
        recoveredAt = steady
        store.recover()
    }

    /// Creates notices for new events, and returns the due notices of idle channels.
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
        // Recipients that must wait for an earlier notice of the same incident, as `incident recipient`.
        var stuck: Set<String> = []
        for entry in entries {
            // No delivery begins while the process ends, or once another worker may have the desk.
            guard !Task.isCancelled, store.hasDesk else { return }
            guard !entry.recipientKeys.contains(where: stuck.contains),
                let (notice, leftOut) = addressed(entry, over: channel)
            else { continue }
            let receipt = await courier(notice, channel)
            switch receipt {
            case .tryAgain:
                // A try that was interrupted by the end of the process counts as not made.
                if !Task.isCancelled { note(receipt, of: entry, over: channel) }
                return
            case .divided(let division) where entry.notice.recipients != nil:
                // A recipient whose mail is deferred does not delay the others.
                note(.tryAgain(reason: division.reasons, after: nil), of: entry, over: channel)
                stuck.formUnion(entry.recipientKeys)
            case .divided(let division) where division.taken == nil && division.refused.isEmpty:
                note(.tryAgain(reason: division.reasons, after: nil), of: entry, over: channel)
                return
            case .divided(let division): divide(entry, division, leftOut: leftOut, over: channel)
            case .delivered(let text) where !leftOut.isEmpty:
                divide(entry, Receipt.Division(taken: text), leftOut: leftOut, over: channel)
            default:
                // An accepted notice is recorded even while the process ends.
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
                // What its channel could not take before need not wait for the rest of a long pause.
                if working.insert(channel.name).inserted { try store.hurryWaiting(over: channel.name, at: now) }
            case .refused(let reason):
                failing[channel.name] = nil
                try fallBack(entry, channel, reason, at: now)
                status.change { $0.notificationFailures[channel.name, default: 0] += 1 }
                log.error("notice was refused", metadata: ["channel": "\(channel.name)", "reason": "\(reason)"])
                try store.finish(notice: id, receipt: "refused: \(reason)", at: now)
            case .tryAgain(let reason, let wished):
                working.remove(channel.name)
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
                    // The fallback channels are used exactly when the patience ends, not at some later try.
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
