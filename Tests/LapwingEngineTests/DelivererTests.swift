import DNSWire
import Foundation
import LapwingCore
import LapwingEngine
import LapwingStore
import Logging
import Synchronization
import Testing

/// From what happened to a receipt, with a store in memory, a clock that the test moves, and couriers that do as told.
@Suite(.serialized) struct DelivererTests {
    /// A courier that answers what the test says, and keeps what it was given.
    final class Post: Sendable {
        struct State: Sendable {
            var answers: [String: Receipt] = [:]
            var tries: [(at: Timestamp, channel: String, event: IncidentEvent.Kind, incident: String)] = []
            var held: Set<String> = []
            /// What is held is taken all the same when the process ends.
            var takesWhatIsCutOff = false
        }
        private let state = Mutex(State())
        let clock: HandClock

        init(_ clock: HandClock) { self.clock = clock }

        func answer(_ channel: String, _ receipt: Receipt) { state.withLock { $0.answers[channel] = receipt } }
        func hold(_ channel: String) { state.withLock { _ = $0.held.insert(channel) } }
        func takeWhatIsCutOff() { state.withLock { $0.takesWhatIsCutOff = true } }
        func release() { state.withLock { $0.held = [] } }

        func tries(_ channel: String = "ops") -> [Timestamp] {
            state.withLock { $0.tries.filter { $0.channel == channel }.map(\.at) }
        }
        func told(_ channel: String = "ops") -> [String] {
            state.withLock { $0.tries.filter { $0.channel == channel }.map { "\($0.event.rawValue) \($0.incident)" } }
        }

        func deliver(_ notice: Notice, _ channel: Channel) async -> Receipt {
            for _ in 0..<5000 where state.withLock({ $0.held.contains(channel.name) }) {
                try? await Task.sleep(for: .milliseconds(2))
                if Task.isCancelled, !state.withLock({ $0.takesWhatIsCutOff }) {
                    return .tryAgain(reason: "cut off", after: nil)
                }
            }
            return state.withLock {
                $0.tries.append((clock.now, channel.name, notice.event, notice.incident))
                return $0.answers[channel.name] ?? .delivered("200")
            }
        }
    }

    /// What was logged as an error.
    struct Errors: LogHandler {
        static let all = Mutex<[String]>([])
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.error

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let text = "\(event.message) \(event.metadata ?? [:])"
            Self.all.withLock { $0.append(text) }
        }
    }

    struct Stage: DeliveryStage {
        let clock = HandClock()
        let post: Post
        let store: Store
        let deliverer: Deliverer
        let domain: Name

        init(
            channels: [String] = ["ops"], configured: [String]? = nil, fallback: [String] = []
        ) throws {
            domain = try Name("tern.test")
            post = Post(clock)
            store = try Store()
            var settings = Settings()
            settings.channels = (configured ?? channels + fallback).map { Channel(name: $0, kind: .log) }
            settings.routes = [Route(channels: channels, severity: .notice)]
            settings.routes[0].fallback = fallback
            deliverer = Deliverer(
                settings: settings, store: store, clock: clock.engineClock, status: EngineStatus(),
                log: Logger(label: "test") { _ in Errors() }
            ) { [post] in await post.deliver($0, $1) }
        }

        func letGo() { post.release() }
    }

    @Test("what waits for a later try goes as soon as its channel works again")
    func worksAgain() async throws {
        let stage = try Stage()
        stage.post.answer("ops", .tryAgain(reason: "503", after: nil))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.post.tries().count >= 8 })
            stage.post.answer("ops", .delivered("200"))
            try stage.happens(.open, to: 2, step: 1)
            #expect(await stage.clock.becomes { stage.post.tries().count >= 10 })
            let (tries, told) = (stage.post.tries().suffix(2), stage.post.told().suffix(2))
            #expect(Array(told) == ["open \(stage.domain)-2", "open \(stage.domain)-1"])
            #expect(tries.last?.seconds(since: tries.first ?? .earliest) ?? .max <= 5, "not after the whole pause")
        }
    }

    @Test("tries wait longer each time, and not for ever")
    func backOff() async throws {
        let stage = try Stage()
        stage.post.answer("ops", .tryAgain(reason: "503", after: nil))
        try stage.happens(.open, step: 1)
        try await stage.run {
            for count in 1...8 { #expect(await stage.clock.becomes { stage.post.tries().count >= count }) }
            let tries = stage.post.tries()
            for (number, (one, next)) in zip(tries, tries.dropFirst()).enumerated() {
                let pause = Int64(5) << Int64(number)
                // A fifth on top at most, and the second or two in which the loop looks.
                #expect((pause...pause + pause / 5 + 3).contains(next.seconds(since: one)), "pause \(number + 1)")
            }
            stage.clock.pass(Retry.givesUpAfter)
            #expect(await stage.clock.becomes { try stage.notices().first?.finished != nil })
        }
        #expect(try stage.notices().first?.receipt == "given up: 503")
    }

    @Test("the other side says when")
    func wish() async throws {
        let stage = try Stage()
        stage.post.answer("ops", .tryAgain(reason: "429", after: 600))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.post.tries().count == 1 })
            #expect(await stage.clock.becomes { try stage.notices().first?.attempts == 1 })
            stage.post.answer("ops", .delivered("204"))
            #expect(await stage.clock.becomes { stage.post.tries().count == 2 })
            let tries = stage.post.tries()
            #expect((600...603).contains(tries[1].seconds(since: tries[0])))
        }
        #expect(try stage.notices().map(\.receipt) == ["204"])
    }

    @Test("what is refused is not tried again")
    func refused() async throws {
        let stage = try Stage()
        stage.post.answer("ops", .refused("404"))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { try stage.notices().first?.finished != nil })
            _ = await stage.clock.becomes(within: 60) { stage.post.tries().count > 1 }
        }
        #expect(stage.post.tries().count == 1)
        #expect(try stage.notices().map(\.receipt) == ["refused: 404"])
    }

    @Test("over one channel an incident is told in the order in which it happened, each thing once")
    func order() async throws {
        let stage = try Stage(channels: ["ops", "chat"])
        try await stage.run {
            for (step, kind) in [IncidentEvent.Kind.open, .update, .close].enumerated() {
                try stage.happens(kind, step: step + 1)
                try stage.happens(kind, to: 2, step: step + 1)
            }
            #expect(
                await stage.clock.becomes { stage.post.told("ops").count == 6 && stage.post.told("chat").count == 6 })
            _ = await stage.clock.becomes(within: 60) { stage.post.told("ops").count > 6 }
        }
        #expect(Errors.all.withLock { $0.filter { $0.hasPrefix("cannot ") } } == [])
        for channel in ["ops", "chat"] {
            for number in 1...2 {
                let incident = "\(stage.domain)-\(number)"
                let told = stage.post.told(channel).filter { $0.hasSuffix(incident) }
                #expect(told == ["open \(incident)", "update \(incident)", "close \(incident)"])
            }
        }
    }

    @Test("which notice is older is told by its row, although the clock was set back in between")
    func clockSetBack() throws {
        let stage = try Stage()
        for (step, seconds) in [(1, Int64(1000)), (2, 0)] {
            try stage.happens(step == 1 ? .open : .update, step: step)
            let now = HandClock.start.adding(seconds: seconds)
            try stage.store.speak(at: now, due: nil) { events, _, said in
                Flow.speak(
                    events: events, said: said, routes: [Route(channels: ["ops"], severity: .notice)], silences: [],
                    at: now)
            }
        }
        let due = try stage.store.due(at: HandClock.start.adding(seconds: 5000))
        #expect(due.map(\.notice.id) == ["tern.test.-1.1@ops", "tern.test.-1.2@ops"])
    }

    @Test("a silence holds back what happens, and what lasts is told once when it ends")
    func silence() async throws {
        let stage = try Stage()
        let end = stage.clock.now.adding(seconds: 120)
        _ = try stage.store.add(
            Silence(id: 0, domain: stage.domain, from: stage.clock.now, to: end, reason: "work"))
        try stage.happens(.open, step: 1)
        try stage.happens(.open, to: 2, step: 1)
        try await stage.run {
            _ = await stage.clock.becomes(within: 60) { !stage.post.told().isEmpty }
            #expect(stage.post.told().isEmpty)
            // What ended within the silence is nothing to tell.
            try stage.happens(.close, to: 2, step: 2)
            #expect(await stage.clock.becomes { !stage.post.told().isEmpty })
            _ = await stage.clock.becomes(within: 120) { stage.post.told().count > 1 }
        }
        #expect(stage.post.told() == ["open \(stage.domain)-1"])
        #expect(try #require(stage.post.tries().first) >= end)
    }

    @Test("a silence of another domain holds back nothing")
    func otherSilence() async throws {
        let stage = try Stage()
        let now = stage.clock.now
        _ = try stage.store.add(
            Silence(id: 0, domain: try Name("heron.test"), from: now, to: now.adding(seconds: 3600), reason: ""))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes(within: 60) { stage.post.told() == ["open \(stage.domain)-1"] })
        }
    }

    @Test("a channel that is slow holds up itself only")
    func slow() async throws {
        let stage = try Stage(channels: ["ops", "chat"])
        stage.post.hold("chat")
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.post.told("ops").count == 1 })
            try stage.happens(.close, step: 2)
            #expect(await stage.clock.becomes { stage.post.told("ops").count == 2 })
            #expect(stage.post.told("chat").isEmpty)
            stage.post.release()
            #expect(await stage.clock.becomes { stage.post.told("chat").count == 2 })
        }
        #expect(stage.post.told("chat") == stage.post.told("ops"))
    }

    @Test("what waits for a channel that fails does not wait for others, and is not lost")
    func parked() async throws {
        let stage = try Stage(channels: ["ops", "chat"])
        stage.post.answer("chat", .tryAgain(reason: "refused", after: nil))
        try await stage.run {
            for number in 1...5 { try stage.happens(.open, to: number, step: 1) }
            #expect(await stage.clock.becomes { stage.post.told("ops").count == 5 })
            stage.post.answer("chat", .delivered("200"))
            let waiting = { Set(stage.post.told("chat")).count }
            #expect(await stage.clock.becomes { waiting() == 5 })
            #expect(await stage.clock.becomes { try stage.store.nextTry() == nil })
        }
    }

    @Test("a channel that is configured no more: its notices end with a word")
    func unconfigured() async throws {
        let stage = try Stage(channels: ["ops", "gone"], configured: ["ops"])
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { try stage.store.nextTry() == nil && !stage.notices().isEmpty })
        }
        let receipts = try stage.notices().filter { $0.notice.channel == "gone" }.map(\.receipt)
        #expect(receipts == ["the channel is no longer configured"])
        #expect(stage.post.told("gone").isEmpty)
    }

    @Test("a try that was cut off is made again by the next process, and what was delivered is not")
    func restart() async throws {
        let stage = try Stage(channels: ["ops", "chat"])
        stage.post.hold("chat")
        try stage.happens(.open, step: 1)
        try await stage.run { #expect(await stage.clock.becomes { stage.post.told("ops").count == 1 }) }
        let next = Post(stage.clock)
        var settings = Settings()
        settings.channels = ["ops", "chat"].map { Channel(name: $0, kind: .log) }
        settings.routes = [Route(channels: ["ops", "chat"], severity: .notice)]
        let deliverer = Deliverer(
            settings: settings, store: stage.store, clock: stage.clock.engineClock, status: EngineStatus(),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { await next.deliver($0, $1) }
        let running = Task { try await deliverer.run() }
        #expect(await stage.clock.becomes { next.told("chat").count == 1 })
        #expect(await stage.clock.becomes { try stage.store.nextTry() == nil })
        running.cancel()
        _ = try? await running.value
        #expect(next.told("ops").isEmpty)
    }

    @Test("what was taken while the process ends is not sent again by the next")
    func takenAtTheEnd() async throws {
        let stage = try Stage()
        stage.post.hold("ops")
        stage.post.takeWhatIsCutOff()
        try stage.happens(.open, step: 1)
        try await stage.run { #expect(await stage.clock.becomes { try !stage.notices().isEmpty }) }
        #expect(try stage.notices().allSatisfy { $0.finished == nil || $0.receipt == "200" })
        #expect(try (stage.store.nextTry() == nil) == (stage.post.tries().count == 1))
    }
}
