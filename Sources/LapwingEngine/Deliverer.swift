import DNSWire
package import LapwingCore
package import LapwingStore
package import Logging
import ServiceLifecycle

/// Decides what to say about what happened, and sees it through to a receipt.
package actor Deliverer: Service {
    package typealias Courier = @Sendable (Notice, Channel) async -> Receipt

    let store: Store
    let clock: EngineClock
    let status: EngineStatus
    let log: Logger
    let courier: Courier
    var settings: Settings
    /// The tags of each domain, by which notices are routed.
    private var tags: [Name: [String]]
    /// Channels that a notice is under way on: one that is slow holds up itself only.
    private var busy: Set<String> = []
    /// The store's mark before the last turn, turns passed over since, and when the next notice is due.
    private var seen: Store.Mark?
    private var passedOver: Int64 = 0
    private var nextDue: Timestamp?

    package init(
        settings: Settings, store: Store, clock: EngineClock, status: EngineStatus, log: Logger,
        courier: @escaping Courier
    ) {
        self.settings = settings
        self.settings.watches = []
        tags = Self.tags(of: settings)
        self.store = store
        self.clock = clock
        self.status = status
        self.log = log
        self.courier = courier
    }

    package func reload(_ settings: Settings) {
        self.settings = settings
        tags = Self.tags(of: settings)
        self.settings.watches = []
        seen = nil
    }

    private static func tags(of settings: Settings) -> [Name: [String]] {
        let tagged = settings.watches.filter { !$0.tags.isEmpty }
        return Dictionary(tagged.map { ($0.domain, $0.tags) }, uniquingKeysWith: { first, _ in first })
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                repeat {
                    for (channel, entries) in await self.turn() {
                        group.addTask { await self.deliver(entries, over: channel) }
                    }
                } while (try? await self.clock.sleep(1)) != nil
            }
        }
    }

    /// Speaks of what is new, and takes up the notices that are due on idle channels.
    private func turn() -> [(channel: Channel, entries: [OutboxEntry])] {
        let now = clock.now()
        let mark = store.mark
        passedOver += 1
        if mark != nil, mark == seen, passedOver < Engine.longestUnread, nextDue.map({ now < $0 }) ?? true { return [] }
        seen = mark
        passedOver = 0
        do {
            let routes = settings.routes
            let tags = tags
            let silences = try store.silences(at: now).map {
                Silence(
                    id: "\($0.id)", domains: $0.domain.map { [$0] } ?? [], from: $0.from, to: $0.to, reason: $0.reason)
            }
            try store.speak(at: now) { events, said in
                Flow.speak(events: events, said: said, routes: routes, silences: silences, tags: tags, at: now)
            }
            nextDue = try store.nextTry()
            let due = Dictionary(grouping: try store.due(at: now), by: \.notice.channel)
            return due.compactMap { name, entries in
                guard !busy.contains(name) else { return nil }
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

    private func abandon(_ entries: [OutboxEntry], at now: Timestamp) {
        for entry in entries {
            try? store.finish(notice: entry.notice.id, receipt: "the channel is no longer configured", at: now)
        }
    }

    private func deliver(_ entries: [OutboxEntry], over channel: Channel) async {
        defer { busy.remove(channel.name) }
        for entry in entries {
            let receipt = await courier(entry.notice, channel)
            // A try that was cut off by the end of the process counts as not made.
            guard !Task.isCancelled else { return }
            note(receipt, of: entry, over: channel)
            if case .tryAgain = receipt { return }
        }
    }

    private func note(_ receipt: Receipt, of entry: OutboxEntry, over channel: Channel) {
        let now = clock.now()
        let id = entry.notice.id
        status.change { $0.notifications[channel.name, default: 0] += 1 }
        do {
            switch receipt {
            case .delivered(let text):
                try store.finish(notice: id, receipt: text, at: now)
            case .refused(let reason):
                status.change { $0.notificationFailures[channel.name, default: 0] += 1 }
                log.error("notice was refused", metadata: ["channel": "\(channel.name)", "reason": "\(reason)"])
                try store.finish(notice: id, receipt: "refused: \(reason)", at: now)
            case .tryAgain(let reason, let wished):
                status.change { $0.notificationFailures[channel.name, default: 0] += 1 }
                log.warning(
                    "notice was not delivered", metadata: ["channel": "\(channel.name)", "reason": "\(reason)"])
                let pause = Retry.pause(
                    attempts: entry.attempts + 1, age: now.seconds(since: entry.notice.at), wished: wished,
                    chance: Double.random(in: 0...1))
                if let pause {
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
