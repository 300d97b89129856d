import DNSWire
import Foundation
import LapwingCore
import LapwingEngine
import LapwingStore
import Logging
import Synchronization
import Testing

/// A channel with several recipients, of whom a relay takes some at once, some later and some never.
@Suite(.serialized) struct RecipientTests {
    /// A relay that answers for each recipient what the test says, and keeps who got what.
    final class Relay: Sendable {
        struct State: Sendable {
            var replies: [String: Int] = [:]
            var got: [String] = []
            var tries: [String: [Timestamp]] = [:]
        }
        private let state = Mutex(State())
        let clock: HandClock

        init(_ clock: HandClock) { self.clock = clock }

        func reply(_ recipient: String, _ code: Int) { state.withLock { $0.replies[recipient] = code } }
        /// `recipient number of the event`, in the order of delivery.
        var got: [String] { state.withLock(\.got) }
        func tries(_ recipient: String) -> [Timestamp] { state.withLock { $0.tries[recipient] ?? [] } }

        func deliver(_ notice: Notice, _ channel: Channel) -> Receipt {
            guard case .mail(let relay) = channel.kind else { return .delivered("200") }
            let number = notice.commonID.split(separator: "@")[0].split(separator: ".").last.map(String.init) ?? ""
            return state.withLock { state in
                var division = Receipt.Division(taken: nil)
                for recipient in notice.recipients ?? relay.to {
                    state.tries[recipient, default: []].append(clock.now)
                    switch state.replies[recipient] ?? 250 {
                    case 250:
                        division.taken = "SMTP 250"
                        state.got.append("\(recipient) \(number)")
                    case 450: division.later.append(.init(recipient, "\(recipient): SMTP 450"))
                    default: division.refused.append(.init(recipient, "\(recipient): SMTP 550"))
                    }
                }
                return division.receipt(isForSome: notice.recipients != nil)
            }
        }
    }

    struct Stage: DeliveryStage {
        let clock = HandClock()
        let relay: Relay
        let store: Store
        let deliverer: Deliverer
        let domain: Name

        init(_ to: [String] = ["a", "b", "c"], store: Store? = nil) throws {
            domain = try Name("tern.test")
            relay = Relay(clock)
            self.store = try store ?? Store()
            var settings = Settings()
            let mail = Channel.MailRelay(url: "smtp://relay.test", from: "x", to: to)
            settings.channels = [
                Channel(name: "mail", kind: .mail(mail)), Channel(name: "spare", kind: .log),
            ]
            settings.routes = [Route(channels: ["mail"], severity: .notice)]
            settings.routes[0].fallback = ["spare"]
            deliverer = Deliverer(
                settings: settings, store: self.store, clock: clock.engineClock, status: EngineStatus(),
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) { [relay] in relay.deliver($0, $1) }
        }
    }

    @Test("one is taken, one put off, one refused: each is told once or shown, and none waits for another")
    func threeWays() async throws {
        let stage = try Stage()
        stage.relay.reply("b", 450)
        stage.relay.reply("c", 550)
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.relay.tries("b").count >= 3 })
            #expect(stage.relay.got == ["a 1"])
            // What comes next reaches those who can be reached, and waits for the others.
            try stage.happens(.update, step: 2)
            #expect(await stage.clock.becomes { stage.relay.got == ["a 1", "a 2"] })
            #expect(await stage.clock.becomes { stage.relay.tries("b").count >= 5 })
            #expect(stage.relay.got == ["a 1", "a 2"])
            stage.relay.reply("b", 250)
            #expect(await stage.clock.becomes { stage.relay.got.count == 4 })
        }
        #expect(stage.relay.got == ["a 1", "a 2", "b 1", "b 2"])
        #expect(stage.relay.tries("c").count == 2, "once for each message")
        let record = try #require(try stage.store.channelRecords()["mail"])
        #expect((record.delivered, record.refused, record.waiting) == (4, 2, 0))
        let refused = record.latest.filter { $0.outcome == .refused }.compactMap(\.receipt)
        #expect(refused == ["refused: c: SMTP 550", "refused: c: SMTP 550"])
        #expect(try stage.store.channelRecords()["spare"] == nil, "somebody has it: the channel is reached")
    }

    @Test("the tries for one recipient wait longer each time, and not for ever")
    func backOff() async throws {
        let stage = try Stage(["a", "b"])
        stage.relay.reply("b", 450)
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.relay.tries("b").count >= 6 })
            let tries = stage.relay.tries("b")
            for (number, (one, next)) in zip(tries, tries.dropFirst()).enumerated() {
                let pause = Int64(5) << Int64(number)
                #expect((pause...pause + pause / 5 + 3).contains(next.seconds(since: one)), "pause \(number + 1)")
            }
            stage.clock.pass(Retry.givesUpAfter)
            #expect(await stage.clock.becomes { try stage.store.nextTry() == nil })
        }
        #expect(stage.relay.got == ["a 1"])
        let record = try #require(try stage.store.channelRecords()["mail"])
        #expect((record.delivered, record.refused, record.waiting) == (1, 1, 0))
        #expect(record.latest.contains { $0.receipt == "given up: b: SMTP 450" })
    }

    @Test("nobody is taken: the refused are shown, the others are tried again, the fallback hears of it")
    func none() async throws {
        let stage = try Stage(["a", "b"])
        stage.relay.reply("a", 550)
        stage.relay.reply("b", 450)
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.relay.tries("b").count >= 2 })
            stage.relay.reply("b", 250)
            #expect(await stage.clock.becomes { stage.relay.got == ["b 1"] })
        }
        #expect(stage.relay.tries("a").count == 1)
        let records = try stage.store.channelRecords()
        #expect(records["mail"].map { [$0.delivered, $0.refused, $0.waiting] } == [1, 1, 0])
        #expect(records["spare"]?.delivered == 1)
    }

    @Test("all are put off: the message is tried again as one")
    func all() async throws {
        let stage = try Stage(["a", "b"])
        stage.relay.reply("a", 450)
        stage.relay.reply("b", 450)
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.relay.tries("b").count >= 2 })
            stage.relay.reply("a", 250)
            stage.relay.reply("b", 250)
            #expect(await stage.clock.becomes { stage.relay.got == ["a 1", "b 1"] })
        }
        #expect(try stage.store.channelRecords()["mail"].map { [$0.delivered, $0.refused, $0.waiting] } == [1, 0, 0])
    }

    @Test("who was put off is tried alone after a restart, in the order of the events")
    func restart() async throws {
        let stage = try Stage(["a", "b"])
        stage.relay.reply("b", 450)
        try stage.happens(.open, step: 1)
        try stage.happens(.update, step: 2)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.relay.got == ["a 1", "a 2"] })
        }
        let next = try Stage(["a", "b"], store: stage.store)
        next.clock.pass(stage.clock.now.seconds(since: next.clock.now) + 7200)
        try await next.run {
            #expect(await next.clock.becomes { next.relay.got.count == 2 })
        }
        #expect(next.relay.got == ["b 1", "b 2"])
        #expect(next.relay.tries("a").isEmpty)
    }
}
